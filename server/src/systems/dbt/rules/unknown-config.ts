import type { Report, Rule } from '../../../core/rule.ts';
import { keysAt } from '../../../core/schema/describe-schema.ts';
import { findPair, pairsOf, type Node } from '../../../core/tree.ts';
import { schemasOf } from '../schemas.ts';
import { slipOf } from '../slip.ts';

const sections = [
  'models',
  'seeds',
  'snapshots',
  'tests',
  'data_tests',
  'sources',
  'exposures',
  'unit_tests',
];

/**
 * In the trees of dbt_project.yml any key may be a folder and any configuration one's own, so dbt takes
 * `+matrialized: table` and builds views. Only what is nearly a known `+` key is surely a slip.
 */
export const unknownConfig: Rule = {
  id: 'dbt/unknown-key',
  severity: 'warning',
  check({ claim, tree, source }, report) {
    const schema = schemasOf('project')?.published;
    if (claim.kind !== 'project' || !tree || !schema) return;
    for (const section of sections) {
      const pair = findPair(tree, section);
      if (!pair || pair.value.kind !== 'map') continue;
      const known = keysAt(schema, undefined, [section]).map((key) => key.name);
      checkTree(pair.value, new Set(known), { path: source.path, report, depth: 0 });
    }
  },
};

interface Walk {
  readonly path: string;
  readonly report: Report;
  readonly depth: number;
}

function checkTree(tree: Node, known: ReadonlySet<string>, { path, report, depth }: Walk): void {
  for (const { key, value } of pairsOf(tree)) {
    if (!key.text.startsWith('+')) {
      if (depth < 20) checkTree(value, known, { path, report, depth: depth + 1 });
      continue;
    }
    const meant = slipOf(key.text, known);
    if (meant === undefined) continue;
    const edits = [{ path, span: key.span, newText: meant }];
    report(key, `dbt passes over the unknown key \`${key.text}\`; did you mean \`${meant}\`?`, {
      fixes: [{ title: `Change to \`${meant}\``, edits, certain: false }],
    });
  }
}
