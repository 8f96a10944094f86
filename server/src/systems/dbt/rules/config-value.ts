import type { Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import type { Node } from '../../../core/tree.ts';
import { configEntries, isConfig } from '../config-tree.ts';
import { configSchema } from '../config-values.ts';
import { isTemplate } from '../project-jinja.ts';
import { schemaCode } from '../schema-code.ts';
import { isSecondLine } from '../version.ts';

/** dbt takes any configuration in dbt_project.yml, and stops at the first node that a wrong value reaches. */
export const configValue: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'project' || !tree) return;
    // dbt v2 is content with some of these.
    const severity = isSecondLine(project) ? 'warning' : 'error';
    for (const entry of configEntries(tree)) {
      if (!isConfig(entry)) continue;
      const { key, value } = entry.pair;
      const bare = {
        key: { ...key, text: entry.key },
        value: entry.key === 'severity' ? lowerCase(value) : value,
      };
      const alone = { kind: 'map', span: value.span, pairs: [bare] } as const;
      for (const problem of checkSchema(alone, configSchema(entry.section), { acceptsScalar: isTemplate })) {
        const { keyword, span, message } = problem;
        report(span, message, { severity, code: schemaCode(keyword) });
      }
    }
  },
};

/** dbt takes `WARN` as well. */
function lowerCase(node: Node): Node {
  return node.kind === 'scalar' && typeof node.value === 'string'
    ? { ...node, value: node.value.toLowerCase() }
    : node;
}
