import type { RunEventBody, StepStatus } from './run-event.ts';
import type { ProcessEnd } from './runner.ts';

/** How a step ended. */
export interface Ending {
  readonly status: StepStatus;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly message?: string;
  readonly timedOut?: boolean;
  readonly stopped?: boolean;
  readonly allowed?: boolean;
  readonly reusedFrom?: string;
}

/** Whether what needs the step can go on. */
export function isSatisfied(ending: Ending | undefined): boolean {
  return ending?.status === 'succeeded' || ending?.allowed === true || ending?.reusedFrom !== undefined;
}

/** How a step ends whose process ended so. */
export function endingOf(end: ProcessEnd, wasSignalled: boolean, serves = false): Ending {
  if (end.kind === 'not-started') return { status: 'not-started', message: end.message };
  const how = end.kind === 'exited' ? { exitCode: end.exitCode } : { signal: end.signal };
  if (wasSignalled) return { status: 'cancelled', ...how, ...(serves ? { stopped: true } : {}) };
  if (end.kind === 'killed')
    return { status: 'failed', ...how, message: `something outside of Penstock ended it with ${end.signal}` };
  return { status: end.exitCode === 0 ? 'succeeded' : 'failed', ...how };
}

/** Tools report what a cancel broke off as failed; nobody should go and look for a mistake there. */
export function excused(event: RunEventBody): RunEventBody {
  return event.type === 'node-ended' && event.status === 'failed' ? { ...event, status: 'skipped' } : event;
}

/** Why what needs a step cannot go on, after its name. */
export function because(status: StepStatus | undefined): string {
  if (status === 'failed') return 'failed';
  if (status === 'not-started') return 'could not be started';
  return status === 'cancelled' ? 'was cancelled' : 'was skipped';
}
