import type { Rule } from '../../../core/rule.ts';
import { get, pairsOf } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';

/** A severity for what no finding is called: `severity: { unknown-key: off }` decides nothing. */
export const unknownCode: Rule<PenstockModel> = {
  id: 'penstock/unknown-code',
  severity: 'warning',
  check({ tree }, report) {
    for (const { key } of pairsOf(get(tree, 'severity'))) {
      if (/^[a-z]+\/(?:\*|[a-z][a-z0-9-]*)$/.test(key.text)) continue;
      const advice = 'a code is written `system/problem`, or `system/*` for all of a system';
      report(key, `no finding has the code \`${key.text}\`; ${advice}`);
    }
  },
};
