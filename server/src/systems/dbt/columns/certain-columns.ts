import { scanJinja, type JinjaBlock } from '../jinja.ts';
import { queriesIn, seedColumns } from './known-columns.ts';
import type { Input, Item, Select } from './select.ts';

/** What makes columns of a select others than those that its list names. */
const unusual =
  /\b(?:un)?pivot\b|\blateral\b|\bmatch_recognize\b|\bby\s+name\b|\bcorresponding\b|\|>|\balter\s+table\b/i;

/** Statements of Jinja that write nothing and leave nothing out. */
const idle: ReadonlySet<string> = new Set(['set', 'endset', 'do']);

/**
 * The columns of a model, as its own text surely says whatever Jinja writes into it, or undefined where it does not:
 * stars are followed inside of the text alone.
 */
export function certainColumns(text: string): readonly string[] | undefined {
  if (unusual.test(text)) return undefined;
  const blocks = scanJinja(text);
  const { main } = queriesIn(text, blocks);
  const found = main && new CertainColumns(blocks).of(main);
  return found && found.length > 0 ? found : undefined;
}

/** The columns of a seed by its first line; undefined where its fields may be divided by something else than commas. */
export function certainSeedColumns(text: string): readonly string[] | undefined {
  const line = /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
  const names = seedColumns(text).map(({ name }) => name);
  const isWhole = names.length > 0 && names.length === line.split(',').length;
  return isWhole && names.every((name) => /^[\w\p{L} -]+$/u.test(name)) ? names : undefined;
}

class CertainColumns {
  /** Where Jinja may leave out or repeat what follows. */
  readonly #forks: readonly number[];
  readonly #known = new Map<Select, readonly string[] | undefined>();

  constructor(blocks: readonly JinjaBlock[]) {
    this.#forks = blocks.flatMap(({ kind, tokens, span }) =>
      kind === 'statement' && !idle.has(tokens[0]?.text ?? '') ? span.start : [],
    );
  }

  of(select: Select): readonly string[] | undefined {
    if (!this.#known.has(select)) this.#known.set(select, this.#read(select));
    return this.#known.get(select);
  }

  #read(select: Select): readonly string[] | undefined {
    const { isRead, isSole, start, listEnd, items } = select;
    if (!isRead || !isSole || items.length === 0) return undefined;
    if (this.#forks.some((at) => at > start && at < listEnd)) return undefined;
    return everyOne(items, (item) => this.#ofItem(item, select));
  }

  #ofItem(item: Item, select: Pick<Select, 'inputs' | 'ctes'>): readonly string[] | undefined {
    if (item.kind === 'column') return item.isSure ? [item.name] : undefined;
    if (item.kind !== 'star' || item.relation) return undefined;
    const { of, except, renamed } = item;
    const inputs = select.inputs.filter(({ alias }) => of === undefined || isSame(alias ?? '', of));
    if (inputs.length === 0) return undefined;
    const all = everyOne(inputs, (input) => this.#ofInput(input, select));
    return all
      ?.filter((name) => !except.some((each) => isSame(each, name)))
      .map((name) => renamed.get(name.toLowerCase()) ?? name);
  }

  #ofInput({ of, columns }: Input, { ctes }: Pick<Select, 'ctes'>): readonly string[] | undefined {
    if (columns.length > 0) return undefined;
    if (of.kind === 'select') return of.select && this.of(of.select);
    if (of.kind !== 'name') return undefined;
    const [cte, ...others] = ctes.filter(({ name }) => isSame(name, of.name));
    // One of several is meant, by a branch of Jinja.
    if (!cte?.select || cte.columns.length > 0 || others.length > 0) return undefined;
    return this.of(cte.select);
  }
}

/** What `tell` says of all, unless it does not know of one. */
function everyOne<T>(
  all: readonly T[],
  tell: (each: T) => readonly string[] | undefined,
): readonly string[] | undefined {
  const found: string[] = [];
  for (const each of all) {
    const told = tell(each);
    if (!told) return undefined;
    found.push(...told);
  }
  return found;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
