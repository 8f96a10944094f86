import type { Cte, Input, Item, Queries, Select } from './select.ts';
import type { NamedRelation, SqlWord } from './sql-words.ts';

/** Limit: brackets in brackets deeper than this are nobody's query. */
const deepest = 60;

export function readQueries(words: readonly SqlWord[], end: number): Queries {
  const reader = new Reader(words, end);
  const main = reader.query(0, words.length, [], 0);
  return { main, all: reader.all };
}

const setOperators = new Set(['union', 'intersect', 'except', 'minus']);
const clauses = new Set(
  'from where group having qualify order limit window offset fetch sample tablesample'.split(' '),
);
/** Words behind a relation that are no alias of it. */
const noAlias = new Set(
  (
    'on using where group order having qualify limit join inner left right full outer cross natural union intersect ' +
    'except minus window lateral asof anti semi positional pivot unpivot tablesample sample fetch offset for when set ' +
    'and or select from with as final at before match_recognize'
  ).split(' '),
);
/** Words that end an expression which has no name of its own. */
const noName = new Set('end null true false current_date current_timestamp asc desc'.split(' '));

class Reader {
  readonly all: Select[] = [];
  readonly #words: readonly SqlWord[];
  readonly #end: number;
  /** Where the bracket that opens at an index closes; what is not closed ends with the text. */
  readonly #closes = new Map<number, number>();

  constructor(words: readonly SqlWord[], end: number) {
    this.#words = words;
    this.#end = end;
    const open: number[] = [];
    for (const [at, { kind, text }] of words.entries()) {
      if (kind !== 'mark') continue;
      if (text === '(' || text === '[') open.push(at);
      else if ((text === ')' || text === ']') && open.length > 0) this.#closes.set(open.pop()!, at);
    }
  }

