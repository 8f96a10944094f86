import type { Surroundings } from '../../../core/artifact.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located, NameKey } from '../../../core/facts.ts';
import { touches } from '../../../core/span.ts';
import type { ParsedFile } from '../../../core/system.ts';
import type { JinjaBlock } from '../jinja.ts';
import { catalogOf } from './catalog.ts';
import { readQueries } from './queries.ts';
import type { Input, Item, Queries, Select } from './select.ts';
import { sqlWords, type NamedRelation } from './sql-words.ts';

export interface Column {
  readonly name: string;
  /** The database's type, where it is known. */
  readonly type?: string;
  /** What is said of it. */
  readonly about?: string;
  /** The thing whose column it is, by name. */
  readonly of?: string;
}

/** Limit: columns are followed through this many `select *`. */
const deepest = 24;

/** dbt adds these to what a snapshot selects. */
const ofSnapshots = ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'];

/**
 * The columns of things, as far as anybody tells: properties files, a model's own SQL, a seed's first line and the
 * catalog that dbt leaves behind. To be made anew for each question, since it remembers what it read.
 */
export class KnownColumns {
  readonly #file: ParsedFile;
  readonly #facts: FactReader;
  readonly #around: Surroundings;
  readonly #typedAt: number | undefined;
  readonly #known = new Map<string, readonly Column[]>();

  /** `file` is the one that is asked about: its project's names are meant. What is being typed there at `typedAt` tells nothing. */
  constructor(file: ParsedFile, facts: FactReader, around: Surroundings, typedAt?: number) {
    this.#file = file;
    this.#typedAt = typedAt;
    this.#facts = facts;
    this.#around = around;
  }

  /** The columns of a model, seed, snapshot or source table; nothing where nobody knows any. */
  of(relation: NamedRelation, depth = 0): readonly Column[] {
    const { scope } = this.#file.project;
    if (relation.kind === 'this') {
      for (const fact of this.#facts.of(this.#file.source.path))
        if (fact.fact === 'definition' && fact.namespace === 'dbt.node')
          return this.#columnsOf(fact, fact.name, depth);
      return [];
    }
    const name = relation.kind === 'source' ? `${relation.name}.${relation.table}` : relation.name;
    return this.#columnsOf(
      { namespace: relation.kind === 'source' ? 'dbt.source-table' : 'dbt.node', scope, name },
      name,
      depth,
    );
  }

  #columnsOf(key: NameKey, of: string, depth: number): readonly Column[] {
    const id = `${key.namespace} ${key.name}`;
    const known = this.#known.get(id);
    if (known || depth > deepest) return known ?? [];
    // A model that reads itself has the columns that are known so far.
    this.#known.set(id, []);
    const [definition] = this.#facts.definitions(key);
    const found = new Columns(of);
    for (const column of this.#described(key)) found.add(column);
    if (definition) {
      for (const column of this.#selected(definition, depth)) found.add(column);
      for (const column of catalogOf(definition, this.#file.project, this.#around.artifacts))
        found.add(column);
    }
    const columns = found.all();
    this.#known.set(id, columns);
    return columns;
  }

  /** What properties files list. */
  #described(key: NameKey): readonly Column[] {
    const about = this.#facts.uses(key).filter(({ role }) => role === 'properties');
    const paths = new Set([...this.#facts.definitions(key), ...about].map(({ path }) => path));
    const prefix = `${key.name}.`;
    return [...paths].flatMap((path) =>
      this.#facts.of(path).flatMap((fact): readonly Column[] => {
        if (fact.fact !== 'definition' || fact.namespace !== 'dbt.column' || fact.prefix !== prefix)
          return [];
        const isTyped = path === this.#file.source.path && touches(fact.span, this.#typedAt ?? -1);
        if (isTyped) return [];
        return [
          {
            name: fact.name.slice(prefix.length),
            ...(fact.about === undefined ? {} : { about: fact.about }),
          },
        ];
      }),
    );
  }

  /** What its own text says that it consists of. */
  #selected(definition: Located<Definition>, depth: number): readonly Column[] {
    const path = this.#textOf(definition);
    if (path === undefined) return [];
    if (definition.what === 'seed') return seedColumns(this.#around.text(path));
    if (/\.sql$/i.test(path)) {
      const { main } = this.#queriesOf(path, definition);
      const columns = main ? this.ofSelect(main, depth + 1) : [];
      return definition.what === 'snapshot'
        ? [...columns, ...ofSnapshots.map((name) => ({ name }))]
        : columns;
    }
    if (definition.what !== 'snapshot') return [];
    const use = this.#facts
      .of(path)
      .find(
        (fact) =>
          fact.fact === 'use' &&
          fact.by?.name === definition.name &&
          (fact.namespaces[0] === 'dbt.node' || fact.namespaces[0] === 'dbt.source-table'),
      );
    if (use?.fact !== 'use') return [];
    const { scope, name } = use;
    const columns = this.#columnsOf({ namespace: use.namespaces[0]!, scope, name }, name, depth + 1);
    return [...columns, ...ofSnapshots.map((each) => ({ name: each }))];
  }

  /** The file with its text; of a model with versions that of the one a plain `ref` means. */
  #textOf({ path, scope, name, what }: Located<Definition>): string | undefined {
    if (what !== 'model' || !/\.ya?ml$/i.test(path)) return path;
    for (const fact of this.#facts.of(path)) {
      if (fact.fact !== 'use' || fact.data?.['versionOf'] !== name || fact.data['latest'] !== 'yes') continue;
      return this.#facts.definitions({ namespace: 'dbt.node', scope, name: fact.name })[0]?.path;
    }
    return undefined;
  }

  #queriesOf(path: string, { what, name }: Definition): Queries {
    const file = this.#around.parsed(path);
    const { blocks } = (file?.model ?? {}) as { readonly blocks?: readonly JinjaBlock[] };
    if (!file || !blocks) return { main: undefined, all: [] };
    const { text } = file.source;
    return what === 'snapshot' ? queriesOfSnapshot(text, blocks, name) : queriesIn(text, blocks);
  }

