import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import type { Node, ScalarNode } from '../../../core/tree.ts';
import type { ComposeModel } from '../model.ts';
import { composeSchema } from '../schema.ts';

/** What Compose's own schema refuses, which Compose asks each time: `port:` instead of `ports:`. */
export const shape: Rule<ComposeModel> = {
  id: 'compose/invalid-value',
  severity: 'error',
  check({ tree, source, claim, problems }, report) {
    if (problems.some(({ severity = 'error' }) => severity === 'error')) return;
    if (!tree) {
      if (claim.kind === 'main')
        report({ start: 0, end: 0 }, 'Compose refuses an empty file; begin with `services:`', {
          code: 'compose/empty-file',
        });
      return;
    }
    if (tree.kind !== 'map') return report(tree, 'Compose wants a mapping here; begin with `services:`');
    const isReset = ({ span }: ScalarNode): boolean =>
      /!(?:reset|override)\s*$/u.test(source.text.slice(Math.max(0, span.start - 40), span.start));
    const acceptsScalar = (node: ScalarNode): boolean => node.text.includes('$') || isReset(node);
    checkKeys(tree, report);
    for (const problem of checkSchema(tree, composeSchema, { acceptsScalar })) {
      const { keyword, pointer } = problem;
      const isUnknown = keyword === 'additionalProperties' || keyword === 'unevaluatedProperties';
      const isName = pointer.length === 1;
      const code =
        isUnknown && !isName ? 'unknown-key' : keyword === 'required' ? 'missing-key' : 'invalid-value';
      report(problem, problem.message, { code: `compose/${code}` });
    }
  },
};

/** Compose wants texts for keys everywhere: `1:` and `true:` are none. */
function checkKeys(tree: Node, report: Report): void {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') return node.items.forEach(visit);
    for (const { key, value } of node.pairs) {
      if (typeof key.value !== 'string')
        report(key, `the key \`${key.text}\` must be a text; put it in quotes`);
      visit(value);
    }
  };
  visit(tree);
}
