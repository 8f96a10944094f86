import type { Rule } from '../../../core/rule.ts';
import { keyNamesAt } from '../../../core/schema/describe-schema.ts';
import { configEntries, hookOf, type TreeSection } from '../config-tree.ts';
import { schemasOf } from '../schemas.ts';
import { slipOf } from '../slip.ts';
import { isSecondLine } from '../version.ts';

/**
 * In the trees of dbt_project.yml any key may be a folder and any configuration one's own, so dbt takes
 * `+matrialized: table` and builds views. Only what is nearly a known `+` key is surely a slip.
 */
export const unknownConfig: Rule = {
  id: 'dbt/unknown-key',
  severity: 'warning',
  check({ claim, tree, source, project }, report) {
    const schema = schemasOf('project')?.published;
    if (claim.kind !== 'project' || !tree || !schema) return;
    const known = new Map<TreeSection, ReadonlySet<string>>();
    for (const { section, pair, key: bare, hasPlus } of configEntries(tree)) {
      if (!hasPlus) continue;
      let keys = known.get(section);
      if (!keys) known.set(section, (keys = keyNamesAt(schema, undefined, [section])));
      const { key, value } = pair;
      const hook = hookOf(bare);
      if (hook !== undefined) {
        report(key, `dbt v2 takes no \`${key.text}\`; write \`+${hook}\`, which dbt 1 takes, too`, {
          code: 'dbt/refused-by-v2',
          severity: isSecondLine(project) ? 'error' : 'information',
          fixes: [
            {
              title: `Change to \`+${hook}\``,
              edits: [{ path: source.path, span: key.span, newText: `+${hook}` }],
              certain: true,
            },
          ],
        });
        continue;
      }
      const meant = slipOf(key.text, keys);
      if (meant === undefined) {
        if (keys.has(key.text) || keys.has(`+${bare}`) || value.kind === 'map') continue;
        const message = `dbt v2 knows no configuration \`${key.text}\`; write your own below \`+meta\``;
        report(key, message, {
          code: 'dbt/refused-by-v2',
          severity: isSecondLine(project) ? 'error' : 'information',
        });
        continue;
      }
      const isRefused = isSecondLine(project);
      const words = isRefused ? 'dbt v2 refuses' : 'dbt passes over';
      report(key, `${words} the unknown key \`${key.text}\`; did you mean \`${meant}\`?`, {
        ...(isRefused ? { severity: 'error' } : {}),
        fixes: [
          {
            title: `Change to \`${meant}\``,
            edits: [{ path: source.path, span: key.span, newText: meant }],
            certain: false,
          },
        ],
      });
    }
  },
};
