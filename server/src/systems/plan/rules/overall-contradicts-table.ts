import { overallOf } from '../../../core/plan.ts';
import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A total that its own table does not bear out misleads everyone who reads only the total. */
export const overallContradictsTable: Rule<PlanModel> = {
  id: 'plan/overall-contradicts-table',
  severity: 'warning',
  check({ model }, report) {
    const { claimedOverall, readiness } = model.plan;
    if (claimedOverall === undefined || !model.overallSpan || readiness.length < 2) return;
    const average = overallOf(readiness);
    if (average === undefined || Math.abs(average - claimedOverall) <= roundingPoints) return;
    report(
      model.overallSpan,
      `the table averages ${shown(average)} %, not ${shown(claimedOverall)} %; correct the total or the table`,
    );
  },
};

/** A total may be rounded either way. */
const roundingPoints = 1;

function shown(percent: number): string {
  return String(Math.round(percent * 10) / 10);
}
