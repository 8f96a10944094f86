import { isFor, isGood } from '../readiness/settle.ts';
import { rollUp } from '../readiness/roll-up.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import { countsText } from './readiness-text.ts';

/** A snapshot of these checks alone, for whoever asks for no others: nobody looked at the rest, so nothing is told of it. */
export function onlyChecks(snapshot: ReadinessSnapshot, ids: readonly string[]): ReadinessSnapshot {
  const checks = snapshot.checks.filter(({ id }) => ids.includes(id));
  const total = rollUp(checks);
  const counts = countsText({ ...total, proven: undefined });
  const state = checks.every((check) => isGood(check.state))
    ? 'ready'
    : checks.some((check) => check.state === 'failed' || check.state === 'stale')
      ? 'not-ready'
      : 'unknown';
  const verdict = {
    ready: 'as expected',
    'not-ready': 'not as expected',
    unknown: 'not known whether it is as expected',
  }[state];
  return {
    ...snapshot,
    state,
    verdict: `${verdict}: ${counts}`,
    plans: [],
    evidence: [],
    checks,
    total,
    categories: [],
    items: snapshot.items.filter((item) => item.checks.some((id) => ids.includes(id))),
    waivers: snapshot.waivers.filter((waiver) => checks.some((check) => isFor(waiver, check))),
  };
}
