import type { Location, Span } from './span.ts';

/** A planning document, read. Every span is in the document at `path`. */
export interface Plan {
  readonly path: string;
  readonly title: string;
  readonly items: readonly PlanItem[];
  /** Section titles that hold items, in the document's order. */
  readonly groups: readonly string[];
  readonly readiness: readonly ReadinessClaim[];
  readonly criteria: readonly Criterion[];
  readonly blockers: readonly PlanNote[];
  readonly risks: readonly Risk[];
  /** As written after 'Last Updated'. */
  readonly updated: string | undefined;
  /** Percent, as the document claims. */
  readonly claimedOverall: number | undefined;
}

export type PlanStatus = 'planned' | 'in-progress' | 'done' | 'blocked' | 'skipped' | 'unknown';

export interface PlanItem {
  /** Stable while the title stays: a slug of group and title, unique in the plan. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly status: PlanStatus;
  /** The status as the document writes it, garbled emoji read rightly. */
  readonly statusText: string;
  /** `P0` to `P9`, or as written; undefined where there is none. */
  readonly priority: string | undefined;
  readonly effort: string | undefined;
  /** As written, split at commas that stand outside brackets. */
  readonly dependencies: readonly string[];
  readonly location: Location;
  /** The status cell without its padding; where 'Mark as…' writes. */
  readonly statusSpan: Span;
}

export interface ReadinessClaim {
  readonly category: string;
  readonly status: PlanStatus;
  readonly statusText: string;
  /** Percent. */
  readonly claimed: number;
  readonly next: string | undefined;
  readonly span: Span;
}

export interface Criterion {
  readonly text: string;
  readonly done: boolean;
  readonly span: Span;
  /** The one character between the brackets. */
  readonly markSpan: Span;
}

export interface PlanNote {
  readonly text: string;
  readonly span: Span;
}

export interface Risk {
  readonly text: string;
  readonly impact: string | undefined;
  readonly probability: string | undefined;
  readonly mitigation: string | undefined;
  readonly span: Span;
}
