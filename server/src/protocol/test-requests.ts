import type { Range } from '../core/span.ts';

/** Request, `TestsParams` → `TestProjectAnswer[]`: what can be tested, and how each test is run. */
export const testsRequest = 'penstock/tests';

export interface TestsParams {
  /** The project whose tests are wanted; absent: the projects alone. */
  readonly projectUri?: string;
}

export interface TestProjectAnswer {
  readonly name: string;
  readonly systemTitle: string;
  readonly projectUri: string;
  /** Workspace folder whose `.penstock/` takes the log of a run. */
  readonly folderUri: string;
  /** The marker file, or the folder. */
  readonly openUri: string;
  /** The step that runs all tests is named `${step}${at}`, the one that runs some `${step}/${selections with spaces between them}${at}`. */
  readonly step: string;
  readonly at: string;
  /** Empty where another project was asked for, or none. */
  readonly tests: readonly TestAnswer[];
}

export interface TestAnswer {
  /** `order_id: unique` */
  readonly label: string;
  /** In the tool's word: `unit test`. */
  readonly what: string;
  /** By which its tool calls it in events of a run: titles or ids of nodes. */
  readonly names: readonly string[];
  readonly selection: string;
  readonly uri: string;
  readonly range: Range;
  readonly subject?: TestSubjectAnswer;
}

/** What a test is about; the same for all tests of one thing. */
export interface TestSubjectAnswer {
  readonly name: string;
  readonly what: string;
  /** Runs all its tests. */
  readonly selection: string;
  readonly uri: string;
  readonly range: Range;
}
