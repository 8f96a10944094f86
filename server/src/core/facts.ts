import type { FactReader } from './fact-index.ts';
import type { Finding, Severity } from './finding.ts';
import type { Location, Span } from './span.ts';

/**
 * What a file says about names. Undefined and duplicate names, definition, references, rename,
 * completion and the platform graph follow from facts, for every system and across systems.
 */
export type Fact = Definition | Use | Hole;

/** The scope of a use that means a name of whichever project has it: a pipeline names what a step of another tool runs. */
export const anyScope = '*';

/** The same name, in whichever scope has it. */
export function inAnyScope({ namespace, name }: NameKey): NameKey {
  return { namespace, scope: anyScope, name };
}

/** Files by their path (URI path): nobody defines them, a rule over facts may ask whether one is there. */
export const fileNamespace = 'file';

/** A name is known by its namespace (`dbt.node`), its scope (a project's root, or '' for all) and itself. */
export interface NameKey {
  readonly namespace: string;
  readonly scope: string;
  readonly name: string;
}

/** The file gives a name a meaning. */
export interface Definition extends NameKey {
  readonly fact: 'definition';
  /** The name itself where it is written; the file's start where the file's own name defines it. */
  readonly span: Span;
  /** For names in two parts, as in `Use`: the text at `span` is the name without `prefix`. */
  readonly prefix?: string;
  /** What it is, in the tool's word: `model`, `seed`, `extractor`. */
  readonly what: string;
  /** One or two lines of Markdown for a hover: a description, a materialization. */
  readonly about?: string;
  /** Only definitions of one group exclude each other (a dbt package, say); '' where absent. */
  readonly group?: string;
  /** False where a second definition of the name is the tool's own custom. True where absent. */
  readonly exclusive?: boolean;
  /** Where `span` is not the name's own text (a model is named by its file), so a rename must not edit it. */
  readonly implicit?: boolean;
  /** Facts that steps and views need: `{ folder: 'staging', materialized: 'view' }`. Small and flat. */
  readonly data?: Readonly<Record<string, string>>;
  /** Excludes others only while this other name is defined. The file must use that name, to be looked at again with it. */
  readonly within?: NameKey;
}

/** The file relies on a name that one of `namespaces` must define. */
export interface Use {
  readonly fact: 'use';
  readonly namespaces: readonly string[];
  readonly scope: string;
  /** The whole name. The text at `span` is the name without `prefix`. */
  readonly name: string;
  /** For names in two parts: `raw.` in `source('raw', 'orders')`, whose span is `orders`. '' where absent. */
  readonly prefix?: string;
  readonly span: Span;
  /** How the name is used; picks the words of the finding, see `NameKind.undefined`. */
  readonly role: string;
  /** What is said of the named thing here, as Markdown: a model's description stands in a properties file. */
  readonly about?: string;
  /** Facts that rules over facts need: `{ version: '3' }`. Small and flat. */
  readonly data?: Readonly<Record<string, string>>;
  /** The named thing in whose text the use stands, where the file defines several; the file's one implicit definition where absent. */
  readonly by?: NameKey;
  /** When this other name is not defined, that is the one cause, and this use is silent. */
  readonly within?: NameKey;
  /** While this other name is defined, the use is silent: it stands in what is switched off. The file must use that name, too. */
  readonly unless?: NameKey;
  /** Where the very text can be read in several ways, when this is the one. */
  readonly reading?: Reading;
}

/** Counts while the name `with` is defined and none of `without` is. The file must use these names, too. */
export interface Reading {
  readonly with?: NameKey;
  readonly without: readonly NameKey[];
}

/** Names of this namespace may exist that nobody can see (packages not installed): undefined names stay silent. */
export interface Hole {
  readonly fact: 'hole';
  readonly namespace: string;
  readonly scope: string;
  /** One sentence that says what is missing and what would mend it. */
  readonly reason: string;
  /** The hole is closed once this name is defined: a package that is installed. */
  readonly until?: NameKey;
  /** Another scope whose names, and whose holes, are had here, too; nothing else is missing. */
  readonly beyond?: string;
  /** The scope has no names of its own, so who asks for a name of any scope misses none in it. */
  readonly isBorrower?: true;
}

export type Located<T> = T & { readonly path: string };

/** What the owner of a namespace says of it. */
export interface NameKind {
  /** `dbt.node` */
  readonly namespace: string;
  /** What a person calls it: 'model, seed or snapshot'. */
  readonly title: string;
  /**
   * The finding for a use that no namespace of it defines; undefined when the tool would not mind. Whoever asks whether a
   * file or folder exists, whatever can be made of it, uses it as a name of `fileNamespace`, too.
   */
  undefined?(use: Use, facts: FactReader, exists: (path: string) => boolean): NameProblem | undefined;
  /** The finding for each later definition of one name; undefined when the tool would not mind. */
  duplicate?(definition: Definition, first: Located<Definition>): NameProblem | undefined;
  /** True where its names are what data flows through: they are the nodes of the lineage. */
  readonly lineage?: boolean;
  /** How its names stand in the platform graph; absent for names that are no nodes of it. Those of the lineage are nodes in any case. */
  readonly graph?: GraphKind;
  /** A rename writes only names that match; undefined allows all. */
  readonly pattern?: RegExp;
}

/** How names of a kind stand in the platform graph. */
export interface GraphKind {
  /** `data`: whoever's text uses such a name has it as input. `work`: whoever's text uses one sets it to work. */
  readonly flow: 'data' | 'work';
  /** Where one stands inside its project, the widest first: `['models', 'marts']`; by its kind where absent. */
  shelf?(definition: Definition): readonly string[];
  /** Equal for definitions of one thing, however each names it; the name where absent. */
  identity?(definition: Definition, facts: FactReader): string;
  /** What one is called there; its name where absent. */
  label?(definition: Definition): string;
}

/** Data flows from one name to another, or `work`: the one sets the other to work. */
export interface Flow {
  readonly from: NameKey | Definition;
  readonly to: NameKey | Definition;
  readonly flow?: 'work';
}

export interface NameProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** A namespace whose names are spoken for, where each may be named like this once: none of them was meant. */
  readonly taken?: string;
}

export type NameFinding = Finding & Location;

/** The names under which a fact is known; none for a hole. */
export function keysOf(fact: Fact): readonly NameKey[] {
  if (fact.fact === 'hole') return [];
  return fact.fact === 'definition' ? [fact] : keysOfUse(fact);
}

/** The names a use may mean, one a namespace. */
export function keysOfUse(use: Use): readonly NameKey[] {
  return use.namespaces.map((namespace) => ({ namespace, scope: use.scope, name: use.name }));
}
