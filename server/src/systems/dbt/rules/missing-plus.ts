import type { Fix } from '../../../core/finding.ts';
import type { Rule } from '../../../core/rule.ts';
import { keyNamesAt } from '../../../core/schema/describe-schema.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import { configEntries, hookOf, isConfig } from '../config-tree.ts';
import { schemasOf } from '../schemas.ts';
import { isSecondLine } from '../version.ts';

/**
 * In the trees of dbt_project.yml a key without `+` may be a folder as well. dbt 1 guesses by its value and, for
 * some adapters, warns; dbt v2 takes every such key for a folder, and refuses what is none.
 */
export const missingPlus: Rule = {
  id: 'dbt/refused-by-v2',
  severity: 'information',
  check({ claim, tree, project, source }, report) {
    const schema = schemasOf('project')?.published;
    if (claim.kind !== 'project' || !tree || !schema) return;
    const severity = isSecondLine(project) ? 'error' : 'information';
    const seen = new Set<ScalarNode>();
    for (const entry of configEntries(tree)) {
      if (entry.hasPlus || !isConfig(entry)) continue;
      const { key, value } = entry.pair;
      // What an anchor names stands in several trees, and is written once.
      if (seen.has(key)) continue;
      seen.add(key);
      // A folder without anything in it.
      if (value.kind === 'scalar' && value.value === null) continue;
      const hook = hookOf(entry.key);
      const isKnown = keyNamesAt(schema, undefined, [entry.section]).has(`+${entry.key}`);
      const message =
        isKnown || hook !== undefined
          ? `\`${key.text}\` lacks its plus sign, so dbt v2 takes it for a folder; write \`+${hook ?? key.text}\``
          : `dbt v2 takes \`${key.text}\` for a folder; write configuration of your own below \`+meta\``;
      report(key, message, { severity, fixes: isKnown ? [addPlus(source.path, key)] : [] });
    }
  },
};

function addPlus(path: string, { span, text }: ScalarNode): Fix {
  const at = { start: span.start, end: span.start };
  return { title: `Write \`+${text}\``, edits: [{ path, span: at, newText: '+' }], certain: true };
}
