import type { Rule } from '../../../core/rule.ts';
import { dateOf } from '../check-facts.ts';
import type { PenstockModel } from '../model.ts';

/** A waiver whose last day cannot be read would count for ever, so it does not count at all: `until: christmas`. */
export const invalidDate: Rule<PenstockModel> = {
  id: 'penstock/invalid-date',
  severity: 'error',
  check({ model }, report) {
    for (const { until } of model.waivers)
      if (until && dateOf(until.text) === undefined)
        report(
          until,
          `\`${until.text}\` is no day of the calendar, so the waiver does not count; write it as \`2026-12-24\``,
        );
  },
};
