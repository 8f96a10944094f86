import type { Plan, PlanItem, PlanStatus } from '../core/plan.ts';
import { findVerdict, type ReadinessState } from './verdict.ts';

/** What is judged: the plans as read, and what the checks of configuration found. */
export interface ReadinessInput {
  readonly plans: readonly Plan[];
  readonly projects: readonly ProjectState[];
}

/** One project of one tool, checked. */
export interface ProjectState {
  readonly system: string;
  /** The tool's name for a person. */
  readonly title: string;
  readonly name: string;
  readonly root: string;
  readonly errors: number;
  readonly warnings: number;
}

/** Claim and evidence side by side, at one moment. */
export interface ReadinessSnapshot {
  readonly state: ReadinessState;
  /** One sentence, lower-case, without a full stop: 'not ready: 6 P0 tasks open, 2 errors in dbt'. */
  readonly verdict: string;
  readonly plans: readonly PlanReadiness[];
  readonly evidence: readonly Evidence[];
}

/** What one plan claims. Counts come before percentages, for they can be checked. */
export interface PlanReadiness {
  readonly path: string;
  readonly title: string;
  readonly updated: string | undefined;
  readonly total: number;
  readonly counts: Readonly<Record<PlanStatus, number>>;
  /** Tasks that are neither done nor skipped, by priority as written; '' for those without one. */
  readonly open: readonly { readonly priority: string; readonly count: number }[];
  readonly claimedOverall: number | undefined;
  /** What the categories average, the number to hold beside `claimedOverall`. */
  readonly tableAverage: number | undefined;
  readonly categories: readonly { readonly category: string; readonly claimed: number }[];
  readonly criteria: { readonly done: number; readonly open: number };
  readonly blockers: number;
  readonly risks: number;
}

/** What Penstock has seen for itself. */
export interface Evidence {
  readonly kind: 'valid-configuration';
  readonly system: string;
  readonly title: string;
  readonly project: string;
  readonly root: string;
  readonly state: 'passed' | 'failed';
  readonly errors: number;
  readonly warnings: number;
}

/** Judges a platform from its plans and its checked configuration. */
export function takeSnapshot({ plans, projects }: ReadinessInput): ReadinessSnapshot {
  const read = plans.map(readPlan);
  const evidence = projects.map(readProject);
  return { ...findVerdict(read, evidence), plans: read, evidence };
}

function readPlan(plan: Plan): PlanReadiness {
  const { path, title, updated, claimedOverall } = plan;
  const done = plan.criteria.filter((criterion) => criterion.done).length;
  return {
    path,
    title,
    updated,
    total: plan.items.length,
    counts: countByStatus(plan.items),
    open: countOpen(plan.items),
    claimedOverall,
    tableAverage: averageOf(plan.readiness.map(({ claimed }) => claimed)),
    categories: plan.readiness.map(({ category, claimed }) => ({ category, claimed })),
    criteria: { done, open: plan.criteria.length - done },
    blockers: plan.blockers.length,
    risks: plan.risks.length,
  };
}

function readProject({ system, title, name, root, errors, warnings }: ProjectState): Evidence {
  const state = errors === 0 ? 'passed' : 'failed';
  return { kind: 'valid-configuration', system, title, project: name, root, state, errors, warnings };
}

function countByStatus(items: readonly PlanItem[]): PlanReadiness['counts'] {
  const counts = { planned: 0, 'in-progress': 0, done: 0, blocked: 0, skipped: 0, unknown: 0 };
  for (const { status } of items) counts[status]++;
  return counts;
}

function countOpen(items: readonly PlanItem[]): PlanReadiness['open'] {
  const counts = new Map<string, number>();
  for (const { status, priority = '' } of items) {
    if (status !== 'done' && status !== 'skipped') counts.set(priority, (counts.get(priority) ?? 0) + 1);
  }
  return [...counts]
    .map(([priority, count]) => ({ priority, count }))
    .sort((a, b) => (a.priority < b.priority ? -1 : 1));
}

/** To one decimal. */
function averageOf(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, each) => total + each, 0);
  return Math.round((sum / numbers.length) * 10) / 10;
}
