import type { Location, Span } from './span.ts';

/** A planning document, read. Every span is in the document at `path`. */
export interface Plan {
  readonly path: string;
  readonly title: string;
  readonly items: readonly PlanItem[];
  /** Section titles that hold items, in the document's order. */
  readonly groups: readonly string[];
  /** Columns of boards to which items may go, and in which none is. */
  readonly emptyColumns?: readonly string[];
  readonly readiness: readonly ReadinessClaim[];
  readonly criteria: readonly Criterion[];
  readonly blockers: readonly PlanNote[];
  readonly risks: readonly Risk[];
  /** As written after 'Last Updated'. */
  readonly updated: string | undefined;
  /** Percent, as the document claims. */
  readonly claimedOverall: number | undefined;
  /** What the document is among the documents of one plan, by its title and name. */
  readonly role: PlanRole;
  /** How often it is to be gone through, as written after 'Review', and where. */
  readonly review: PlanNote | undefined;
  /** Where `updated` is written, where it is known to a character. */
  readonly updatedSpan: Span | undefined;
  /** Files that the document names, in the order of their places. */
  readonly links: readonly PlanLink[];
  /** Sections that are stretches of a road (`Phase 1`, `Milestone 2`, `v1.0`, `Q3 2026`), in the document's order. */
  readonly phases: readonly PlanPhase[];
  /** What the document states of tools and measures, to be held beside what the platform shows. */
  readonly facts: readonly StatedFact[];
}

/** `outstanding` is what a document is that says nothing else of itself. */
export type PlanRole = 'outstanding' | 'completed' | 'ideas' | 'roadmap';

export type PlanStatus = 'planned' | 'in-progress' | 'done' | 'blocked' | 'skipped' | 'unknown';

/** A team's own words for statuses, in lower case: 'erledigt' means done. */
export type StatusWords = Readonly<Partial<Record<Exclude<PlanStatus, 'unknown'>, readonly string[]>>>;

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
  /** The id of the item that this one is a part of. */
  readonly parent?: string;
  /** Who does it, as written. */
  readonly owner?: string;
  /** When it is to be done, as written. */
  readonly due?: string;
  /** When it was done, as written. */
  readonly finished?: string;
  /** What is said of it beside its title. */
  readonly note?: string;
  /** What it is named by besides its title: 'T7' in a column for that, 'Step 1' where steps are numbered, `🆔 ab12` among signs. */
  readonly code?: string;
  /** Where each of `dependencies` is written; where they cannot be told apart in the text, each has the whole of it. */
  readonly dependencySpans?: readonly Span[];
  /** The priority as it stands in its cell; absent where the cell is. */
  readonly prioritySpan?: Span;
}

/** A file that a document names. */
export interface PlanLink {
  /** As written, without what follows `#` or `?`. */
  readonly target: string;
  readonly span: Span;
  /** `link`: a Markdown link; `text`: a path in bold, code or plain text. */
  readonly kind: 'link' | 'text';
}

export interface PlanPhase {
  readonly title: string;
  /** `unknown` where the heading tells none. */
  readonly status: PlanStatus;
  /** When, as written: 'Q3 2026'. */
  readonly when: string | undefined;
  /** The groups of the items below it. */
  readonly groups: readonly string[];
  readonly span: Span;
}

/** 'PostgreSQL 16', 'Test coverage 82 %': what somebody wrote down of a thing that can be looked at. */
export interface StatedFact {
  /** `version` of the tool `subject`, or the `measure` of that name in percent. */
  readonly kind: 'version' | 'measure';
  /** In lower case: `postgresql`, `meltano`, `coverage`. */
  readonly subject: string;
  /** As written: `16`, `3.4.0`, `82`. */
  readonly value: string;
  /** The value alone. */
  readonly span: Span;
}

/** Equal for two ways to write one category. */
export function categoryKey(category: string): string {
  return category.replace(/[*_`]/g, '').trim().toLowerCase();
}

export interface ReadinessClaim {
  readonly category: string;
  readonly status: PlanStatus;
  readonly statusText: string;
  /** Percent. */
  readonly claimed: number;
  /** How many things it is a share of, where the table counts them: 0 where nobody can tell what a total sums up. */
  readonly weight?: number;
  readonly next: string | undefined;
  readonly span: Span;
}

/** What a readiness table comes to as a whole; undefined where that cannot be told. */
export function overallOf(
  readiness: readonly ReadinessClaim[],
  claimedOf: (claim: ReadinessClaim) => number = ({ claimed }) => claimed,
): number | undefined {
  let [sum, all] = [0, 0];
  for (const claim of readiness) {
    const { weight = 1 } = claim;
    sum += claimedOf(claim) * weight;
    all += weight;
  }
  return all === 0 ? undefined : sum / all;
}

export interface Criterion {
  /** As of an item: `criteria/` and a slug of the text, unique among the plan's criteria. Absent in plans that no document was read for. */
  readonly id?: string;
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
