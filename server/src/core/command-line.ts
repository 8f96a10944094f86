import type { NameKey } from './facts.ts';
import type { Span } from './span.ts';
import type { SelectedName } from './step-selection.ts';

/** What a file calls a tool with: `build --select tag:nightly`. */
export interface CommandLine {
  /** The executable of the tool. */
  readonly program: string;
  readonly words: readonly CommandWord[];
  /** The folder (URI path) of the project that it works on unless its words name another one; absent where that is not known: nothing is said of names that are not there. */
  readonly folder?: string;
  /** The folder that it is started in; what its words say of folders is not known without. */
  readonly cwd?: string;
  /** The variables that are set for it. */
  readonly variables?: readonly string[];
  /** In whose text it stands. */
  readonly by?: NameKey;
}

export interface CommandWord {
  readonly text: string;
  readonly span: Span;
}

/** How a tool takes the words that it is called with. */
export interface CommandReader {
  read(words: readonly string[]): CommandMeaning;
  /** The namespaces of the names that it finds. */
  readonly namespaces: readonly string[];
  /** Whether a variable of that name may tell the tool of another project. */
  isPlacedBy(variable: string): boolean;
  /** The namespaces in which the value of a variable of that name is a name to the tool; none for nearly all. */
  namedBy?(variable: string): readonly string[];
  /** The name that is there where a project of the tool lies in the folder (URI path). */
  projectAt(folder: string): NameKey;
}

export interface CommandMeaning {
  /** The names in the words, each in the word of that index. */
  readonly names: readonly CommandName[];
  /** The folder of the project, where the words name one. */
  readonly folder?: string;
  /** What is handed on to another tool. */
  readonly call?: CommandCall;
}

/** The words that a tool hands on to another one that it is set up to call: `meltano invoke dbt-duckdb build`. */
export interface CommandCall {
  /** The executable of the other tool. */
  readonly program: string;
  /** What the calling tool knows it by. */
  readonly name: string;
  /** What it is called with before the words. */
  readonly before: readonly string[];
  /** The index of the first of the words that are handed on. */
  readonly from: number;
}

/** That a tool is set up to call another one. */
export interface Caller {
  /** The folder (URI path) of the calling tool's project. */
  readonly project: string;
  /** What it calls the other tool by. */
  readonly name: string;
  readonly program: string;
  /** The folder (URI path) of the project that the other tool works on. */
  readonly folder: string;
}

export interface CommandName extends SelectedName {
  readonly word: number;
  /** True where the tool runs the named thing itself, so that whoever calls the tool sets it to work. */
  readonly isRun?: boolean;
}
