import type { Definition, Fact, Flow, Located, NameKey, NameKind } from './facts.ts';
import type { Caller, CommandLine, CommandReader } from './command-line.ts';
import type { Artifact, Artifacts, Surroundings } from './artifact.ts';
import type { Check, Waiver } from './evidence.ts';
import type { FailureReports } from './failure-reports.ts';
import type { Finding, Fix, SeverityChoices } from './finding.ts';
import type { FactReader } from './fact-index.ts';
import type { PathValue } from './path-values.ts';
import type { LastRun } from './last-run.ts';
import type { Plan, StatusWords } from './plan.ts';
import type { PlanEdit, PlanEditOutcome } from './plan-edit.ts';
import type { BetweenRule, DatedRule, FactRule, Rule } from './rule.ts';
import type { ServiceClient } from './services.ts';
import type { SetUpFile } from './set-up.ts';
import type { SourceFile } from './source-file.ts';
import type { Location, Span } from './span.ts';
import type { StepOptions, ToldStep } from './step-options.ts';
import type { SelectionText, StepSelection } from './step-selection.ts';
import type { StepPlace, Tests } from './step-places.ts';
import type { Interpreter, RanWhen, Step } from './step.ts';
import type { Node } from './tree.ts';

/**
 * All that Penstock knows of one tool. A system is one folder under `systems/` and one line of the
 * registry; nothing else may know its name.
 */
