import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import type { Project } from '../../../core/system.ts';
import type { Node, ScalarNode } from '../../../core/tree.ts';
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
      checkKey(entry.pair.key, project, report);
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

/** YAML reads `2024:` as a number and `off:` as false, and dbt wants text for a folder's name. */
function checkKey({ span, text, value }: ScalarNode, project: Project, report: Report): void {
  // dbt v2 reads YAML 1.2, where `off` is a word.
  if (typeof value === 'string' || (typeof value === 'boolean' && isSecondLine(project))) return;
  const kind = typeof value === 'boolean' ? 'true or false' : value === null ? 'nothing' : 'a number';
  report(span, `YAML takes the key \`${text}\` for ${kind}, and dbt wants a name; put it in quotes`, {
    code: 'dbt/wrong-type',
  });
}

/** dbt takes `WARN` as well. */
function lowerCase(node: Node): Node {
  return node.kind === 'scalar' && typeof node.value === 'string'
    ? { ...node, value: node.value.toLowerCase() }
    : node;
}
