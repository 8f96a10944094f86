import type { Location, Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export type SeverityChoice = Severity | 'off';

/** What somebody decided about findings: a code or `system/*` to a severity. The most exact one counts. */
export type SeverityChoices = Readonly<Record<string, SeverityChoice>>;

/** Replaces `span` of the file at `path` by `newText`. */
export interface TextEdit {
  readonly path: string;
  readonly span: Span;
  readonly newText: string;
}

/** A way out of a finding. `certain` fixes may be applied to a whole file without a look at each. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Files that the fix makes, with their text; made before the edits, and never over a file that is there. */
  readonly creates?: readonly { readonly path: string; readonly text: string }[];
  readonly certain: boolean;
}

/** One cause, one finding, on the exact span. The message is one lower-case sentence: what is wrong, then what to do. */
export interface Finding {
  /** `system/problem`, public and permanent. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly (Location & { readonly message: string })[];
  readonly fixes?: readonly Fix[];
  readonly tag?: 'deprecated' | 'unnecessary';
  /** A name that resolves to nothing, from which a suggestion and its fix are made when somebody looks. */
  readonly unresolved?: UnresolvedName;
  /** Counts only where git is known to track the file. */
  readonly onlyTracked?: boolean;
}

export interface UnresolvedName {
  readonly namespaces: readonly string[];
  readonly scope: string;
  readonly name: string;
  readonly prefix: string;
  /** A namespace whose names cannot be meant. */
  readonly taken?: string;
}
