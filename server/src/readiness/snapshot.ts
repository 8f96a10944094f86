import {
  costOf,
  type Check,
  type Cost,
  type Evidence as CheckEvidence,
  type Probe,
  type Subjects,
  type Waiver,
} from '../core/evidence.ts';
import { overallOf, type Plan, type PlanItem, type PlanStatus } from '../core/plan.ts';
import type { Location } from '../core/span.ts';
import { itemsOf, type ItemReadiness } from './item-standing.ts';
import { categoriesOf, isCounted, rollUp, type CategoryReadiness, type RollUp } from './roll-up.ts';
import { settle, type Answer, type SettledBy } from './settle.ts';
import { findVerdict, type ReadinessState } from './verdict.ts';

/** What is judged: the plans as read, what the checks of configuration found, and what all checks answered. */
export interface ReadinessInput {
  readonly plans: readonly Plan[];
  readonly projects: readonly ProjectState[];
  readonly checks?: readonly Check[];
  readonly waivers?: readonly Waiver[];
  /** By the ids of checks; what is not there nobody has looked at. */
  readonly answers?: ReadonlyMap<string, Answer>;
  readonly nowMs?: number;
  /** False where nobody vouches for the workspace. */
  readonly isTrusted?: boolean;
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
  /** Every check with its answer: what somebody asks for first. */
  readonly checks: readonly CheckReadiness[];
  /** All checks together. */
  readonly total: RollUp;
  readonly categories: readonly CategoryReadiness[];
  /** Tasks and criteria beside their evidence. */
  readonly items: readonly ItemReadiness[];
  readonly waivers: readonly Waiver[];
  readonly takenMs: number;
}

/** A check and what it shows. */
export interface CheckReadiness extends CheckEvidence {
  readonly id: string;
  readonly title: string;
  readonly kind: Probe['kind'];
  readonly cost: Cost;
  readonly weight: number;
  readonly about: Subjects;
  readonly maxAgeMs?: number;
  /** Where it is written; absent for what is proved without asking. */
  readonly location?: Location;
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

/** What `penstock check` finds in a project. */
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
export function takeSnapshot({
  plans,
  projects,
  checks = [],
  waivers = [],
  answers = new Map(),
  nowMs = 0,
  isTrusted = true,
}: ReadinessInput): ReadinessSnapshot {
  const read = plans.map(readPlan);
  const evidence = projects.map(readProject);
  const by: SettledBy = { waivers, nowMs, isTrusted };
  const answered = checks.map((check) => answeredCheck(check, answers.get(check.id), by));
  const items = itemsOf(plans, answered);
  return {
    ...findVerdict(read, evidence, { checks: answered, items }),
    plans: read,
    evidence,
    checks: answered,
    total: rollUp(answered.filter(isCounted)),
    categories: categoriesOf(plans, answered),
    items,
    waivers,
    takenMs: nowMs,
  };
}

function answeredCheck(check: Check, answer: Answer | undefined, by: SettledBy): CheckReadiness {
  const { id, title, probe, weight, about, location, maxAgeMs } = check;
  return {
    id,
    title,
    kind: probe.kind,
    cost: costOf(probe),
    weight,
    about,
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    ...(location ? { location } : {}),
    ...settle(check, answer, by),
  };
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
    tableAverage: toOneDecimal(overallOf(plan.readiness)),
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

function toOneDecimal(number: number | undefined): number | undefined {
  return number === undefined ? undefined : Math.round(number * 10) / 10;
}
