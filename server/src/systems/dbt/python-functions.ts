import type { Span } from '../../core/span.ts';
import { spanOf } from './jinja-fault.ts';
import type { Token } from './jinja.ts';

/** A function that dbt sees: those inside of other functions are none. */
export interface PythonFunction {
  readonly name: Token;
  /** The names of the parameters that are given by place. */
  readonly parameters: readonly Token[];
  /** How its last statement ends it. */
  readonly end: 'returns' | 'falls-through';
  /** Where several values are returned there. */
  readonly tuple?: Span;
}

/** The functions of a Python file that stand in no other function, by their words and indentation. */
export function readFunctions(text: string, words: readonly Token[]): readonly PythonFunction[] {
  const found: PythonFunction[] = [];
  const open: { readonly indent: number; readonly isFunction: boolean }[] = [];
  for (const [at, word] of words.entries()) {
    const isDefinition = word.kind === 'name' && (word.text === 'def' || word.text === 'class');
    if (!isDefinition) continue;
    // An asynchronous function is none that dbt looks for.
    const isAsync = words[at - 1]?.text === 'async';
    const indent = indentOf(text, (isAsync ? words[at - 1]! : word).span.start);
    if (indent === undefined) continue;
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop();
    const isFunction = word.text === 'def';
    const isInside = open.some((each) => each.isFunction);
    open.push({ indent, isFunction });
    const name = words[at + 1];
    if (isFunction && !isAsync && !isInside && name?.kind === 'name')
      found.push(readFunction(text, words, { at, indent, name }));
  }
  return found;
}

interface Start {
  readonly at: number;
  readonly indent: number;
  readonly name: Token;
}

function readFunction(text: string, words: readonly Token[], { at, indent, name }: Start): PythonFunction {
  const parameters: Token[] = [];
  let depth = 0;
  let next = at + 2;
  let isByPlace = true;
  for (; next < words.length; next++) {
    const { kind, text: word } = words[next]!;
    const before = words[next - 1]!.text;
    if (kind === 'mark' && (word === '(' || word === '[' || word === '{')) depth++;
    else if (kind === 'mark' && (word === ')' || word === ']' || word === '}')) depth--;
    else if (kind === 'mark' && (word === '*' || word === '**') && depth === 1) isByPlace = false;
    else if (kind === 'name' && depth === 1 && isByPlace && (before === '(' || before === ','))
      parameters.push(words[next]!);
    else if (kind === 'mark' && word === ':' && depth === 0) break;
  }
  return { name, parameters, ...endOf(text, words, next + 1, indent) };
}

/** What the last statement of a body does that begins at word `from`. */
function endOf(
  text: string,
  words: readonly Token[],
  from: number,
  indent: number,
): Pick<PythonFunction, 'end' | 'tuple'> {
  let bodyIndent: number | undefined;
  let last = from;
  let depth = 0;
  let end = words.length;
  for (let at = from; at < words.length; at++) {
    const { kind, text: word, span } = words[at]!;
    if (depth === 0) {
      const own = indentOf(text, span.start);
      if (own !== undefined && own <= indent) {
        end = at;
        break;
      }
      if (own !== undefined && own <= (bodyIndent ??= own)) last = at;
    }
    if (kind !== 'mark') continue;
    if (word === '(' || word === '[' || word === '{') depth++;
    else if (word === ')' || word === ']' || word === '}') depth--;
    // Statements may share a line.
    else if (word === ';' && depth === 0) last = at + 1;
  }
  if (words[last]?.text !== 'return' || last >= end) return { end: 'falls-through' };
  const value = words.slice(last + 1, end);
  if (!isTuple(value)) return { end: 'returns' };
  return { end: 'returns', tuple: { start: spanOf(value[0]!).start, end: spanOf(value.at(-1)!).end } };
}

function isTuple(words: readonly Token[]): boolean {
  const isWrapped = words[0]?.text === '(' && words.at(-1)?.text === ')';
  let depth = 0;
  for (const [at, { kind, text }] of words.entries()) {
    if (kind !== 'mark') continue;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') {
      depth--;
      // `(a) + (b)` is wrapped in nothing.
      if (isWrapped && depth === 0 && at < words.length - 1) return hasComma(words, 0);
    }
  }
  return hasComma(words, 0) || (isWrapped && hasComma(words, 1));
}

function hasComma(words: readonly Token[], wanted: number): boolean {
  let depth = 0;
  return words.some(({ kind, text }) => {
    if (kind !== 'mark') return false;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
    return text === ',' && depth === wanted;
  });
}

/** The column of what begins its line; undefined for what stands behind something else. */
function indentOf(text: string, start: number): number | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  for (let at = line; at < start; at++) if (text[at] !== ' ' && text[at] !== '\t') return undefined;
  return start - line;
}
