import type { Definition } from './facts.ts';
import type { Location } from './span.ts';

/**
 * What a check takes: `instant` asks facts and the disk's index, `seconds` reads files, `network` connects, `command`
 * starts a program. The last two happen only when somebody asks for them.
 */
export type Cost = 'instant' | 'seconds' | 'network' | 'command';

/** A question whose answer proves something, or shows that it is not so. */
export interface Check {
  /** Unique in the workspace: as it is written, or `<system>:<what>`, with the project behind `@` where several have one. */
  readonly id: string;
  /** What would be proved, for a person: 'the exports are there'. */
  readonly title: string;
  readonly probe: Probe;
  readonly about: Subjects;
  /** How much it counts in its categories. */
  readonly weight: number;
  /** As is usual for its cost where absent. */
  readonly timeoutMs?: number;
  /** What is older proves nothing any more; as is usual for its cost where absent. */
  readonly maxAgeMs?: number;
  /** What of its entry cannot be read, and how to mend it: then nobody asks, and nothing is proved. */
  readonly wrong?: { readonly seen: string; readonly next: string };
  /** The folder (URI path) that its paths are seen from. */
  readonly folder: string;
  /** Where it is written; absent for what is proved without asking. */
  readonly location?: Location;
}

/** What a check is about. */
export interface Subjects {
  /** Ids of plan items and of criteria. */
  readonly items: readonly string[];
  readonly systems: readonly string[];
  readonly categories: readonly string[];
}

/** How a check finds out. */
export type Probe =
  /** So many files lie at the paths or globs, none of them older than the check allows. */
  | { readonly kind: 'file'; readonly patterns: readonly string[]; readonly atLeast: number }
  /** The configuration of a system's projects has no error, as `penstock check` would tell. */
  | { readonly kind: 'valid'; readonly system: string; readonly project?: string }
  /** So many names of that kind (`extractor`) are defined; `name` may hold `*`. */
  | { readonly kind: 'defined'; readonly what: string; readonly name?: string; readonly atLeast: number }
  /** The variables are set; their values are nobody's business. */
  | { readonly kind: 'env'; readonly names: readonly string[] }
  /** What tools left behind in files, judged by who knows the tool. */
  | {
      readonly kind: 'artifact';
      readonly patterns: readonly string[];
      /** Said where no file is there: what would make it. */
      readonly made: string;
      readonly judge: (files: readonly ReadFile[], around: ArtifactsAround) => Judgement;
      /** Only the newest file is read. */
      readonly newest?: boolean;
      /** Only so many bytes of each are read: the first ones. */
      readonly headBytes?: number;
      /** Files that only their times are asked of. */
      readonly beside?: readonly string[];
    }
  /** What a tool keeps in an SQLite database, judged by who knows the tool. */
  | {
      readonly kind: 'database';
      /** Relative to the check's folder. */
      readonly file: string;
      /** Where this variable is set, the tool keeps it somewhere else. */
      readonly unless: string;
      readonly made: string;
      readonly sql: string;
      readonly judge: (rows: readonly Readonly<Record<string, unknown>>[]) => Judgement;
    }
  /** What a tool keeps in the database that its settings name, a server's or a file; judged by who knows the tool. */
  | {
      readonly kind: 'query';
      /** The variable that names it (`postgresql://…`, `sqlite:///…`) before the file does. */
      readonly variable: string;
      /** Relative to the check's folder; its address is read only when somebody asks, for it may hold a password. */
      readonly file: string;
      readonly addressIn: (text: string) => string | undefined;
      readonly made: string;
      readonly sql: string;
      readonly judge: (rows: readonly Readonly<Record<string, unknown>>[]) => Judgement;
    }
  /** A step's last run succeeded. */
  | { readonly kind: 'ran'; readonly step: string; readonly project?: string }
  | { readonly kind: 'port'; readonly address: Address }
  | {
      readonly kind: 'http';
      readonly url: string;
      /** As it is written, where variables say some of it and have been filled in. */
      readonly written?: string;
      readonly status?: number;
      readonly json: readonly JsonValue[];
    }
  /** A server answers in its own words. */
  | { readonly kind: 'hello'; readonly protocol: Protocol; readonly address: Address }
  /** A program ends with that status, or prints what somebody judges. */
  | {
      readonly kind: 'command';
      readonly words: readonly string[];
      readonly cwd: string;
      readonly exit: number;
      readonly judge?: (output: CommandOutput) => Judgement;
    }
  /** Another check, which a system makes without being asked. */
  | { readonly kind: 'check'; readonly of: string; readonly project?: string };