  /** `with … select … union …`; the first select, whose columns the whole has. */
  query(from: number, to: number, outer: readonly Cte[], depth: number): Select | undefined {
    if (depth > deepest) return undefined;
    const ctes = [...outer];
    let at = from;
    if (this.#is(at, 'with')) {
      at++;
      if (this.#is(at, 'recursive')) at++;
      while (at < to) {
        const next = this.#cte(at, to, ctes, depth);
        if (next === undefined) break;
        at = next;
        if (!this.#isMark(at, ',')) break;
        at++;
      }
    }
    let first: Select | undefined;
    for (const part of this.#parts(at, to)) {
      const select = this.#select(part.from, part.to, ctes, depth);
      first ??= select;
    }
    return first;
  }

  /** `name (a, b) as (…)`; returns where the text goes on behind it. */
  #cte(at: number, to: number, ctes: Cte[], depth: number): number | undefined {
    const name = this.#words[at];
    if (name?.kind !== 'name') return undefined;
    let next = at + 1;
    let columns: readonly string[] = [];
    if (this.#isMark(next, '(')) {
      const close = this.#close(next, to);
      columns = this.#namesIn(next + 1, close);
      next = close + 1;
    }
    while (this.#is(next, 'as') || this.#is(next, 'not') || this.#is(next, 'materialized')) next++;
    if (!this.#isMark(next, '(')) return undefined;
    const close = this.#close(next, to);
    const select = this.query(next + 1, close, ctes, depth + 1);
    ctes.push({ name: name.text, columns, select });
    return close + 1;
  }

  /** The selects that `union` and the like put together. */
  *#parts(from: number, to: number): Iterable<{ readonly from: number; readonly to: number }> {
    let start = from;
    for (const at of this.#level(from, to)) {
      const { kind, text, isQuoted } = this.#words[at]!;
      if (kind !== 'name' || isQuoted || !setOperators.has(text.toLowerCase())) continue;
      // `select * except (a)`
      if (this.#isMark(at - 1, '*') && this.#isMark(at + 1, '(')) continue;
      yield { from: start, to: at };
      start = at + 1;
      while (
        this.#is(start, 'all') ||
        this.#is(start, 'distinct') ||
        this.#is(start, 'by') ||
        this.#is(start, 'name')
      )
        start++;
    }
    yield { from: start, to };
  }

  #select(from: number, to: number, ctes: readonly Cte[], depth: number): Select | undefined {
    if (from >= to) return undefined;
    if (this.#isMark(from, '(')) return this.query(from + 1, this.#close(from, to), ctes, depth + 1);
    const isRead = this.#is(from, 'select');
    const slot = this.all.length;
    this.all.push(undefined as never);
    const level = [...this.#level(from + 1, to)];
    const isClause = (at: number): boolean => this.#isClause(at);
    const listEnd = level.find(isClause) ?? to;
    const fromAt = level.find((at) => this.#is(at, 'from') && isClause(at));
    const fromEnd = fromAt === undefined ? to : (level.find((at) => at > fromAt && isClause(at)) ?? to);
    const select: Select = {
      start: this.#words[from]!.start,
      end: to < this.#words.length ? this.#words[to]!.start : this.#end,
      isRead,
      listEnd: listEnd < this.#words.length ? this.#words[listEnd]!.start : this.#end,
      isSole: !level.some((at) => this.#is(at, 'select')),
      items: isRead ? this.#items(this.#listStart(from + 1, listEnd), listEnd) : [],
      inputs: fromAt === undefined ? [] : this.#inputs(fromAt + 1, fromEnd, ctes, depth),
      ctes,
    };
    this.all[slot] = select;
    this.#inner(from + 1, fromAt ?? to, ctes, depth);
    this.#inner(fromEnd, to, ctes, depth);
    return select;
  }

  /** Queries in brackets, for whoever stands in one of them. */
  #inner(from: number, to: number, ctes: readonly Cte[], depth: number): void {
    for (let at = from; at < to; at++) {
      if (!this.#isMark(at, '(') || !this.#begins(at + 1)) continue;
      const close = this.#close(at, to);
      this.query(at + 1, close, ctes, depth + 1);
      at = close;
    }
  }

  /** Behind `distinct`, `top 10` and the like. */
  #listStart(from: number, to: number): number {
    let at = from;
    for (;;) {
      if (this.#is(at, 'distinct') && this.#is(at + 1, 'on') && this.#isMark(at + 2, '('))
        at = this.#close(at + 2, to) + 1;
      else if (this.#is(at, 'distinct') || this.#is(at, 'all')) at++;
      else if (this.#is(at, 'top') && this.#words[at + 1]?.kind === 'number') at += 2;
      else return at;
    }
  }

  #items(from: number, to: number): readonly Item[] {
    const items: Item[] = [];
    let start = from;
    for (const at of [...this.#level(from, to), to]) {
      if (at < to && !this.#isMark(at, ',')) continue;
      if (at > start) items.push(this.#item(start, at));
      start = at + 1;
    }
    return items;
  }

  #item(from: number, to: number): Item {
    const words = this.#words;
    const star = [...this.#level(from, Math.min(to, from + 8))].find((at) => this.#isMark(at, '*'));
    if (star === from || (star !== undefined && star === from + 2 && this.#isMark(from + 1, '.')))
      return this.#star(from, star, to);
    const last = words[to - 1]!;
    if (words[from]!.kind === 'jinja' && to === from + 1) {
      const { star: all } = words[from]!;
      return all
        ? { kind: 'star', relation: all.of, except: all.except, renamed: new Map() }
        : { kind: 'unknown' };
    }
    if (last.kind === 'jinja' || this.#isGlued(to - 1, from)) return { kind: 'unknown' };
    if (last.kind !== 'name') return { kind: 'nameless' };
    const before = words[to - 2];
    const isAlone = to - from === 1 || (this.#isMark(to - 2, '.') && before!.end === last.start);
    const isAlias = before && this.#endsValue(before) && !this.#isMark(to - 2, '.');
    const isNamed = to - from > 1 && this.#is(to - 2, 'as');
    if (!isNamed && !last.isQuoted && noName.has(last.text.toLowerCase())) return { kind: 'nameless' };
    if (isAlone || isNamed || isAlias)
      return {
        kind: 'column',
        name: last.text,
        isQuoted: last.isQuoted === true,
        isSure: this.#isSure(from, to, isNamed),
      };
    return { kind: 'nameless' };
  }

  /** `a.b`, `a.b as c`, `a.b c`, `f(x) c`, `case … end c`; what Jinja writes may end with a comma where no sign follows it. */
  #isSure(from: number, to: number, isNamed: boolean): boolean {
    const value = isNamed ? to - 2 : to - 1;
    for (const at of this.#level(from, value))
      if (this.#words[at]!.kind === 'jinja' && at + 1 < value && this.#words[at + 1]!.kind !== 'mark')
        return false;
    if (isNamed || value === from) return true;
    const before = this.#words[value - 1]!;
    if (before.kind === 'number' || before.kind === 'string') return value - from === 1;
    if (before.kind === 'mark') return before.text === ')' || before.text === ']' || this.#isPath(from, to);
    return this.#is(value - 1, 'end') || this.#isPath(from, value);
  }

  /** `a.b.c` */
  #isPath(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      const isName = this.#words[at]!.kind === 'name';
      if ((at - from) % 2 === 0 ? !isName : !this.#isMark(at, '.')) return false;
    }
    return (to - from) % 2 === 1;
  }

  /** `{{ x }}_amount` is a name that nobody knows. */
  #isGlued(at: number, from: number): boolean {
    const before = this.#words[at - 1];
    return at > from && before?.kind === 'jinja' && before.end === this.#words[at]!.start;
  }

  #endsValue(word: SqlWord): boolean {
    if (word.kind === 'mark') return word.text === ')' || word.text === ']';
    if (word.kind === 'name' && !word.isQuoted)
      return !/^(?:and|or|not|is|in|like|ilike|between|then|else|when|case|by|over|distinct|interval)$/i.test(
        word.text,
      );
    return true;
  }

  /** `* except (a, b) replace (c as d) rename (e as f)` */
  #star(from: number, star: number, to: number): Item {
    const except: string[] = [];
    const renamed = new Map<string, string>();
    for (let at = star + 1; at < to; at++) {
      const isExcept = this.#is(at, 'except') || this.#is(at, 'exclude');
      const isRename = this.#is(at, 'rename');
      if (!isExcept && !isRename) continue;
      const close = this.#isMark(at + 1, '(') ? this.#close(at + 1, to) : to;
      const names = this.#namesIn(at + 1, close);
      if (isExcept) except.push(...names);
      else
        for (let each = 0; each + 1 < names.length; each += 2)
          renamed.set(names[each]!.toLowerCase(), names[each + 1]!);
      at = close;
    }
    const of = star > from ? this.#words[from] : undefined;
    if (of && of.kind !== 'name')
      return of.relation ? { kind: 'star', relation: of.relation, except, renamed } : { kind: 'unknown' };
    return { kind: 'star', ...(of ? { of: of.text } : {}), except, renamed };
  }

  #inputs(from: number, to: number, ctes: readonly Cte[], depth: number): readonly Input[] {
    const inputs: Input[] = [];
    let expected = true;
    for (let at = from; at < to; at++) {
      if (expected) {
        while (this.#is(at, 'lateral') || this.#is(at, 'only')) at++;
        if (at >= to) break;
        const read = this.#input(at, to, ctes, depth);
        inputs.push(...read.inputs);
        at = read.next - 1;
        expected = false;
      } else if (this.#isMark(at, ',') || this.#is(at, 'join')) expected = true;
      else if (this.#isMark(at, '(')) {
        const close = this.#close(at, to);
        this.#inner(at, close + 1, ctes, depth);
        at = close;
      }
    }
    return inputs;
  }

  #input(
    at: number,
    to: number,
    ctes: readonly Cte[],
    depth: number,
  ): { readonly inputs: readonly Input[]; readonly next: number } {
    const word = this.#words[at]!;
    if (word.kind === 'jinja')
      return this.#aliased(
        at + 1,
        to,
        word.relation ? { kind: 'relation', relation: word.relation } : { kind: 'unknown' },
        nameOf(word.relation),
      );
    if (this.#isMark(at, '(')) {
      const close = this.#close(at, to);
      if (this.#begins(at + 1))
        return this.#aliased(
          close + 1,
          to,
          { kind: 'select', select: this.query(at + 1, close, ctes, depth + 1) },
          undefined,
        );
      if (this.#is(at + 1, 'values')) return this.#aliased(close + 1, to, { kind: 'unknown' }, undefined);
      return { inputs: depth > deepest ? [] : this.#inputs(at + 1, close, ctes, depth + 1), next: close + 1 };
    }
    if (word.kind !== 'name') return { inputs: [], next: at + 1 };
    let next = at + 1;
    while (this.#isMark(next, '.') && next + 1 < to) next += 2;
    const last = this.#words[next - 1]!;
    if (this.#isMark(next, '('))
      return this.#aliased(this.#close(next, to) + 1, to, { kind: 'unknown' }, undefined);
    return this.#aliased(
      next,
      to,
      next === at + 1 ? { kind: 'name', name: word.text } : { kind: 'unknown' },
      last.text,
    );
  }

  /** What it is called by: its alias, else its own name. */
  #aliased(
    at: number,
    to: number,
    of: Input['of'],
    own: string | undefined,
  ): { readonly inputs: readonly Input[]; readonly next: number } {
    let next = at;
    if (this.#is(next, 'as')) next++;
    const word = next < to ? this.#words[next] : undefined;
    const isAlias =
      word?.kind === 'name' && (word.isQuoted === true || !noAlias.has(word.text.toLowerCase()));
    if (!isAlias) return { inputs: [{ alias: own, columns: [], of }], next };
    next++;
    if (!this.#isMark(next, '(') || next >= to)
      return { inputs: [{ alias: word.text, columns: [], of }], next };
    const close = this.#close(next, to);
    return { inputs: [{ alias: word.text, columns: this.#namesIn(next + 1, close), of }], next: close + 1 };
  }

  /** The words that stand in no brackets. */
  *#level(from: number, to: number): Iterable<number> {
    for (let at = from; at < to; at++) {
      yield at;
      if (this.#isMark(at, '(') || this.#isMark(at, '[')) at = this.#close(at, to) - 1;
    }
  }

  #begins(at: number): boolean {
    return this.#is(at, 'select') || this.#is(at, 'with');
  }

  #isClause(at: number): boolean {
    const word = this.#words[at]!;
    if (word.kind !== 'name' || word.isQuoted || !clauses.has(word.text.toLowerCase())) return false;
    // `a.from` is a column unless it is half typed; `is distinct from` is a comparison.
    const isMember = this.#isMark(at - 1, '.') && this.#words[at - 1]!.end === word.start;
    return !isMember && !this.#is(at - 1, 'as') && !this.#is(at - 1, 'distinct');
  }

  #namesIn(from: number, to: number): readonly string[] {
    return this.#words
      .slice(from, to)
      .flatMap(({ kind, text }) => (kind === 'name' && text.toLowerCase() !== 'as' ? text : []));
  }

  #close(open: number, to: number): number {
    return Math.min(this.#closes.get(open) ?? to, to);
  }

  #is(at: number, text: string): boolean {
    const word = this.#words[at];
    return word?.kind === 'name' && !word.isQuoted && word.text.toLowerCase() === text;
  }

  #isMark(at: number, text: string): boolean {
    const word = this.#words[at];
    return word?.kind === 'mark' && word.text === text;
  }
}

/** In SQL a relation goes by its own name as well. */
function nameOf(relation: NamedRelation | undefined): string | undefined {
  return relation?.kind === 'ref' ? relation.name : relation?.kind === 'source' ? relation.table : undefined;
}