export interface System {
  /** `dbt`; the first part of its rule codes, its namespaces and its step names. */
  readonly id: string;
  readonly title: string;
  /** A codicon's name. */
  readonly icon: string;
  /**
   * Base names of the files that make their folder a project of this system.
   * Empty: each workspace folder is one project.
   */
  readonly markers: readonly string[];
  /** The tool's program, its Python distributions (the first gives the version) and how to install it. */
  readonly tool?: Tool;
  /** Files that decide how the tool runs in a project besides the project's own. */
  readonly setUp?: (project: Project) => readonly SetUpFile[];
  /** Of a system whose files describe services: what runs commands in them. */
  readonly serviceClient?: ServiceClient;
  /** The JSON schema of a file that nobody else publishes one for, for editors that check by it. */
  readonly ownSchema?: object;
  readonly names: readonly NameKind[];
  readonly rules: readonly Rule[];
  readonly factRules?: readonly FactRule[];
  /** Rules about files of any system, told by what these say of things that several tools share. */
  readonly betweenRules?: readonly BetweenRule[];
  readonly datedRules?: readonly DatedRule[];
  /**
   * Reads what the project's marker says of its layout; called again when the marker changes. Must cope with broken text.
   * `isCovered` tells whether a folder is in the workspace.
   */
  readonly openProject?: (
    marker: SourceFile,
    project: ProjectPlace,
    read: (name: string) => string,
    isCovered: (folder: string) => boolean,
  ) => Layout;
  /** Base names of files beside the marker that `openProject` reads, too: '' is what it reads where there is none. */
  readonly layoutFiles?: readonly string[];
  /**
   * Files of its own in folders that nobody looks into (caches, build output), as paths from such a folder on, where `*`
   * stands for one name. They are listed all the same.
   */
  readonly inExcluded?: readonly string[];
  /** What the file is to this system, or undefined. Decides by path alone unless `needsHead`. */
  claim(path: string, project: Project, head: () => string): Claim | undefined;
  /** What a file that any system claims says of names of this one, whose owner does not know of them. Called for every file. */
  factsBesides?(source: SourceFile, claim: Claim): readonly Fact[];
  /** What a document is that some project names as its plan, whatever it looks like. */
  claimPlan?(path: string): Claim | undefined;
  /** What a file is that another one of the system names as a part of itself, where it is one. */
  claimLinked?(path: string, project: Project, head: () => string): Claim | undefined;
  /** The files (URI paths) that a file of the system names and that may be a part of it: a plan's documents, what is included. */
  linkedFiles?(facts: readonly Fact[]): readonly string[];
  parse(source: SourceFile, claim: Claim, project: Project): Parsed;
  /** The file with those of its items alone that `narrow` leaves: what rules see that look at each item by itself (`Rule.isLocal`). */
  narrowed?(file: ParsedFile, narrow: Narrow): ParsedFile;
  /** What a finding is worth to the version of the tool that reads the project: one may take what another refuses. */
  tempered?(finding: Finding, file: { readonly claim: Claim; readonly project: Project }): Finding;
  /** The steps of one project, from facts alone. */
  steps?(project: Project, facts: FactReader): readonly Step[];
  /** What else can be done with what a step runs. Such steps are not listed, for there are many; each is known by its name. */
  readonly variants?: StepVariants;
  /** What can be done with things of a file besides the listed steps that are written there. */
  stepPlaces?(file: ParsedFile, facts: FactReader): readonly StepPlace[];
  /** Tests that can be run one by one. */
  readonly tests?: Tests;
  /** What its tool's own options let a person set for a run of a step. */
  readonly options?: StepOptions;
  /** The steps that a project's marker names, each with what it tells the tool of the step. */
  toldSteps?(marker: ParsedFile): readonly ToldStep[];
  /** How a pipeline narrows a step to a part of what it runs. */
  readonly selection?: StepSelection;
  /** What the words say that other files call the tool with. */
  readonly commands?: CommandReader;
  interpret?(step: Step): Interpreter;
  /** What it writes of failures while whatever step runs it. */
  readonly reports?: FailureReports;
  /** The step that does only what failed when this one ran, where what the tool left tells of that time; `read` gives a file's text by its path, or ''. */
  retry?(step: Step, ran: RanWhen, read: (path: string) => string): Step | undefined;
  /** What proves, or disproves, that a project is ready: from facts alone, nothing is looked at yet. */
  checks?(project: Project, facts: FactReader): readonly Check[];
  /** What the team goes on without for a while. */
  waivers?(project: Project, facts: FactReader): readonly Waiver[];
  /** What flows between names besides what uses tell (a loader fills a file), from facts alone. */
  flows?(project: Project, facts: FactReader): readonly Flow[];
  /** The tool's own id of what a name stands for, by which its runs tell of it; undefined for what it does not run. */
  runId?(definition: Definition): string | undefined;
  /** How the thing of that id last went, as the tool itself left it behind. */
  lastRun?(id: string, project: Project, artifacts: Artifacts): LastRun | undefined;
  /** What the tool makes of a file without doing anything with it (compiled SQL), or why it makes nothing. */
  preview?(file: ParsedFile): Preview;
  /** Where a value is expected that facts do not know, or not all of: keys, enumerated values, columns. */
  complete?(file: ParsedFile, offset: number, facts: FactReader, around: Surroundings): readonly Suggestion[];
  /** What the tool left behind of a project when it last ran; read when somebody asks such a question about the project. */
  artifacts?(project: Project, question: 'completion' | 'hover'): readonly Artifact[];
  /** What a person would want to know of the key or value under the cursor, as Markdown. */
  hover?(file: ParsedFile, offset: number, facts: FactReader): HoverText | undefined;
  /** Where the thing under the cursor is defined, when more is known of it than facts tell; its answer goes first. */
  define?(file: ParsedFile, offset: number, facts: FactReader): Definitions | undefined;
  /** Short notes in the text: what a value means that is written in signs. */
  hints?(file: ParsedFile, request: HintRequest): readonly InlayHint[];
  /** The call whose arguments surround the offset. */
  signature?(file: ParsedFile, offset: number, facts: FactReader): Signature | undefined;
  /** Values that the tool takes for paths, as seen from where it runs; who shows them tells where they lead. */
  paths?(file: ParsedFile): readonly PathValue[];
  /** Paths and addresses that the text names, to be followed. */
  links?(file: ParsedFile, facts: FactReader): readonly DocumentLink[];
  /** Words whose meaning colours cannot tell from the text alone, in order of place. */
  tokens?(file: ParsedFile): readonly SemanticToken[];
  /** Stretches that can be folded, beyond what indentation tells. */
  folds?(file: ParsedFile): readonly Span[];
  /** Where a file must go when the name it gives by being there changes; undefined when its path gives no name. */
  renamedPath?(definition: Located<Definition>, newName: string): string | undefined;
  /** Why the name cannot change although it is written in the user's own file, in a sentence; undefined where it can. */
  keepsName?(definition: Located<Definition>, facts: FactReader): string | undefined;
  /** Names that contain this one (a model's step), with what they are called once it is called `newName`. */
  namedAfter?(definition: Located<Definition>, newName: string, facts: FactReader): readonly RenamedName[];
  /** What can be done at a place besides the fixes that findings bring along. */
  actions?(file: ParsedFile, request: ActionRequest): readonly Action[];
  /** The outline of one file. */
  symbols?(file: ParsedFile): readonly OutlineSymbol[];
  readPlan?(file: ParsedFile): Plan | undefined;
  /** The edits that make a change to a plan; `other` is the document that an item goes to, where that is another one. */
  editPlan?(file: ParsedFile, edit: PlanEdit, other?: ParsedFile): PlanEditOutcome;
  /** How the value at that offset refers to an environment variable, inside of a text: `${NAME}`. Undefined where the tool cannot. */
  variableReference?(name: string, file: ParsedFile, offset: number): string | undefined;
  /** Values of this file that must never reach a log, a view or the history; with `facts` also those that other files tell of. */
  secrets?(file: ParsedFile, facts?: FactReader): readonly string[];
  /** The same of files below the user's home that the tool reads; `read` gives '' where there is none. */
  secretsAtHome?(read: (path: string) => string): readonly string[];
  /** Kinds of files in which only other files may show that something is secret. */
  readonly maybeSecret?: readonly string[];
}

