import type { Fix, Finding, Severity } from './finding.ts';
import type { Location, Span } from './span.ts';
import type { TextQuestion } from './asked-texts.ts';
import type { FactReader } from './fact-index.ts';
import type { Fact, Located } from './facts.ts';
import type { Claim, ParsedFile, Project } from './system.ts';

/** Looks at one file and reports what its tool would refuse. It sees no editor, no settings and no other rule. */
export interface Rule<Model = unknown> {
  /** `system/problem`: names the problem, not the check. Public and permanent. */
  readonly id: string;
  readonly severity: Severity;
  check(file: ParsedFile<Model>, report: Report): void;
  /**
   * True where what it says of an item of a list it says inside of it, and for nothing but what stands there, the file's
   * claim and its project: after an edit it sees the file without the items in which no such rule found anything.
   */
  readonly isLocal?: boolean;
  /**
   * All that its findings rest on besides claim and project, compared by identity: while it is what it was when the rule
   * found nothing, the rule is not asked again.
   */
  restsOn?(file: ParsedFile<Model>): readonly unknown[];
}

/** What a rule over facts sees of a file: at first neither text nor tree, which are not kept for every file. */
export interface FactFile {
  readonly path: string;
  readonly claim: Claim;
  readonly project: Project;
  readonly facts: readonly Fact[];
  /** The whole file, read again where it is not at hand: for kinds of files of which a project has few. */
  parsed(): ParsedFile | undefined;
  /** Whether a file is there, whoever reads it. The file must state the path (URI path) as a use of the namespace `file`. */
  exists(path: string): boolean;
  /** Whether it is a folder in which files lie; stated likewise. */
  isFolder(path: string): boolean;
  /** What the text of another file answers, whether its system wants that read or not; the file is looked at again when it answers otherwise. */
  ask(path: string, question: TextQuestion): string | undefined;
  /** What several rules make of the file and everybody's facts; while they look at it, it is made once. */
  once<T>(make: (file: FactFile, facts: FactReader) => T): T;
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
  /** As of a rule over one file, while no name means something else. */
  readonly isLocal?: boolean;
  check(file: FactFile, facts: FactReader, report: Report): void;
}

/**
 * Looks at what the files of several systems say of the same things, in the words that belong to none of them
 * (`vocabulary.ts`). It runs on each file that defines a name in one of `over`, whichever system reads it, and again
 * when a definition or a hole there comes, goes or means something else: all of them it may ask about, and no others.
 * Facts come in no certain order: what it says must not hang on it. What it reports may point into other files, which
 * may be edited without a change of meaning: then it is asked again, too.
 */
export interface BetweenRule {
  readonly id: string;
  readonly severity: Severity;
  /** Namespaces that hold few names: every change in one of them is a look at all files that define there. */
  readonly over: readonly string[];
  check(file: FactFile, facts: FactReader, report: Report): void;
}

/** Looks at what a file's facts say of days, in the light of the day on which somebody asks. */
export interface DatedRule {
  readonly id: string;
  readonly severity: Severity;
  check(facts: readonly Located<Fact>[], nowMs: number, report: Report): void;
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
