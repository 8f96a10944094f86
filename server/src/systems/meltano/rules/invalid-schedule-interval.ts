import type { Rule } from '../../../core/rule.ts';
import { cronFault } from '../cron.ts';
import type { MeltanoModel } from '../model.ts';

/**
 * Meltano checks an interval only when `meltano schedule add` writes it; one written by hand loads,
 * and the orchestrator that reads it later refuses or skips the schedule: `interval: '0 25 * * *'`.
 */
export const invalidScheduleInterval: Rule<MeltanoModel> = {
  id: 'meltano/invalid-schedule-interval',
  severity: 'warning',
  isLocal: true,
  check({ model }, report) {
    if (model.kind === 'lock') return;
    for (const { interval } of model.schedules) {
      if (!interval || interval.text.includes('$')) continue;
      const fault = cronFault(interval.text);
      if (fault) report(interval, `\`${interval.text}\` ${fault}`);
    }
  },
};