/** The items of a list that are to be looked at. Lists are told apart by the order in which they are given, which is always the same. */
export type Narrow = <Item extends { readonly node: Node }>(items: readonly Item[]) => readonly Item[];

/** Steps that are other forms of a listed one: `dbt:test/x` of `dbt:model/x`. */
export interface StepVariants {
  /** The listed step of which `name` is another form; undefined for all others. */
  listed(name: string): string | undefined;
  /** The names of a listed step's other forms. */
  names(listed: string): readonly string[];
  steps(listed: Step): readonly Step[];
  /** The form of that name, where there are more than `names` and `steps` tell of: those that can be named without end. */
  named?(listed: Step, name: string): Step | undefined;
}

export type Preview =
  | {
      readonly kind: 'made';
      /** What it is made of, as a person calls it. */
      readonly name: string;
      /** The step that makes it, by its name. */
      readonly step: string;
      /** The file that the step writes (URI path). */
      readonly path: string;
      /** An id that editors know: `sql`. */
      readonly language: string;
    }
  | { readonly kind: 'nothing'; readonly message: string };

/** What is told of the key or value at `span`. */
export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
  /** Of a thing that the tool runs: its own id of it. */
  readonly runId?: string;
}

export interface Tool {
  readonly executable: string;
  readonly distributions: readonly string[];
  readonly install: string;
}

export interface ProjectPlace {
  /** The project's folder (URI path, no trailing slash). */
  readonly root: string;
  /** The base names that lie in the project's folder. */
  readonly files: ReadonlySet<string>;
}

/** What a system wants to remember of a project; only the system reads `data`. */
export interface Layout {
  readonly name: string;
  readonly data: unknown;
  /** True where the project lies inside another one as an installed package: its names count, its findings do not. */
  readonly vendored?: boolean;
  /** Project whose names it shares, by root; its own root where absent. */
  readonly scope?: string;
  /** Paths of documents that it names as the team's plan. */
  readonly plans?: readonly string[];
  /** The team's own words for statuses, for the plans below it. */
  readonly statusWords?: StatusWords;
  /** What it decides about the findings of all files below it. */
  readonly severity?: SeverityChoices;
  /** The version of the tool that its files require; counts where no environment and no lock file tells of one. */
  readonly version?: ToolVersion;
  /** Versions of tools, by the id of their systems, for the projects below that nothing else tells the version of. */
  readonly versions?: Versions;
  /** Folders outside of its own whose files it reads as well; other projects may do so, too. */
  readonly outside?: readonly string[];
}

export interface Project extends ProjectPlace {
  readonly system: string;
  readonly name: string;
  readonly marker: string | undefined;
  readonly scope: string;
  readonly vendored: boolean;
  readonly plans: readonly string[];
  /** What the projects around it, and the user's settings, say of statuses; for plans. */
  readonly statusWords?: StatusWords;
  readonly severity?: SeverityChoices;
  readonly versions?: Versions;
  /** As in its layout; absent for nearly all. */
  readonly outside?: readonly string[];
  readonly data: unknown;
  /** The tool's version in force and where that was learnt, when known. */
  readonly version?: ToolVersion;
}

