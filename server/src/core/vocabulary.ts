import type { FactReader } from './fact-index.ts';
import type { Definition, Fact, Located } from './facts.ts';
import type { Span } from './span.ts';
import type { Project } from './system.ts';
import type { ScalarNode } from './tree.ts';

/**
 * Names that belong to no tool. A system that knows of one says so in these words, as a definition that excludes no
 * other; rules between tools (`BetweenRule`) look over them, and know no tool.
 *
 * `mention` is a step that people write about, which `platform/` misses where it is said to be done.
 * Without data of their own here: `step` (what can be run, by its id), `env` (a variable that is set), `plan.item`
 * and `plan.document`, and of containers `container.service` and its like (`services.ts`).
 */
export interface Vocabulary {
  /** That steps of this system can be run here, by what their names begin with: `dbt`, `pipeline`. */
  readonly tool: ToolHere;
  /** A DuckDB file that a tool opens, by the path (URI path) that it has where its tool runs on this machine. */
  readonly 'duckdb.file': DuckdbFile;
  /** A database of a server that a tool fills or builds in: what it is and where, '' where that cannot be told. */
  readonly 'warehouse.database': WarehouseDatabase;
  /** A schema that somebody loads tables into. '' where it cannot be told. */
  readonly 'warehouse.load': WarehouseLoad;
  /** A schema whose tables a transformation expects others to fill. */
  readonly 'warehouse.source': WarehouseSource;
  /** A table of such a schema, by its own name. */
  readonly 'warehouse.table': WarehouseTable;
  /** What can be loaded from somewhere, by the path (URI path) of the file that lists it. */
  readonly 'load.streams': LoadStreams;
  /** A folder in which a transformation can be run, by its path (URI path). */
  readonly 'transform.place': TransformPlace;
  /** A folder that somebody believes to be one, as it is written. */
  readonly 'transform.wanted': TransformWanted;
  /** A host that a tool connects to, by its name or address. */
  readonly 'network.address': NetworkAddress;
  /** How much of something there is, by what is measured: `coverage`. */
  readonly measure: Measure;
}

/** Who says it, and for which of its ways to be run. */
interface Told {
  /** The folder (URI path) that relative paths are taken from, which is the project's root where a tool has projects. */
  readonly project: string;
  readonly system: string;
}

export interface ToolHere extends Told {
  /** The version in force and where that was learnt, where it is known. */
  readonly version?: string;
  readonly versionSource?: string;
}

export interface DuckdbFile extends Told {
  /** As it is written, relative to `project` or absolute. */
  readonly path: string;
  /** `load`: fills it from outside; `build`: reads and writes it; `read`: only reads; `write`: may do anything with it. */
  readonly access: 'load' | 'build' | 'read' | 'write';
  /** Of what writes: the steps that ran before it does, a line each. */
  readonly after?: string;
  /** Who opens it, to begin a sentence with, as Markdown: 'the loader `target-duckdb`'. */
  readonly opener: string;
  /** What a relative path is taken from: 'the dbt project'. */
  readonly base: string;
  /** Other folders that a relative path may be taken from, a line each: the tool takes the one it is started in. */
  readonly bases?: string;
  /** `no` for one of several settings that nobody has chosen. */
  readonly chosen?: 'no';
  /** A variable that decides once it is set. */
  readonly variable?: string;
  /** `yes` for a second file that is opened beside the one that schemas without a database are in. */
  readonly attached?: 'yes';
  /** Which settings of the tool it belongs to: an environment, a target; '' for all. */
  readonly environment?: string;
  readonly loader?: string;
}

export interface WarehouseLoad extends Told {
  /** The loader whose `duckdb.file` says which file it is, in the environment's own way where there is one. */
  readonly loader: string;
  /** Who loads, as in `DuckdbFile`. */
  readonly opener: string;
  /** Which of the project's environments it is so in; '' for all. */
  readonly environment: string;
  /**
   * Where it is listed what may be loaded, under its own name or nearly so: a line for each origin, in it the files
   * (`load.streams`) of which the first that is there counts, with tabs between. Absent where that cannot be told.
   */
  readonly listed?: string;
}

