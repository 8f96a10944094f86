import type { FactReader } from './fact-index.ts';

/** Failures that a tool writes into files, whatever step it is run by: what it prints is up to the script that calls it. */
export interface FailureReports {
  /** Folders (URI paths) below which its reports lie, from facts alone. Each report is a file of its own. */
  folders(facts: FactReader): readonly string[];
  /** What one report tells; `read` gives the text of another file by its path, or ''. */
  failures(report: Report, read: (path: string) => string): readonly ReportedFailure[];
}

export interface Report {
  /** URI path. */
  readonly path: string;
  readonly text: string;
}

export interface ReportedFailure {
  readonly message: string;
  /** URI path of the file where it is to be mended, or of the report where nothing better is known. */
  readonly path: string;
  /** One-based. */
  readonly line: number;
}
