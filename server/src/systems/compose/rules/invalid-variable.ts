import type { Rule } from '../../../core/rule.ts';
import type { ComposeModel } from '../model.ts';
import { partSpan } from '../part-span.ts';
import { scalarsIn } from '../scalars.ts';
import { readTemplate } from '../template.ts';

/** A `${` that Compose cannot read stops it: `${A:=b}`, `${1A}`. */
export const invalidVariable: Rule<ComposeModel> = {
  id: 'compose/invalid-variable',
  severity: 'error',
  check({ tree, source }, report) {
    for (const node of tree ? scalarsIn(tree) : []) {
      const { broken } = readTemplate(node.text);
      if (broken === undefined) continue;
      const written = /^\$\{[^\s}]*\}?/u.exec(node.text.slice(broken))![0];
      report(
        partSpan(source, node, written),
        'Compose cannot read this variable; write `${NAME}` or `${NAME:-default}`, or `$$` for a dollar sign',
      );
    }
  },
};
