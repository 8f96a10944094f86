import type { Judgement } from '../core/evidence.ts';
import { tookText } from '../core/duration.ts';
import type { Prober } from './probe.ts';

/** How a step's last run went, as the logs of runs tell. */
export const probeRun: Prober<'ran'> = async ({ step, project }, { check, history }) => {
  const expected = `the last run of \`${step}\` succeeded`;
  const next = `run it: \`penstock run ${step}\``;
  const run = await history.lastOfStep({ root: project ?? check.folder }, step);
  if (!run) return { state: 'unknown', expected, seen: 'it never ran here', next };
  const sinceMs = Date.parse(run.at);
  const took = run.durationMs === undefined ? '' : ` in ${tookText(run.durationMs)}`;
  const why = run.message === undefined ? '' : `: ${run.message.split('\n', 1)[0]!.slice(0, 300)}`;
  const head = { expected, where: step, ...(Number.isNaN(sinceMs) ? {} : { sinceMs }) };
  switch (run.status) {
    case 'succeeded':
      return { ...head, state: 'passed', seen: `it succeeded${took}`, next } satisfies Judgement;
    case 'warned':
      return { ...head, state: 'warning', seen: `it succeeded with warnings${took}`, next };
    case 'failed':
      return { ...head, state: 'failed', seen: `it failed${why}`, next: `mend it, then ${next}` };
    case 'running':
      return { ...head, state: 'unknown', seen: 'it is running', next: 'wait until it has ended' };
    case 'skipped':
      return { ...head, state: 'unknown', seen: 'it was cancelled or skipped', next };
  }
};
