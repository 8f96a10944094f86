import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import { get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { textAt, textsIn, type ComposeModel } from '../model.ts';
import { shortParts } from '../mounts.ts';
import { partSpan } from '../part-span.ts';

/** A mount that Compose cannot read (`./a::ro`), or two where one must give way. */
export const invalidMount: Rule<ComposeModel> = {
  id: 'compose/invalid-mount',
  severity: 'error',
  check({ model, source }, report) {
    for (const { value } of model.services) {
      const mounts = itemsOf(get(value, 'volumes'));
      for (const mount of mounts) if (mount.kind === 'scalar') checkShort(mount, report);
      checkTmpfs(
        textsIn(get(value, 'tmpfs')),
        mounts.flatMap((mount) => targetOf(source, mount) ?? []),
        report,
      );
    }
  },
};

function checkShort(mount: ScalarNode, report: Report): void {
  if (typeof mount.value !== 'string') return;
  const parts = shortParts(mount.text);
  if (mount.text === '' || parts.some((part) => part === ''))
    report(
      mount,
      'a part is missing between the colons; write `source:target`, with `:ro` if it is only read',
    );
  else if (parts.length > 3)
    report(
      mount,
      'these are too many colons; write `source:target:options`, the options with commas between them',
    );
}

interface Target {
  readonly text: string;
  readonly span: Span;
}

function checkTmpfs(tmpfs: readonly ScalarNode[], targets: readonly Target[], report: Report): void {
  const seen = new Set<string>();
  for (const each of tmpfs) {
    const target = each.text.split(':')[0]!;
    if (seen.has(target)) report(each, `\`${target}\` is mounted twice; remove one of the two`);
    seen.add(target);
  }
  for (const { text, span } of targets)
    if (seen.has(text)) report(span, `\`${text}\` is already mounted under \`tmpfs\`; remove one of the two`);
}

function targetOf(source: SourceFile, mount: Node): Target | undefined {
  if (mount.kind === 'scalar') {
    const parts = shortParts(mount.text);
    const text = parts[1] ?? parts[0]!;
    return { text, span: partSpan(source, mount, text, parts.length > 1 ? parts[0]!.length : 0) };
  }
  const target = textAt(mount, 'target');
  return target && { text: target.text, span: target.span };
}