/** By the id of their systems: `{ toy: '3.9' }`. */
export type Versions = Readonly<Record<string, string>>;

export interface ToolVersion {
  readonly version: string;
  /** 'from .venvs/dbt', for a person. */
  readonly source: string;
}

export interface Claim {
  /** What the file is, in the system's own words: `properties`, `model`, `lock`. */
  readonly kind: string;
  /** LSP language ids are not trusted; this says how to read it: 'yaml' files take part in schema features. */
  readonly format: 'yaml' | 'json' | 'sql' | 'python' | 'markdown' | 'csv' | 'dotenv' | 'text';
  /** When false the text is never read (a seed's CSV): `parse` gets an empty text. */
  readonly readsText: boolean;
  /** Written by a tool for itself: it tells of names, and nobody is told what is wrong in it. */
  readonly isGenerated?: boolean;
  /** Read for the names it mentions and nothing else: nobody who counts the system's files means it. */
  readonly isAside?: boolean;
  /** The highest claim wins; equal ones by the registry's order. */
  readonly priority: number;
  /** Where the claim says more than its kind, for the system alone. */
  readonly data?: unknown;
}

/** The outcome of reading a file. Reading never throws: bad input gives problems. */
export interface Parsed<Model = unknown> {
  readonly tree?: Node;
  readonly model: Model;
  readonly problems: readonly Problem[];
  readonly facts: readonly Fact[];
  /** What other systems have to read; the names in it join the facts. */
  readonly selections?: readonly SelectionText[];
  /** The same of tools that it calls. */
  readonly commandLines?: readonly CommandLine[];
  /** The tools that it lets be called by names of its own. */
  readonly callers?: readonly Caller[];
}

/** What the parser could not read; becomes a finding of severity error (or the one named). */
export interface Problem {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
  readonly severity?: 'error' | 'warning' | 'information';
}

/** A file as rules and features see it. */
export interface ParsedFile<Model = unknown> extends Parsed<Model> {
  readonly source: SourceFile;
  readonly claim: Claim;
  readonly project: Project;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'name' | 'snippet';
  readonly detail?: string;
  readonly documentation?: string;
  /** Replaces `span`; the label where absent. */
  readonly insertText?: string;
  readonly span: Span;
}

export interface Signature {
  /** `star(from, relation_alias=False)` */
  readonly label: string;
  readonly parameters: readonly { readonly label: string; readonly documentation?: string }[];
  /** Index of the parameter that the offset is in; undefined where none fits. */
  readonly active?: number;
  readonly documentation?: string;
}

export interface ActionRequest {
  /** The cursor, or what is selected. */
  readonly span: Span;
  /** The findings that touch it. */
  readonly findings: readonly Finding[];
  readonly facts: FactReader;
  /** Another file as its system reads it; undefined where nobody claims it. */
  readonly parsed: (path: string) => ParsedFile | undefined;
}

export interface Action extends Omit<Fix, 'certain'> {
  readonly kind: 'quickfix' | 'refactor';
  /** What it mends. */
  readonly finding?: Finding;
}

export interface RenamedName {
  readonly key: NameKey;
  readonly to: string;
}

export interface DocumentLink {
  readonly span: Span;
  /** A path (URI path) or a whole address. */
  readonly target: string;
  readonly tooltip?: string;
}

export interface Definitions {
  /** The stretch that was asked about. */
  readonly origin: Span;
  readonly targets: readonly Location[];
}

export interface HintRequest {
  /** The stretch of the text that is on the screen. */
  readonly span: Span;
  readonly facts: FactReader;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** A note behind `offset` that is no part of the text. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip?: string;
  /** Where a click on it leads. */
  readonly target?: Location;
}

export interface SemanticToken {
  readonly span: Span;
  /** One of LSP's standard token types. */
  readonly type:
    'macro' | 'function' | 'variable' | 'parameter' | 'class' | 'property' | 'keyword' | 'string';
  readonly isDeclaration?: boolean;
}

export interface OutlineSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: 'project' | 'group' | 'item' | 'field' | 'task';
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/**
 * Makes a system of one whose layout, claims and models have types of their own.
 * The engine hands each system only what that system made, so the types are erased here, once.
 */
export function defineSystem(system: System): System {
  return system;
}
