import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';
import { slipOf } from '../slip.ts';
import { isSecondLine } from '../version.ts';

/** vars.yml must be a mapping, and what stands at its `vars` as well; other keys are passed over. */
export const varsShape: Rule = {
  id: 'dbt/wrong-type',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'vars' || !tree || (tree.kind === 'scalar' && tree.value === null)) return;
    if (tree.kind !== 'map') {
      // dbt v2 finds no variables there, and goes on.
      const severity = isSecondLine(project) ? 'warning' : 'error';
      report(tree, 'vars.yml must be a mapping with the key `vars`; write the variables below it', {
        severity,
      });
      return;
    }
    const pair = findPair(tree, 'vars');
    if (pair) {
      if (pair.value.kind === 'map') return;
      const isEmpty = pair.value.kind === 'scalar' && pair.value.value === null;
      const message = `\`vars\` ${isEmpty ? 'is empty but must be a mapping; declare a variable or remove the key' : 'must be a mapping of names to values'}`;
      report(isEmpty ? pair.key : pair.value, message);
      return;
    }
    for (const { key } of tree.pairs) {
      if (slipOf(key.text, ['vars']) === undefined) continue;
      const message = `dbt passes over the unknown key \`${key.text}\`; did you mean \`vars\`?`;
      report(key, message, { code: 'dbt/unknown-key', severity: 'warning' });
    }
  },
};
