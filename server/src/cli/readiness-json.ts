import type { Waiver } from '../core/evidence.ts';
import type { ItemReadiness } from '../readiness/item-standing.ts';
import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { Trend } from '../readiness/trend.ts';
import type { ReadinessStyle } from './readiness.ts';

/** The snapshot as JSON; `penstock schema readiness` tells its members. Members are added, never changed. */
export function readinessJson(snapshot: ReadinessSnapshot, style: ReadinessStyle): string {
  const { state, verdict, plans, evidence, checks, total, categories, items, waivers, takenMs } = snapshot;
  const { place } = style;
  const read = {
    state,
    verdict,
    plans: plans.map(({ path, updated, claimedOverall, tableAverage, ...plan }) => ({
      file: place(path),
      ...plan,
      updated: updated ?? null,
      claimedOverall: claimedOverall ?? null,
      tableAverage: tableAverage ?? null,
    })),
    evidence: evidence.map(({ root, ...rest }) => ({ ...rest, folder: place(root) })),
    taken: timeOf(takenMs),
    total: { ...total, proven: total.proven ?? null },
    categories: categories.map(({ claimed, proven, ...rest }) => ({
      ...rest,
      claimed: claimed ?? null,
      proven: proven ?? null,
    })),
    items: items.map((item) => itemJson(item, style)),
    checks: checks.map((check) => checkJson(check, style)),
    waivers: waivers.map((waiver) => waiverJson(waiver, style)),
    trend: trendJson(style.trend),
  };
  return `${JSON.stringify(read, undefined, 2)}\n`;
}

function trendJson({ points, moved, atRisk }: Trend): object {
  return {
    points: points.map(({ atMs, ...rest }) => ({ at: timeOf(atMs), ...rest })),
    moved,
    atRisk: atRisk.map(({ check, why, sinceMs, until }) => ({
      check,
      why,
      since: timeOf(sinceMs),
      until: until ?? null,
    })),
  };
}

function itemJson({ plan, priority, location, ...rest }: ItemReadiness, style: ReadinessStyle): object {
  return { file: style.place(plan), line: style.lineOf(location), ...rest, priority: priority ?? null };
}

function checkJson(check: CheckReadiness, style: ReadinessStyle): object {
  const { id, title, kind, cost, state, expected, seen, where, next, weight, about, location } = check;
  const { sinceMs, checkedMs, durationMs, maxAgeMs, without, waiver } = check;
  return {
    id,
    title,
    kind,
    cost,
    state,
    expected,
    seen,
    where: where === undefined ? null : placeOf(where, style),
    since: timeOf(sinceMs),
    checked: timeOf(checkedMs),
    durationMs: durationMs ?? null,
    maxAgeMs: maxAgeMs ?? null,
    next: next ?? null,
    weight,
    ...about,
    file: location ? style.place(location.path) : null,
    line: location ? style.lineOf(location) : null,
    ...(without === undefined ? {} : { without }),
    ...(waiver ? { waiver: waiverJson(waiver, style) } : {}),
  };
}

function waiverJson({ check, reason, by, until, location }: Waiver, style: ReadinessStyle): object {
  const place = { file: style.place(location.path), line: style.lineOf(location) };
  return { check, reason, by: by ?? null, until: until ?? null, ...place };
}

/** Where something was seen: a file by its name, everything else as it is. */
export function placeOf(where: string, { place }: Pick<ReadinessStyle, 'place'>): string {
  return where.startsWith('/') ? place(where) : where;
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
