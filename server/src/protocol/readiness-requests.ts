import type { Cost, EvidenceState, Probe } from '../core/evidence.ts';
import type { PlanStatus } from '../core/plan.ts';
import type { Range } from '../core/span.ts';

/**
 * Readiness between the extension and the server. Names, parameters and answers; declarations only.
 * Every answer is a complete snapshot. URIs are strings, times milliseconds since 1970.
 */

/** Request, no parameters → `ReadinessAnswer`: what is known now. Looks at what costs nothing, and at files nobody looked at. */
export const readinessRequest = 'penstock/readiness';

/** Request, `RunChecksParams` → `ReadinessAnswer`, after these checks have been looked at. Cancelling it ends them. */
export const runChecksRequest = 'penstock/runChecks';

/** Notification from the server, no parameters: a snapshot would be another now. */
export const readinessChangedNotification = 'penstock/readinessChanged';

/** Notification from the client, `TrustParams`: whether somebody vouches for the workspace now. */
export const trustNotification = 'penstock/trust';

/** A client's command: looks at checks. Its argument: `RunChecksParams`. */
export const checkNowCommand = 'penstock.checkNow';

export interface TrustParams {
  readonly isTrusted: boolean;
}

/** Which checks to look at: by their ids whatever they cost, or all that cost so; with neither, all. */
export interface RunChecksParams {
  readonly checks?: readonly string[];
  readonly costs?: readonly Cost[];
}

/** All that cost next to nothing. */
export const factsAndFiles: RunChecksParams = { costs: ['instant', 'seconds'] };

export interface ReadinessAnswer {
  readonly state: 'ready' | 'not-ready' | 'unknown';
  /** One sentence, lower-case, without a full stop. */
  readonly verdict: string;
  readonly takenMs: number;
  readonly total: RollUpAnswer;
  readonly categories: readonly CategoryAnswer[];
  /** Those that have checks: what is only claimed, plans tell. */
  readonly items: readonly ItemEvidenceAnswer[];
  readonly checks: readonly CheckAnswer[];
  readonly waivers: readonly WaiverAnswer[];
  /** How readiness went; absent where no history is kept. */
  readonly trend?: TrendAnswer;
}

/** What the history of the workspace tells. */
export interface TrendAnswer {
  /** After each change, the oldest first; what a burn-up chart is drawn of. */
  readonly points: readonly {
    readonly atMs: number;
    /** Of `checks`, those that passed, warnings included. */
    readonly passed: number;
    readonly checks: number;
    /** Tasks that are done or skipped, of all. */
    readonly done: number;
    readonly tasks: number;
  }[];
  /** Categories that moved in the last week, those that moved most first; percent. */
  readonly moved: readonly {
    readonly category: string;
    readonly what: 'proven' | 'claimed';
    readonly from: number;
    readonly to: number;
  }[];
  /** Checks that got worse in the last week, and waivers that end in the next one. */
  readonly atRisk: readonly {
    readonly check: string;
    readonly why: 'got-worse' | 'waiver-ends';
    readonly sinceMs?: number;
    readonly until?: string;
  }[];
}

export interface RollUpAnswer {
  readonly counts: Readonly<Record<EvidenceState, number>>;
  readonly passedWeight: number;
  readonly weight: number;
  /** Whole percent of the weights; absent where nothing counts. */
  readonly proven?: number;
}

export interface CategoryAnswer extends RollUpAnswer {
  readonly category: string;
  /** Percent; absent where only checks name the category. */
  readonly claimed?: number;
  readonly level: 'none' | 'claimed' | 'checked' | 'proven' | 'production';
  /** What the next level needs, in sentences. */
  readonly needs: readonly string[];
  /** Ids of checks. */
  readonly checks: readonly string[];
}

/** A task or criterion of a plan beside its evidence. */
export interface ItemEvidenceAnswer {
  readonly uri: string;
  readonly range: Range;
  readonly id: string;
  readonly title: string;
  readonly kind: 'task' | 'criterion';
  readonly status: PlanStatus;
  readonly priority?: string;
  /** The gravest of its checks' states. */
  readonly state: EvidenceState | 'claimed';
  readonly standing: 'ticked-but-failing' | 'open-but-proven' | 'agrees' | 'claimed';
  /** Ids of checks. */
  readonly checks: readonly string[];
}

export interface CheckAnswer {
  readonly id: string;
  readonly title: string;
  readonly kind: Probe['kind'];
  readonly cost: Cost;
  readonly weight: number;
  readonly state: EvidenceState;
  /** Of what is waived: what it would be. */
  readonly without?: EvidenceState;
  readonly expected: string;
  readonly seen: string;
  /** Where it was seen, for a person: a file's name, an address. */
  readonly where?: string;
  /** The same where it is a file or folder that can be opened. */
  readonly whereUri?: string;
  /** When what was seen came to be. */
  readonly sinceMs?: number;
  /** When it was looked at; absent where nobody has yet. */
  readonly checkedMs?: number;
  readonly durationMs?: number;
  readonly maxAgeMs?: number;
  /** What to do next, a sentence in lower case. */
  readonly next?: string;
  readonly waiver?: WaiverAnswer;
  /** Ids of plan items and criteria, ids of systems, names of categories. */
  readonly items: readonly string[];
  readonly systems: readonly string[];
  readonly categories: readonly string[];
  /** Where the check is written; absent for what is proved without asking. */
  readonly uri?: string;
  readonly range?: Range;
}

export interface WaiverAnswer {
  readonly check: string;
  readonly reason: string;
  readonly by?: string;
  readonly until?: string;
  readonly uri: string;
  readonly range: Range;
}
