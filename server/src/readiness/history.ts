import type { EvidenceState } from '../core/evidence.ts';
import { objectIn } from '../core/json.ts';
import { isCounted } from './roll-up.ts';
import type { ReadinessSnapshot } from './snapshot.ts';

/** The version of the history's format; lines of another one are passed over. */
const historyFormat = 1;

/** One line of the history: what became another since the line before it. */
export interface HistoryEntry {
  readonly format: typeof historyFormat;
  /** ISO 8601. */
  readonly at: string;
  /** The states of checks that were looked at and changed; null for one that is gone. */
  readonly checks?: Readonly<Record<string, EvidenceState | null>>;
  /** Percent, claimed and proven, of categories that changed; null where there is none. */
  readonly categories?: Readonly<Record<string, CategoryPoint>>;
  /** Tasks of the plan. */
  readonly tasks?: { readonly done: number; readonly total: number };
}

export interface CategoryPoint {
  readonly claimed: number | null;
  readonly proven: number | null;
}

/** Where the history is kept; it never fails for who asks. */
export interface ReadinessHistory {
  /** The lines of the workspace folder (URI path), the oldest first. */
  read(folder: string): Promise<readonly HistoryEntry[]>;
  append(folder: string, entry: HistoryEntry): Promise<void>;
}

/** Everything as it was after some entries. */
export interface HistoryState {
  readonly checks: ReadonlyMap<string, EvidenceState>;
  readonly categories: ReadonlyMap<string, CategoryPoint>;
  readonly tasks: { readonly done: number; readonly total: number };
}

export const noHistory: HistoryState = {
  checks: new Map(),
  categories: new Map(),
  tasks: { done: 0, total: 0 },
};

/** What an entry makes of the state before it. */
export function withEntry(state: HistoryState, entry: HistoryEntry): HistoryState {
  const checks = new Map(state.checks);
  for (const [id, now] of Object.entries(entry.checks ?? {})) {
    if (now === null) checks.delete(id);
    else checks.set(id, now);
  }
  const categories = new Map([...state.categories, ...Object.entries(entry.categories ?? {})]);
  return { checks, categories, tasks: entry.tasks ?? state.tasks };
}

/** The line that a snapshot adds; undefined where nothing is another. What was not looked at is as it was. */
export function nextEntry(
  entries: readonly HistoryEntry[],
  { checks, categories, plans, takenMs }: ReadinessSnapshot,
): HistoryEntry | undefined {
  const before = entries.reduce(withEntry, noHistory);
  const seen: [string, EvidenceState | null][] = checks
    .filter(
      (check) =>
        isCounted(check) && check.checkedMs !== undefined && before.checks.get(check.id) !== check.state,
    )
    .map(({ id, state }) => [id, state]);
  const ids = new Set(checks.map(({ id }) => id));
  for (const id of before.checks.keys()) if (!ids.has(id)) seen.push([id, null]);
  // A share that rests on what nobody has looked at would move by who asked, not by what changed.
  const isLookedAt = (names: readonly string[]): boolean =>
    checks.every(({ id, checkedMs }) => !names.includes(id) || checkedMs !== undefined);
  const moved = categories.flatMap(({ category, claimed = null, proven = null, checks: own }) => {
    const known = before.categories.get(category);
    const point = { claimed, proven: isLookedAt(own) ? proven : (known?.proven ?? null) };
    return known && known.claimed === point.claimed && known.proven === point.proven
      ? []
      : [[category, point] as const];
  });
  const total = plans.reduce((sum, plan) => sum + plan.total, 0);
  const done = plans.reduce((sum, { counts }) => sum + counts.done + counts.skipped, 0);
  const isSameTasks = before.tasks.done === done && before.tasks.total === total;
  if (seen.length === 0 && moved.length === 0 && isSameTasks) return undefined;
  return {
    format: historyFormat,
    at: new Date(takenMs).toISOString(),
    ...(seen.length === 0 ? {} : { checks: Object.fromEntries(seen) }),
    ...(moved.length === 0 ? {} : { categories: Object.fromEntries(moved) }),
    ...(isSameTasks ? {} : { tasks: { done, total } }),
  };
}

/** A line of the file; undefined for what another version wrote, or was cut off. */
export function readEntry(line: string): HistoryEntry | undefined {
  const read = objectIn(line);
  return read?.['format'] === historyFormat && !Number.isNaN(Date.parse(String(read['at'])))
    ? (read as unknown as HistoryEntry)
    : undefined;
}
