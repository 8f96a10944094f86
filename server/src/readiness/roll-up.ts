import type { EvidenceState } from '../core/evidence.ts';
import { categoryKey, type Plan } from '../core/plan.ts';
import { levelOf, type LevelReadiness } from './levels.ts';
import type { CheckReadiness } from './snapshot.ts';

export type StateCounts = Readonly<Record<EvidenceState, number>>;

/** What counts together: counts first, for a percentage alone cannot be checked. */
export interface RollUp {
  readonly counts: StateCounts;
  /** The weights of what passed, warnings included, and of all that counts: not what is waived or does not apply. */
  readonly passedWeight: number;
  readonly weight: number;
  /** The share of the weights, to a whole percent; undefined where nothing counts. What is not known has not passed. */
  readonly proven: number | undefined;
}

/** One category of the plan's readiness table, claimed and proven. */
export interface CategoryReadiness extends RollUp, LevelReadiness {
  readonly category: string;
  /** Percent; undefined where only checks name the category. */
  readonly claimed: number | undefined;
  /** Ids of its checks. */
  readonly checks: readonly string[];
}

/** What costs something and nobody asks for is no gap as long as nobody has looked. */
export function isCounted({ location, state, cost, checkedMs }: CheckReadiness): boolean {
  return (
    location !== undefined ||
    checkedMs !== undefined ||
    !(state === 'unknown' && (cost === 'network' || cost === 'command'))
  );
}

export function rollUp(checks: readonly CheckReadiness[]): RollUp {
  const counts: Record<EvidenceState, number> = {
    passed: 0,
    failed: 0,
    warning: 0,
    stale: 0,
    unknown: 0,
    'not-applicable': 0,
    waived: 0,
  };
  let [passedWeight, weight] = [0, 0];
  for (const check of checks) {
    counts[check.state]++;
    if (check.state === 'not-applicable' || check.state === 'waived') continue;
    weight += check.weight;
    if (check.state === 'passed' || check.state === 'warning') passedWeight += check.weight;
  }
  // Rounded down: 100 % says that nothing is missing.
  const proven = weight === 0 ? undefined : Math.floor((passedWeight / weight) * 100);
  return { counts, passedWeight, weight, proven };
}

/** The categories that plans and checks name, those of the plans first. */
export function categoriesOf(
  plans: readonly Plan[],
  checks: readonly CheckReadiness[],
): readonly CategoryReadiness[] {
  const claims = new Map<string, { readonly category: string; readonly claimed: number }>();
  for (const claim of plans.flatMap((plan) => plan.readiness))
    if (!claims.has(categoryKey(claim.category))) claims.set(categoryKey(claim.category), claim);
  const named = new Map<string, string>();
  for (const { category } of claims.values()) named.set(categoryKey(category), category);
  for (const category of checks.flatMap(({ about }) => about.categories))
    if (!named.has(categoryKey(category))) named.set(categoryKey(category), category);
  return [...named].map(([key, category]) => {
    const own = checks.filter(({ about }) => about.categories.some((each) => categoryKey(each) === key));
    const claimed = claims.get(key)?.claimed;
    const rolled = rollUp(own);
    return {
      category,
      claimed,
      checks: own.map(({ id }) => id),
      ...rolled,
      ...levelOf({ claimed, checks: own, counts: rolled.counts }),
    };
  });
}

/** Categories are called alike whatever their case and the marks around them. */
