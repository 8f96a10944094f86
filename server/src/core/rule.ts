import type { Fix, Finding, Severity } from './finding.ts';
import type { Location, Span } from './span.ts';
import type { FactReader } from './fact-index.ts';
import type { Fact } from './facts.ts';
import type { Claim, ParsedFile, Project } from './system.ts';

/** Looks at one file and reports what its tool would refuse. It sees no editor, no settings and no other rule. */
export interface Rule<Model = unknown> {
  /** `system/problem`: names the problem, not the check. Public and permanent. */
  readonly id: string;
  readonly severity: Severity;
  check(file: ParsedFile<Model>, report: Report): void;
}

/** What a rule over facts sees of a file: no text and no tree, which are not kept for every file. */
export interface FactFile {
  readonly path: string;
  readonly claim: Claim;
  readonly project: Project;
  readonly facts: readonly Fact[];
}

/**
 * Looks at one file's facts in the light of everybody's: what only several files together show.
 * It runs again when the file changes, or when a name that the file uses or defines changes its meaning.
 * So the file must state, as a use of a role that says nothing by itself, every name the rule asks about.
 */
export interface FactRule {
  readonly id: string;
  readonly severity: Severity;
  /** Kinds of claims it looks at; all where absent. */
  readonly kinds?: readonly string[];
  check(file: FactFile, facts: FactReader, report: Report): void;
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
