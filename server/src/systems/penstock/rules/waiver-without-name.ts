import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';

/** A waiver counts without it, and nobody can be asked why the team goes on: `{ check: exports, reason: later, until: 2026-12-24 }`. */
export const waiverWithoutName: Rule<PenstockModel> = {
  id: 'penstock/waiver-without-name',
  severity: 'warning',
  check({ model }, report) {
    // An empty name is refused by the schema.
    for (const { node, check } of model.waivers)
      if (check && !findPair(node, 'by'))
        report(check, 'this waiver names nobody who decided so; add `by`, as `by: Ada`');
  },
};
