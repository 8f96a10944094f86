import type { PlanRole, PlanStatus } from '../core/plan.ts';
import type { Meaning } from '../core/plan-links.ts';
import type { PlanOrder, Standing, StandingItem } from '../core/plan-next.ts';
import type { ReadPlan } from './plan.ts';

/** `penstock plan --format json`. Public. */
export interface PlanJson {
  readonly documents: readonly {
    readonly file: string;
    readonly title: string;
    readonly role: PlanRole;
    readonly updated: string | null;
    readonly review: string | null;
    readonly claimedOverall: number | null;
    readonly phases: readonly {
      readonly title: string;
      readonly status: PlanStatus;
      readonly when: string | null;
      readonly groups: readonly string[];
    }[];
  }[];
  readonly items: readonly ItemJson[];
  readonly groups: readonly string[];
  readonly readiness: readonly { readonly category: string; readonly claimed: number }[];
  readonly criteria: readonly { readonly id?: string; readonly text: string; readonly done: boolean }[];
  readonly blockers: readonly { readonly text: string }[];
  readonly risks: readonly {
    readonly text: string;
    readonly impact: string | null;
    readonly probability: string | null;
    readonly mitigation: string | null;
  }[];
  /** Of the first document, as the two that follow it. */
  readonly updated: string | null;
  readonly claimedOverall: number | null;
  /** What to do next, the best first. */
  readonly next: readonly ItemRefJson[];
}

/** An item's id is unique in its document. */
export interface ItemRefJson {
  readonly document: string;
  readonly id: string;
  readonly title: string;
}

export interface ItemJson extends ItemRefJson {
  readonly group: string;
  readonly status: PlanStatus;
  readonly priority: string | null;
  readonly effort: string | null;
  readonly dependencies: readonly string[];
  /** What each of `dependencies` is about, in their order. */
  readonly dependsOn: readonly {
    readonly kind: Meaning['kind'];
    readonly items?: readonly ItemRefJson[];
    readonly names?: readonly string[];
  }[];
  /** One-based, as editors and `grep -n` count lines. */
  readonly line: number;
  readonly parent: string | null;
  readonly owner: string | null;
  readonly due: string | null;
  readonly finished: string | null;
  /** What a column of numbers or codes calls it. */
  readonly code: string | null;
  readonly ready: boolean;
  readonly blockedBy: readonly ItemRefJson[];
}

/** `place` shows a path as the user would write it. */
export function planJson(
  documents: readonly ReadPlan[],
  { standings, next }: PlanOrder,
  place: (path: string) => string,
): PlanJson {
  const plans = documents.map(({ plan }) => plan);
  const refOf = ({ path, id, title }: StandingItem): ItemRefJson => ({ document: place(path), id, title });
  const sources = new Map(documents.map(({ plan, source }) => [plan.path, source]));
  return {
    documents: plans.map(({ path, title, role, updated = null, review, claimedOverall = null, phases }) => ({
      file: place(path),
      title,
      role,
      updated,
      review: review?.text ?? null,
      claimedOverall,
      phases: phases.map(({ title: name, status, when = null, groups }) => ({
        title: name,
        status,
        when,
        groups,
      })),
    })),
    items: standings.map((standing) => {
      const { item, path } = standing.item;
      return itemJson(standing, refOf, sources.get(path)!.positionAt(item.location.span.start).line + 1);
    }),
    groups: [...new Set(plans.flatMap(({ groups }) => groups))],
    readiness: plans.flatMap(({ readiness }) =>
      readiness.map(({ category, claimed }) => ({ category, claimed })),
    ),
    criteria: plans.flatMap(({ criteria }) =>
      criteria.map(({ id, text, done }) => ({ ...(id === undefined ? {} : { id }), text, done })),
    ),
    blockers: plans.flatMap(({ blockers }) => blockers.map(({ text }) => ({ text }))),
    risks: plans.flatMap(({ risks }) =>
      risks.map(({ text, impact = null, probability = null, mitigation = null }) => ({
        text,
        impact,
        probability,
        mitigation,
      })),
    ),
    updated: plans[0]?.updated ?? null,
    claimedOverall: plans[0]?.claimedOverall ?? null,
    next: next.map(({ item }) => refOf(item)),
  };
}

function itemJson(
  { item: placed, blockedBy, isReady }: Standing,
  refOf: (item: StandingItem) => ItemRefJson,
  line: number,
): ItemJson {
  const { item, meanings } = placed;
  return {
    ...refOf(placed),
    group: item.group,
    status: item.status,
    priority: item.priority ?? null,
    effort: item.effort ?? null,
    dependencies: item.dependencies,
    dependsOn: meanings.map((meaning) => ({
      kind: meaning.kind,
      ...(meaning.kind === 'items' ? { items: meaning.items.map(refOf) } : {}),
      ...namesOf(meaning),
    })),
    line,
    parent: item.parent ?? null,
    owner: item.owner ?? null,
    due: item.due ?? null,
    finished: item.finished ?? null,
    code: item.code ?? null,
    ready: isReady,
    blockedBy: blockedBy.map(refOf),
  };
}

function namesOf(meaning: Meaning<StandingItem>): { readonly names?: readonly string[] } {
  if (meaning.kind === 'services') return { names: meaning.names };
  if (meaning.kind === 'system' || meaning.kind === 'check') return { names: [meaning.id] };
  return meaning.kind === 'missing' ? { names: [meaning.name] } : {};
}
