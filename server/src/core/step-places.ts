import type { FactReader } from './fact-index.ts';
import type { NameKey } from './facts.ts';
import type { Span } from './span.ts';
import type { ParsedFile } from './system.ts';

/** A step by its name, listed or not, and the place of the thing in a file that it is about. */
export interface StepPlace {
  readonly step: string;
  readonly span: Span;
}

/** The tests of a tool that can be run one by one, or some of them together. */
export interface Tests {
  /** The name of the step that runs all tests of a project. Behind it, `/` and selections with spaces between them name the step that runs these. */
  readonly step: string;
  /** The kinds of files (`Claim.kind`) that may hold one. */
  readonly kinds: readonly string[];
  /** The tests that are written in a file of such a kind. */
  in(file: ParsedFile, facts: FactReader): readonly TestPlace[];
}

export interface TestPlace {
  /** What a person calls it who knows what it tests: `order_id: unique`. */
  readonly label: string;
  /** In the tool's word: `data test`. */
  readonly what: string;
  /** What its tool calls it when it runs, or its tool's id of it; several where it is run several times, once for each version of a model. */
  readonly names: readonly string[];
  readonly selection: string;
  readonly span: Span;
  /** Absent for one that tests several things, or none that has a name. */
  readonly subject?: TestSubject;
}

/** What tests are about: a model, a table of a source. */
export interface TestSubject {
  readonly name: string;
  /** In the tool's word: `model`. */
  readonly what: string;
  /** Runs all its tests. */
  readonly selection: string;
  /** Its name where the test is written. */
  readonly span: Span;
  /** Its name, for its own place to be found; absent where that is the same. */
  readonly key?: NameKey;
}
