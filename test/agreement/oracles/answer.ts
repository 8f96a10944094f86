import type { ProjectFiles } from '../base.ts';
import type { Place } from '../kind.ts';

/** A project that is put before an oracle. */
export interface Case {
  readonly id: string;
  readonly files: ProjectFiles;
  readonly env: Readonly<Record<string, string>>;
  /** What the tool is asked, as its suite words it. dbt v2 always parses, which is where it finds what it finds. */
  readonly command: readonly string[];
}

/** What an oracle says of a project. */
export interface Answer {
  readonly verdict: 'accepted' | 'warned' | 'refused';
  /** How far it had got when it refused. */
  readonly stage: string | null;
  readonly says: string;
  readonly warnings: readonly string[];
  /** Where the tool itself says that the fault is. */
  readonly places: readonly Place[];
}

/** Is told of each answer when it is there. */
export type Hear = (id: string, answer: Answer) => void;

/** One real tool. */
export interface Oracle {
  /** `core`, `v2`: permanent, names it where kinds tell of it. */
  readonly id: string;
  readonly version: string;
  /** Names what decides its answers beside the case: the version, and how it is asked. */
  readonly key: string;
  /** Answers all cases, in any order. */
  ask(cases: readonly Case[], hear: Hear): Promise<void>;
}
