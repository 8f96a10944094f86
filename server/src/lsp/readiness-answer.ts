import type { Waiver } from '../core/evidence.ts';
import { baseName, isInside, relativeTo } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type {
  CategoryAnswer,
  CheckAnswer,
  ItemEvidenceAnswer,
  ReadinessAnswer,
  RollUpAnswer,
  WaiverAnswer,
} from '../protocol/readiness-requests.ts';
import type { ItemReadiness } from '../readiness/item-standing.ts';
import type { CategoryReadiness, RollUp } from '../readiness/roll-up.ts';
import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { Trend } from '../readiness/trend.ts';
import { rangeIn, toUri } from './convert.ts';

/** A snapshot as the client gets it. */
export function readinessAnswer(
  snapshot: ReadinessSnapshot,
  platform: Platform,
  trend?: Trend,
): ReadinessAnswer {
  const { state, verdict, takenMs, total, categories, items, checks, waivers } = snapshot;
  return {
    state,
    verdict,
    takenMs,
    total: rollUpAnswer(total),
    categories: categories.map(categoryAnswer),
    items: items.filter(({ checks: own }) => own.length > 0).map((item) => itemAnswer(item, platform)),
    checks: checks.map((check) => checkAnswer(check, platform)),
    waivers: waivers.map((waiver) => waiverAnswer(waiver, platform)),
    ...(trend ? { trend } : {}),
  };
}

function rollUpAnswer({ counts, passedWeight, weight, proven }: RollUp): RollUpAnswer {
  return { counts, passedWeight, weight, ...(proven === undefined ? {} : { proven }) };
}

function categoryAnswer(read: CategoryReadiness): CategoryAnswer {
  const { category, claimed, level, needs, checks } = read;
  const claim = claimed === undefined ? {} : { claimed };
  return { category, ...claim, level, needs, checks, ...rollUpAnswer(read) };
}

function itemAnswer(
  { plan, location, priority, ...rest }: ItemReadiness,
  platform: Platform,
): ItemEvidenceAnswer {
  return {
    ...rest,
    uri: toUri(plan),
    range: rangeIn(platform, location.path, location.span),
    ...(priority === undefined ? {} : { priority }),
  };
}

function checkAnswer(
  { about, location, waiver, where, ...rest }: CheckReadiness,
  platform: Platform,
): CheckAnswer {
  return {
    ...rest,
    ...about,
    ...(where === undefined ? {} : placeAnswer(where, platform)),
    ...(waiver ? { waiver: waiverAnswer(waiver, platform) } : {}),
    ...(location
      ? { uri: toUri(location.path), range: rangeIn(platform, location.path, location.span) }
      : {}),
  };
}

/** Where something was seen: a file by its name in its folder and by its URI, everything else as it is. */
export function placeAnswer(
  where: string,
  { folders }: Platform,
): { readonly where: string; readonly whereUri?: string } {
  if (!where.startsWith('/')) return { where };
  const folder = folders.find((each) => isInside(where, each));
  const name = folder === undefined ? where : relativeTo(folder, where) || baseName(folder);
  return { where: name, whereUri: toUri(where) };
}

function waiverAnswer({ check, reason, by, until, location }: Waiver, platform: Platform): WaiverAnswer {
  return {
    check,
    reason,
    ...(by === undefined ? {} : { by }),
    ...(until === undefined ? {} : { until }),
    uri: toUri(location.path),
    range: rangeIn(platform, location.path, location.span),
  };
}