  /** What a select gives to who selects from it. */
  ofSelect(select: Select, depth = 0): readonly Column[] {
    if (depth > deepest) return [];
    const found = new Columns();
    for (const item of select.items)
      for (const column of this.#ofItem(item, select, depth)) found.add(column);
    return found.all();
  }

  #ofItem(item: Item, select: Select, depth: number): readonly Column[] {
    if (item.kind === 'column') return [{ name: item.name }];
    if (item.kind !== 'star') return [];
    const { of, relation, except, renamed } = item;
    const inputs = select.inputs.filter(({ alias }) => of === undefined || isSame(alias, of));
    const all = relation
      ? this.of(relation, depth + 1)
      : inputs.flatMap((input) => this.ofInput(input, select, depth + 1));
    return all
      .filter(({ name }) => !except.some((each) => isSame(each, name)))
      .map((column) => ({ ...column, name: renamed.get(column.name.toLowerCase()) ?? column.name }));
  }

  /** The columns of what stands in the `from` clause of a select. */
  ofInput({ of, columns }: Input, { ctes }: Pick<Select, 'ctes'>, depth = 0): readonly Column[] {
    if (depth > deepest) return [];
    if (columns.length > 0) return columns.map((name) => ({ name }));
    if (of.kind === 'relation') return this.of(of.relation, depth + 1);
    if (of.kind === 'select') return of.select ? this.ofSelect(of.select, depth + 1) : [];
    if (of.kind !== 'name') return [];
    const cte = ctes.findLast(({ name }) => isSame(name, of.name));
    if (!cte) return [];
    const own =
      cte.columns.length > 0
        ? cte.columns.map((name) => ({ name }))
        : cte.select
          ? this.ofSelect(cte.select, depth + 1)
          : [];
    return own.map((column) => ({ of: cte.name, ...column }));
  }
}

/** Names in their order; the first to tell something of a column is believed, whatever the case of its letters. */
class Columns {
  readonly #of: string | undefined;
  readonly #found = new Map<string, Column>();

  constructor(of?: string) {
    this.#of = of;
  }

  add(column: Column): void {
    const id = column.name.toLowerCase();
    const known = this.#found.get(id);
    const of = this.#of === undefined ? {} : { of: this.#of };
    this.#found.set(id, known ? { ...column, ...known } : { ...column, ...of });
  }

  all(): readonly Column[] {
    return [...this.#found.values()];
  }
}

export function queriesIn(text: string, blocks: readonly JinjaBlock[]): Queries {
  return readQueries(sqlWords(text, blocks), text.length);
}

/** A file may hold several snapshots. */
function queriesOfSnapshot(text: string, blocks: readonly JinjaBlock[], name: string): Queries {
  const first = blocks.findIndex(({ tokens }) => tokens[0]?.text === 'snapshot' && tokens[1]?.text === name);
  const last = blocks.findIndex(({ tokens }, at) => at > first && tokens[0]?.text === 'endsnapshot');
  const inside = blocks.slice(first + 1, last < 0 ? undefined : last);
  const start = blocks[first]?.span.end ?? 0;
  const end = blocks[last]?.span.start ?? text.length;
  return readQueries(sqlWords(text, inside, { start, end }), end);
}

/** The names in the first line of a CSV. */
export function seedColumns(text: string): readonly Column[] {
  const line = /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,"]*))/g)].flatMap(([, quoted, plain]) => {
    const name = (quoted ?? plain ?? '').trim();
    return name === '' ? [] : [{ name }];
  });
}

function isSame(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
