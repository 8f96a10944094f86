import type { Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import type { PenstockModel } from '../model.ts';
import { penstockSchema } from '../schema.ts';

/** What Penstock would not understand: `pipelines.daily.step` instead of `steps`. */
export const shape: Rule<PenstockModel> = {
  id: 'penstock/invalid-value',
  severity: 'error',
  check({ tree }, report) {
    if (!tree) return;
    for (const problem of checkSchema(tree, penstockSchema)) {
      const { keyword } = problem;
      const isUnknown = keyword === 'additionalProperties' || keyword === 'unevaluatedProperties';
      const code = isUnknown ? 'unknown-key' : keyword === 'required' ? 'missing-key' : 'invalid-value';
      report(problem, problem.message, { code: `penstock/${code}` });
    }
  },
};
