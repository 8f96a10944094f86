import type { EvidenceState, Waiver } from '../core/evidence.ts';
import { isFor } from './settle.ts';
import { noHistory, withEntry, type HistoryEntry, type HistoryState } from './history.ts';

/** How readiness went: what a burn-up chart is drawn of, and what somebody should look at. */
export interface Trend {
  /** After each change, the oldest first. */
  readonly points: readonly TrendPoint[];
  /** Categories that moved in the last week, those that moved most first. */
  readonly moved: readonly CategoryMove[];
  readonly atRisk: readonly Risk[];
}

export interface TrendPoint {
  readonly atMs: number;
  /** Of `checks`, those that passed, warnings included. */
  readonly passed: number;
  readonly checks: number;
  /** Tasks that are done or skipped, of all. */
  readonly done: number;
  readonly tasks: number;
}

export interface CategoryMove {
  readonly category: string;
  /** `proven` where evidence moved, else `claimed`; percent. */
  readonly what: 'proven' | 'claimed';
  readonly from: number;
  readonly to: number;
}

/** A check that passed lately and does not now, or whose waiver is about to end. */
export interface Risk {
  readonly check: string;
  readonly why: 'got-worse' | 'waiver-ends';
  readonly sinceMs?: number;
  readonly until?: string;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

export function trendOf(
  entries: readonly HistoryEntry[],
  { waivers, nowMs }: { readonly waivers: readonly Waiver[]; readonly nowMs: number },
): Trend {
  const points: TrendPoint[] = [];
  const worse = new Map<string, number>();
  let state: HistoryState = noHistory;
  let weekAgo: HistoryState | undefined;
  const times = timesOf(entries, nowMs);
  for (const [index, entry] of entries.entries()) {
    const atMs = times[index]!;
    if (weekAgo === undefined && atMs >= nowMs - weekMs) weekAgo = state;
    const before = state;
    state = withEntry(state, entry);
    for (const [id, now] of Object.entries(entry.checks ?? {})) {
      const was = before.checks.get(id);
      if (now === null || isGood(now)) worse.delete(id);
      else if (was !== undefined && isGood(was)) worse.set(id, atMs);
    }
    points.push(pointOf(state, atMs));
  }
  const lately = [...worse].filter(([, atMs]) => atMs >= nowMs - weekMs);
  return {
    points,
    moved: movedSince(weekAgo ?? state, state),
    atRisk: [
      ...lately.map(([check, sinceMs]): Risk => ({ check, why: 'got-worse', sinceMs })),
      ...endingWaivers(waivers, state, nowMs),
    ],
  };
}

/** An entry was written before the one after it, and before now, whatever the clock said. */
function timesOf(entries: readonly HistoryEntry[], nowMs: number): readonly number[] {
  let latest = nowMs;
  return entries
    .toReversed()
    .map(({ at }) => (latest = Math.min(latest, Date.parse(at))))
    .reverse();
}

function pointOf({ checks, tasks }: HistoryState, atMs: number): TrendPoint {
  const states = [...checks.values()].filter((each) => each !== 'not-applicable' && each !== 'waived');
  return {
    atMs,
    passed: states.filter(isGood).length,
    checks: states.length,
    done: tasks.done,
    tasks: tasks.total,
  };
}

function movedSince(before: HistoryState, now: HistoryState): readonly CategoryMove[] {
  const moves = [...now.categories].flatMap(([category, point]): readonly CategoryMove[] => {
    const was = before.categories.get(category);
    if (!was) return [];
    for (const what of ['proven', 'claimed'] as const) {
      const [from, to] = [was[what], point[what]];
      if (from !== null && to !== null && from !== to) return [{ category, what, from, to }];
    }
    return [];
  });
  return moves.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

/** What passes without its waiver does not miss it. */
function endingWaivers(waivers: readonly Waiver[], { checks }: HistoryState, nowMs: number): readonly Risk[] {
  return waivers.flatMap((waiver): readonly Risk[] => {
    const { check, until } = waiver;
    const states = [...checks].filter(([id]) => isFor(waiver, { id })).map(([, state]) => state);
    if (states.length > 0 && states.every((state) => state === 'passed')) return [];
    const ends = until === undefined ? Number.NaN : Date.parse(until) + dayMs;
    return ends > nowMs && ends <= nowMs + weekMs ? [{ check, why: 'waiver-ends', until: until! }] : [];
  });
}

function isGood(state: EvidenceState): boolean {
  return state === 'passed' || state === 'warning';
}
