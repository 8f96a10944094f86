import type { Report, Rule } from '../../../core/rule.ts';
import { findPair, get, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/** YAML reads `python: 3.10` as the number 3.1, and Meltano then looks for Python 3.1. */
export const pythonValue: Rule<MeltanoModel> = {
  id: 'meltano/python-version-number',
  severity: 'warning',
  isLocal: true,
  check({ tree, model, source }, report) {
    if (model.kind === 'lock' || model.kind === 'logging') return;
    const look = (node: Node | undefined): void => check(get(node, 'python'), source.path, report);
    if (findPair(tree, 'python')) look(tree);
    for (const { node } of model.plugins) look(node);
  },
};

function check(node: Node | undefined, path: string, report: Report): void {
  if (node?.kind !== 'scalar' || typeof node.value !== 'number') return;
  const read = String(node.value);
  if (read === node.text) return;
  report(
    node,
    `YAML reads \`${node.text}\` as the number ${read}, which is another Python; put it in quotes`,
    {
      fixes: [
        {
          title: `Quote \`${node.text}\``,
          edits: [{ path, span: node.span, newText: `'${node.text}'` }],
          certain: true,
        },
      ],
    },
  );
}
