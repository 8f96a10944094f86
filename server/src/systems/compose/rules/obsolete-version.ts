import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';
import type { ComposeModel } from '../model.ts';

/** Compose has ignored `version` for years, and warns of it each time. */
export const obsoleteVersion: Rule<ComposeModel> = {
  id: 'compose/obsolete-version',
  severity: 'hint',
  check({ tree, source }, report) {
    const pair = findPair(tree, 'version');
    if (!pair) return;
    const { line } = source.positionAt(pair.key.span.start);
    const next = source.lineSpan(line + 1);
    const start = source.lineSpan(line)!.start;
    const isAlone = source.text.slice(start, pair.key.span.start).trim() === '';
    const end = next ? next.start : source.text.length;
    const edits = [{ path: source.path, span: { start, end }, newText: '' }];
    report(pair.key, '`version` is obsolete and ignored; remove it', {
      tag: 'unnecessary',
      fixes: isAlone ? [{ title: 'Remove `version`', edits, certain: true }] : [],
    });
  },
};
