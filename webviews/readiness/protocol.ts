/** What the readiness page and the extension say to each other. All texts are for a person; times are milliseconds. */

export type ToWebview =
  | { readonly kind: 'readiness'; readonly view: ReadinessView }
  /** Checks are being looked at: these ones, or with none named all that are meant. */
  | { readonly kind: 'checking'; readonly checks: readonly string[] }
  | { readonly kind: 'nothing'; readonly message: string };

export type FromWebview =
  | { readonly kind: 'ready' }
  /** Opens what a row is about; the place is one that the view named. */
  | { readonly kind: 'open'; readonly place: string }
  /** Looks at these checks, whatever they cost. */
  | { readonly kind: 'check'; readonly checks: readonly string[] }
  /** Looks at all that is cheap, or at everything. */
  | { readonly kind: 'check-all'; readonly costly: boolean }
  /** Writes a waiver of a check, or takes it out again. */
  | { readonly kind: 'waive' | 'take-back'; readonly check: string }
  | { readonly kind: 'mark' | 'rank'; readonly item: string }
  /** Writes what is proven into the plan's own figures. */
  | { readonly kind: 'write-figures' }
  | { readonly kind: 'create'; readonly what: Lacking }
  | { readonly kind: 'export'; readonly format: ExportFormat; readonly text: string };

export type ExportFormat = 'markdown' | 'html' | 'svg';

/** Which checks the list shows. */
export type CheckFilter = 'all' | 'attention' | 'passed';

/** Kept while the page is thrown away. */
export interface PanelState {
  readonly filter: CheckFilter;
  /** Ids of checks whose details are open. */
  readonly opened: readonly string[];
}

/** A planning document, and checks of `penstock.yaml`. */
export type Lacking = 'plan' | 'checks';

export type CheckState = 'passed' | 'failed' | 'warning' | 'stale' | 'unknown' | 'not-applicable' | 'waived';

export type Counts = Readonly<Record<CheckState, number>>;

/** Claim and evidence side by side, at one moment. */
export interface ReadinessView {
  /** The platform's name. */
  readonly title: string;
  readonly state: 'ready' | 'not-ready' | 'unknown';
  /** 'Not ready: 2 P0 tasks open, 1 ticked but failing, 68 % claimed, 54 % proven'. */
  readonly sentence: string;
  readonly takenMs: number;
  readonly claimed?: number;
  readonly proven?: number;
  readonly counts: Counts;
  readonly categories: readonly CategoryView[];
  readonly checks: readonly CheckView[];
  /** What to do next, the best first. */
  readonly next: readonly ItemView[];
  /** Where claim and evidence contradict each other. */
  readonly contradictions: readonly ItemView[];
  readonly blockers: readonly NoteView[];
  readonly risks: readonly RiskView[];
  readonly waivers: readonly WaiverView[];
  /** The oldest first; empty where nobody kept any. */
  readonly trend: readonly TrendPoint[];
  /** Categories that moved in the last week, those that moved most first; percent. */
  readonly moved: readonly CategoryMove[];
  /** What is about to be worse, each a sentence. */
  readonly atRisk: readonly string[];
  /** What a click on 'Check Everything' would do besides: 'connects 2 times, starts 1 program'. */
  readonly costly?: string;
  /** Whether checks may connect and start programs here. */
  readonly trusted: boolean;
  /** Whether the plan has figures that what is proven can be written into. */
  readonly hasFigures: boolean;
  /** What somebody should write first. */
  readonly lacks: readonly Lacking[];
}

export interface CategoryView {
  readonly name: string;
  readonly place?: string;
  readonly claimed?: number;
  readonly proven?: number;
  readonly counts: Counts;
  /** How many of its checks passed, of those that count. */
  readonly passed: number;
  readonly counting: number;
  readonly level: 'none' | 'claimed' | 'checked' | 'proven' | 'production';
  readonly needs: readonly string[];
  readonly checks: readonly string[];
  /** When the oldest evidence that it rests on came to be. */
  readonly oldestMs?: number;
}

export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  /** Of what is waived: what it would be. */
  readonly without?: CheckState;
  readonly cost: 'instant' | 'seconds' | 'network' | 'command';
  readonly expected: string;
  readonly seen: string;
  readonly where?: string;
  /** The place where it was seen, where that can be opened. */
  readonly wherePlace?: string;
  readonly sinceMs?: number;
  readonly checkedMs?: number;
  readonly next?: string;
  readonly weight: number;
  readonly categories: readonly string[];
  readonly items: readonly string[];
  /** Where it is written; absent for what is proved without asking. */
  readonly place?: string;
  readonly waiver?: WaiverView;
}

export interface ItemView {
  /** To be given back as it is. */
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly status: string;
  readonly priority?: string;
  readonly effort?: string;
  readonly group?: string;
  /** Why it is listed: 'P0', 'in progress', 'ticked, but `exports` failed'. */
  readonly why: readonly string[];
  readonly standing?: 'ticked-but-failing' | 'open-but-proven';
  /** A criterion has a tick, but neither status nor priority. */
  readonly kind: 'task' | 'criterion';
  readonly checks: readonly string[];
}

export interface NoteView {
  readonly text: string;
  readonly place: string;
}

export interface RiskView extends NoteView {
  /** As written. */
  readonly impact?: string;
  readonly probability?: string;
  readonly mitigation?: string;
  /** From 0, low, to 2, high; absent where the word tells none. */
  readonly impactLevel?: number;
  readonly probabilityLevel?: number;
}

export interface WaiverView {
  readonly check: string;
  readonly reason: string;
  readonly by?: string;
  /** The last day it counts; absent where it cannot be read. */
  readonly until?: string;
  /** Days that are left; negative where it is over. */
  readonly daysLeft?: number;
  readonly place: string;
}

/** How things stood after a change. */
export interface TrendPoint {
  readonly atMs: number;
  /** Of `checks`, those that passed. */
  readonly passed: number;
  readonly checks: number;
  /** Of `tasks`, those that are finished. */
  readonly done: number;
  readonly tasks: number;
}

export interface CategoryMove {
  readonly category: string;
  readonly what: 'proven' | 'claimed';
  readonly from: number;
  readonly to: number;
}
