import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A total that its own table does not bear out misleads everyone who reads only the total. */
export const overallContradictsTable: Rule<PlanModel> = {
  id: 'plan/overall-contradicts-table',
  severity: 'warning',
  check({ model }, report) {
    const { claimedOverall, readiness } = model.plan;
    // Which of several tables a total sums up cannot be told.
    if (
      claimedOverall === undefined ||
      !model.overallSpan ||
      model.readinessTables !== 1 ||
      readiness.length < 2
    )
      return;
    const average = readiness.reduce((sum, { claimed }) => sum + claimed, 0) / readiness.length;
    if (Math.abs(average - claimedOverall) <= roundingPoints) return;
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
