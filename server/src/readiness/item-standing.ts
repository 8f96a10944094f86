import type { EvidenceState } from '../core/evidence.ts';
import type { Criterion, Plan, PlanStatus } from '../core/plan.ts';
import type { Location } from '../core/span.ts';
import type { CheckReadiness } from './snapshot.ts';

/**
 * A claim beside its evidence. `claimed`: nothing is bound to it. `agrees`: neither contradicts the other, or too
 * little is known.
 */
export type Standing = 'ticked-but-failing' | 'open-but-proven' | 'agrees' | 'claimed';

/** A task or a criterion of a plan, with what its checks show. */
export interface ItemReadiness {
  readonly plan: string;
  readonly id: string;
  readonly title: string;
  readonly kind: 'task' | 'criterion';
  readonly status: PlanStatus;
  readonly priority: string | undefined;
  /** The gravest of its checks' states; `claimed` where it has none. */
  readonly state: EvidenceState | 'claimed';
  readonly standing: Standing;
  /** Ids of its checks. */
  readonly checks: readonly string[];
  readonly location: Location;
}

/** The gravest first. */
export const gravity: readonly EvidenceState[] = [
  'failed',
  'stale',
  'unknown',
  'warning',
  'waived',
  'passed',
  'not-applicable',
];

/** The gravest state there is; undefined where there is none. */
function gravestOf(states: Iterable<EvidenceState>): EvidenceState | undefined {
  const all = new Set(states);
  return gravity.find((state) => all.has(state));
}

/** Every task and criterion of the plans, in their order. */
export function itemsOf(plans: readonly Plan[], checks: readonly CheckReadiness[]): readonly ItemReadiness[] {
  const byItem = new Map<string, CheckReadiness[]>();
  for (const check of checks)
    for (const item of check.about.items) {
      const known = byItem.get(item);
      if (known) known.push(check);
      else byItem.set(item, [check]);
    }
  return plans.flatMap((plan) => [
    ...plan.items.map(({ id, title, status, priority, location }) =>
      standing({ plan: plan.path, id, title, kind: 'task', status, priority, location }, byItem.get(id)),
    ),
    ...plan.criteria.flatMap(({ id, text, done, span }) =>
      id === undefined ? [] : standing(criterion(plan, { id, text, done, span }), byItem.get(id)),
    ),
  ]);
}

function criterion(
  { path }: Plan,
  { id, text, done, span }: Pick<Criterion, 'text' | 'done' | 'span'> & { readonly id: string },
): Omit<ItemReadiness, 'state' | 'standing' | 'checks'> {
  const status = done ? 'done' : 'planned';
  const location = { path, span };
  return { plan: path, id, title: text, kind: 'criterion', status, priority: undefined, location };
}

function standing(
  item: Omit<ItemReadiness, 'state' | 'standing' | 'checks'>,
  checks: readonly CheckReadiness[] = [],
): ItemReadiness {
  const state = gravestOf(checks.map((check) => check.state)) ?? 'claimed';
  return {
    ...item,
    state,
    standing: state === 'claimed' ? 'claimed' : held(item.status, state),
    checks: checks.map(({ id }) => id),
  };
}

function held(status: PlanStatus, state: EvidenceState): Standing {
  if (status === 'done') return state === 'failed' ? 'ticked-but-failing' : 'agrees';
  if (status === 'skipped') return 'agrees';
  return state === 'passed' ? 'open-but-proven' : 'agrees';
}