export type Protocol = 'redis' | 'postgres' | 'kafka' | 'elasticsearch';

export interface Address {
  readonly host: string;
  readonly port: number;
  /** It is written with `https://`, for those that speak HTTP. */
  readonly isSecure?: boolean;
  /** As it is written, where variables say it; host and port are '' and 0 until they are filled in. */
  readonly open?: { readonly text: string; readonly usualPort?: number };
}

/** A value at a path of keys and indexes, `data.result.0.value`; `equals` absent: it only has to be there. */
export interface JsonValue {
  readonly path: string;
  readonly equals?: string;
}

export interface ReadFile {
  /** URI path. */
  readonly path: string;
  readonly text: string;
  readonly modifiedMs: number;
}

/** What else there is to judge what a tool left behind by. */
export interface ArtifactsAround {
  readonly nowMs: number;
  /** The files that `beside` asks for. */
  readonly beside: readonly Pick<ReadFile, 'path' | 'modifiedMs'>[];
}

export interface CommandOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What was found out, before age and waivers are looked at. */
export interface Judgement {
  readonly state: 'passed' | 'failed' | 'warning' | 'stale' | 'unknown' | 'not-applicable';
  readonly expected: string;
  readonly seen: string;
  /** A file (URI path), an address, a step: where it was seen. */
  readonly where?: string;
  /** When what was seen came to be; its age is what `maxAgeMs` is held against. */
  readonly sinceMs?: number;
  /** What to do next, as a sentence in lower case. */
  readonly next?: string;
  /** The host that was not asked, because nobody allowed it. */
  readonly blockedHost?: string;
}

export type EvidenceState = Judgement['state'] | 'waived';

/** The answer to a check. */
export interface Evidence extends Omit<Judgement, 'state'> {
  readonly state: EvidenceState;
  /** When it was looked at; absent where nobody has yet. */
  readonly checkedMs?: number;
  readonly durationMs?: number;
  /** Of what is waived: what it would be. */
  readonly without?: Exclude<EvidenceState, 'waived'>;
  readonly waiver?: Waiver;
}

/** Leave to go on without a check for a while. */
export interface Waiver {
  readonly check: string;
  readonly reason: string;
  readonly by: string | undefined;
  /** The last day it counts, `2026-12-24`; undefined where it cannot be read. */
  readonly until: string | undefined;
  readonly location: Location;
}

/** Names of checks; every system states those that it makes without being asked, so that others may name them. */
export const checkNamespace = 'check';

/** That a system makes a check of that name without being asked. */
export function checkFact(name: string, scope: string, about: string): Definition {
  return {
    fact: 'definition',
    namespace: checkNamespace,
    scope,
    name,
    span: { start: 0, end: 0 },
    what: 'check',
    about,
    exclusive: false,
    implicit: true,
  };
}

/** What probing so costs. */
export function costOf({ kind }: Probe): Cost {
  switch (kind) {
    case 'file':
    case 'valid':
    case 'defined':
    case 'env':
    case 'check':
      return 'instant';
    case 'artifact':
    case 'database':
    case 'ran':
      return 'seconds';
    case 'port':
    case 'http':
    case 'hello':
    case 'query':
      return 'network';
    case 'command':
      return 'command';
  }
}

/** True where what costs so connects or starts a program: only where somebody vouches for the workspace. */
export function costsTrust(cost: Cost): boolean {
  return cost === 'network' || cost === 'command';
}

/** How long each may take where nobody says. */
export const usualTimeoutMs: Readonly<Record<Cost, number>> = {
  instant: 5_000,
  seconds: 10_000,
  network: 5_000,
  command: 60_000,
};

/** How long an answer counts where nobody says; what lies on disk is looked at anew each time, so only its own age can count. */
export const usualMaxAgeMs: Readonly<Record<Cost, number | undefined>> = {
  instant: undefined,
  seconds: undefined,
  network: 15 * 60_000,
  command: 24 * 3_600_000,
};

export const aboutNothing: Subjects = { items: [], systems: [], categories: [] };
