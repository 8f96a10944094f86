import type { EvidenceState } from '../../../../server/src/core/evidence.ts';
import type {
  CategoryAnswer,
  CheckAnswer,
  ItemEvidenceAnswer,
  ReadinessAnswer,
} from '../../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../../server/src/protocol/requests.ts';

export const nowMs = new Date(2026, 10, 29, 12).getTime();
export const planUri = 'file:///w/plan.md';
export const manifestUri = 'file:///w/penstock.yaml';

const lineRange = (line: number): PlanItemAnswer['range'] => ({
  start: { line, character: 2 },
  end: { line, character: 9 },
});

export function task(title: string, line: number, more: Partial<PlanItemAnswer> = {}): PlanItemAnswer {
  return {
    id: title.toLowerCase().replaceAll(' ', '-'),
    title,
    group: 'Tasks',
    status: 'planned',
    statusText: 'Planned',
    dependencies: [],
    line,
    range: lineRange(line),
    ...more,
  };
}

export function planOf(items: readonly PlanItemAnswer[], more: Partial<PlanAnswer> = {}): PlanAnswer {
  return {
    uri: planUri,
    title: 'Plan',
    items,
    groups: ['Tasks'],
    readiness: [],
    criteria: [],
    blockers: [],
    risks: [],
    updated: undefined,
    version: null,
    claimedOverall: undefined,
    ...more,
  };
}

export function counts(more: Partial<Record<EvidenceState, number>> = {}): Record<EvidenceState, number> {
  return {
    passed: 0,
    failed: 0,
    warning: 0,
    stale: 0,
    unknown: 0,
    'not-applicable': 0,
    waived: 0,
    ...more,
  };
}

export function check(id: string, state: EvidenceState, more: Partial<CheckAnswer> = {}): CheckAnswer {
  return {
    id,
    title: id,
    kind: 'file',
    cost: 'instant',
    weight: 1,
    state,
    expected: 'a file',
    seen: 'none',
    items: [],
    systems: [],
    categories: [],
    ...more,
  };
}

/** A check that is written in `penstock.yaml`. */
export function written(
  id: string,
  state: EvidenceState,
  line: number,
  more: Partial<CheckAnswer> = {},
): CheckAnswer {
  return check(id, state, { uri: manifestUri, range: lineRange(line), ...more });
}

export function claim(item: PlanItemAnswer, more: Partial<ItemEvidenceAnswer>): ItemEvidenceAnswer {
  const { id, title, status, range, priority } = item;
  return {
    uri: planUri,
    id,
    title,
    status,
    range,
    kind: 'task',
    state: 'claimed',
    standing: 'claimed',
    checks: [],
    ...(priority === undefined ? {} : { priority }),
    ...more,
  };
}

export function category(name: string, more: Partial<CategoryAnswer> = {}): CategoryAnswer {
  return {
    category: name,
    counts: counts(),
    passedWeight: 0,
    weight: 0,
    level: 'claimed',
    needs: [],
    checks: [],
    ...more,
  };
}

export function answer(more: Partial<ReadinessAnswer> = {}): ReadinessAnswer {
  return {
    state: 'not-ready',
    verdict: 'not ready: 2 P0 tasks open',
    takenMs: nowMs,
    total: { counts: counts(), passedWeight: 0, weight: 0 },
    categories: [],
    items: [],
    checks: [],
    waivers: [],
    ...more,
  };
}
