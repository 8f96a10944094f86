import type { Surroundings } from '../../../core/artifact.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { Span } from '../../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../../core/system.ts';
import type { JinjaBlock } from '../jinja.ts';
import { KnownColumns, type Column } from './known-columns.ts';
import { readQueries } from './queries.ts';
import type { Select } from './select.ts';
import { sqlWords, type SqlWord } from './sql-words.ts';
import { suggestColumn } from './suggest-column.ts';

/** Words behind which a value begins. */
const beforeValue = new Set(
  'select distinct all where and or on not by having case when then else between like ilike qualify using'.split(
    ' ',
  ),
);
/** Words before a bracket in which something else than a value stands. */
const beforeOther = new Set('from join as exists values over union into with recursive lateral'.split(' '));

/** Columns, aliases and CTEs that may stand at an offset of a model's SQL, outside of Jinja. */
export function completeColumns(
  file: ParsedFile,
  offset: number,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  const { blocks } = file.model as { readonly blocks?: readonly JinjaBlock[] };
  const { text } = file.source;
  if (!blocks) return [];
  const words = sqlWords(text, blocks);
  const place = placeIn(words, offset, text);
  const select = place && innermost(readQueries(words, text.length).all, offset);
  if (!place || !select) return [];
  const columns = new KnownColumns(file, facts, around);
  if (place.kind === 'member') {
    const { owner } = place;
    const found = owner.relation
      ? columns.of(owner.relation)
      : select.inputs
          .filter(({ alias }) => alias?.toLowerCase() === owner.text.toLowerCase())
          .flatMap((input) => columns.ofInput(input, select));
    return distinct(found).map((column) => suggestColumn(column, place.span));
  }
  if (place.kind === 'relation')
    return select.ctes.map(({ name }): Suggestion => ({
      label: name,
      kind: 'name',
      detail: 'CTE',
      span: place.span,
    }));
  return valuesIn(select, columns, place.span);
}

/** The columns of all that the select reads, by their alias where several have one of that name, then the aliases. */
function valuesIn(select: Select, columns: KnownColumns, span: Span): readonly Suggestion[] {
  const inputs = select.inputs.map((input) => ({
    alias: input.alias,
    columns: distinct(columns.ofInput(input, select)),
  }));
  const count = new Map<string, number>();
  for (const input of inputs)
    for (const { name } of input.columns)
      count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  const found = inputs.flatMap(({ alias, columns: own }) =>
    own.map((column) => {
      const isAmbiguous = alias !== undefined && count.get(column.name.toLowerCase())! > 1;
      return suggestColumn(column, span, isAmbiguous ? `${alias}.` : '');
    }),
  );
  const aliases = inputs.flatMap(({ alias, columns: own }): readonly Suggestion[] =>
    alias === undefined || own.length === 0 || inputs.length === 1
      ? []
      : [{ label: alias, kind: 'name', detail: 'alias', span }],
  );
  return [...found, ...aliases];
}

type Place =
  | { readonly kind: 'member'; readonly owner: SqlWord; readonly span: Span }
  | { readonly kind: 'value' | 'relation'; readonly span: Span };

/** What may stand at an offset; undefined where no name of data may. */
function placeIn(words: readonly SqlWord[], offset: number, text: string): Place | undefined {
  const typed = words.find(({ kind, start, end }) => kind === 'name' && start < offset && offset <= end);
  if (words.some(({ kind, start, end }) => kind === 'string' && start < offset && offset < end))
    return undefined;
  if (typed?.isQuoted) return undefined;
  const span = typed ? { start: typed.start, end: typed.end } : { start: offset, end: offset };
  const at = words.findLastIndex(({ end }) => end <= span.start);
  const before = words[at];
  if (!before || isComment(text.slice(before.end, offset))) return undefined;
  if (before.kind === 'mark') return behindMark(words, at, span);
  if (before.kind !== 'name' || before.isQuoted || before.end === span.start) return undefined;
  const word = before.text.toLowerCase();
  if (word === 'from' || word === 'join') return { kind: 'relation', span };
  return beforeValue.has(word) ? { kind: 'value', span } : undefined;
}

function behindMark(words: readonly SqlWord[], at: number, span: Span): Place | undefined {
  const { text, end } = words[at]!;
  const owner = words[at - 1];
  if (text === '.') {
    const isMember =
      end === span.start &&
      owner?.end === words[at]!.start &&
      (owner.kind === 'name' || owner.kind === 'jinja');
    return isMember ? { kind: 'member', owner, span } : undefined;
  }
  if (text === ')' || text === ']' || text === '::' || text === ';' || text === '}') return undefined;
  if (text === '(' && owner?.kind === 'name' && beforeOther.has(owner.text.toLowerCase())) return undefined;
  // Behind `select *` nothing of that kind comes; `a * ` goes on.
  if (text === '*' && (owner?.kind === 'mark' || beforeValue.has(owner?.text.toLowerCase() ?? '')))
    return undefined;
  if (text === ',' && isInFrom(words, at)) return { kind: 'relation', span };
  return { kind: 'value', span };
}

/** Whether a comma stands between relations: the nearest clause before it, on its own level, is `from`. */
function isInFrom(words: readonly SqlWord[], comma: number): boolean {
  let depth = 0;
  for (let at = comma - 1; at >= 0; at--) {
    const { kind, text, isQuoted } = words[at]!;
    if (kind === 'mark') {
      if (text === ')') depth++;
      else if (text === '(' && --depth < 0) return false;
    } else if (
      depth === 0 &&
      kind === 'name' &&
      !isQuoted &&
      /^(?:select|where|by|having|on|qualify|from|with|using)$/i.test(text)
    ) {
      return text.toLowerCase() === 'from';
    }
  }
  return false;
}

function isComment(between: string): boolean {
  const line = between.slice(between.lastIndexOf('\n') + 1);
  return (
    line.includes('--') || /\/\*(?:(?!\*\/)[\s\S])*$/.test(between) || /\{#(?:(?!#\})[\s\S])*$/.test(between)
  );
}

function innermost(selects: readonly Select[], offset: number): Select | undefined {
  let best: Select | undefined;
  for (const select of selects)
    if (select.start < offset && offset <= select.end && (!best || select.start >= best.start)) best = select;
  return best;
}

function distinct(columns: readonly Column[]): readonly Column[] {
  const found = new Map<string, Column>();
  for (const column of columns)
    if (!found.has(column.name.toLowerCase())) found.set(column.name.toLowerCase(), column);
  return [...found.values()];
}