export interface WarehouseDatabase extends Told {
  readonly access: 'load' | 'build';
  /** `postgres` */
  readonly kind: string;
  /** Where it is found, as it is written: `localhost`, `acme-prod`. */
  readonly host: string;
  readonly loader?: string;
  /** Variables that decide once one of them is set. */
  readonly variables?: string;
}

export interface WarehouseSource extends Told {
  /** What the tool calls the source. */
  readonly source: string;
  /** `yes` where somebody else fills it, or its tables lie elsewhere. */
  readonly elsewhere?: 'yes';
}

export interface WarehouseTable extends Told {
  readonly schema: string;
}

export interface LoadStreams extends Told {
  /** A name a line. */
  readonly streams: string;
}

export interface TransformPlace extends Told {
  /** What lies in it: the transformation itself, or how it connects. */
  readonly holds: 'project' | 'profiles';
}

export interface TransformWanted extends TransformPlace {
  /** As it is written, relative to `project` or absolute. */
  readonly path: string;
  readonly opener: string;
}

export interface NetworkAddress extends Told {
  /** A number; '' where none is told. */
  readonly port: string;
  /** Who connects, as in `DuckdbFile`. */
  readonly opener: string;
}

export interface Measure extends Told {
  /** All that it may be quoted with, the first the best: `81.7`, separated by blanks. */
  readonly percent: string;
}

export type Word = keyof Vocabulary;
export type Worded<W extends Word> = Located<Definition> & { readonly data: Vocabulary[W] };

/** All that anybody says in one of the words. */
export function allOf<W extends Word>(facts: FactReader, word: W): readonly Worded<W>[] {
  return [...facts.all(word)].filter((fact): fact is Worded<W> => isWord(fact, word));
}

/** What one file says in one of the words. */
export function ownOf<W extends Word>(
  facts: readonly Fact[],
  word: W,
): readonly (Definition & { readonly data: Vocabulary[W] })[] {
  return facts.filter((fact): fact is Definition & { readonly data: Vocabulary[W] } => isWord(fact, word));
}

/** That a project's steps can be run. */
export function toolFact(
  name: string,
  system: string,
  { root, version }: Pick<Project, 'root' | 'version'>,
): Definition {
  const inForce = version ? { version: version.version, versionSource: version.source } : {};
  return worded(
    'tool',
    { name, span: { start: 0, end: 0 }, what: 'tool' },
    { project: root, system, ...inForce },
  );
}

/** The database that `parts` lead to, the widest first; what is no plain name may hold a secret, and tells nothing. */
export function databaseFact(
  kind: string,
  parts: readonly string[] | undefined,
  span: Span,
  told: Omit<WarehouseDatabase, 'kind' | 'host'>,
): Definition {
  const plain = parts?.every((part) => /^[\w.:-]+$/.test(part)) ? parts : [];
  const [host = ''] = plain;
  const name = plain.length > 0 ? [kind, ...plain].join(' ').toLowerCase() : '';
  return worded('warehouse.database', { name, span, what: 'database' }, { ...told, kind, host });
}

/** The host that a tool connects to, unless a variable or a template decides. */
export function addressFact(
  { text, span }: ScalarNode,
  port: string,
  told: Omit<NetworkAddress, 'port'>,
): readonly Definition[] {
  if (!/^[\w.:-]+$/.test(text)) return [];
  const place = { name: text.toLowerCase(), span, what: 'host' };
  return [worded('network.address', place, { ...told, port: /^\d{1,5}$/.test(port) ? port : '' })];
}

function isWord(fact: Fact, word: Word): boolean {
  return fact.fact === 'definition' && fact.namespace === word && fact.data !== undefined;
}

/** A definition in one of the words; `own` is what only the system itself reads. */
export function worded<W extends Word>(
  word: W,
  place: Pick<Definition, 'name' | 'span' | 'what'> & { readonly about?: string },
  data: Vocabulary[W],
  own: Readonly<Record<string, string>> = {},
): Definition {
  return {
    fact: 'definition',
    namespace: word,
    scope: '',
    ...place,
    exclusive: false,
    implicit: true,
    data: { ...data, ...own },
  };
}
