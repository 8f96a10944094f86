import type { Fix, Finding, Severity } from './finding.ts';
import type { Location, Span } from './span.ts';
import type { ParsedFile } from './system.ts';

/** Looks at one file and reports what its tool would refuse. It sees no editor, no settings and no other rule. */
export interface Rule<Model = unknown> {
  /** `system/problem`: names the problem, not the check. Public and permanent. */
  readonly id: string;
  readonly severity: Severity;
  check(file: ParsedFile<Model>, report: Report): void;
}

/** Reports at a span with one sentence. */
export type Report = (at: Span | { readonly span: Span }, message: string, more?: ReportOptions) => void;

export interface ReportOptions {
  readonly severity?: Severity;
  readonly related?: readonly (Location & { readonly message: string })[];
  readonly fixes?: readonly Fix[];
  readonly tag?: NonNullable<Finding['tag']>;
  /** For a rule that covers a family: replaces the rule's id. Must begin with the system's id. */
  readonly code?: string;
}
