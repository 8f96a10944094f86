/** A variable that compose puts in before it reads a value: `${NAME:-default}`. */
export interface Variable {
  readonly name: string;
  /** Of the name, in the text. */
  readonly start: number;
  readonly end: number;
  readonly operator: '' | '-' | ':-' | '+' | ':+' | '?' | ':?';
}

export interface Template {
  readonly variables: readonly Variable[];
  /** Where a `${` begins that compose cannot read. */
  readonly broken?: number;
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | (Variable & { readonly kind: 'variable'; readonly argument: readonly Part[] })
  | { readonly kind: 'broken'; readonly start: number };

/** The variables of a text, those inside of defaults included. */
export function readTemplate(text: string): Template {
  if (!text.includes('$')) return none;
  const variables: Variable[] = [];
  let broken: number | undefined;
  const collect = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (part.kind === 'broken') broken ??= part.start;
      if (part.kind !== 'variable') continue;
      variables.push(part);
      collect(part.argument);
    }
  };
  collect(partsOf(text, 0, text.length));
  return broken === undefined ? { variables } : { variables, broken };
}

const none: Template = { variables: [] };

/** The text with its defaults put in; undefined where a variable has none. `variables` are those that decide. */
export function fill(
  text: string,
): { readonly text: string; readonly variables: readonly string[] } | undefined {
  if (!text.includes('$')) return { text, variables: [] };
  const parts = partsOf(text, 0, text.length);
  const filled = fillParts(parts);
  if (filled === undefined) return undefined;
  return { text: filled, variables: readTemplate(text).variables.map(({ name }) => name) };
}

function fillParts(parts: readonly Part[]): string | undefined {
  let filled = '';
  for (const part of parts) {
    if (part.kind === 'text') filled += part.text;
    else if (part.kind === 'broken') return undefined;
    else if (part.operator.endsWith('-')) {
      const inner = fillParts(part.argument);
      if (inner === undefined) return undefined;
      filled += inner;
    } else if (!part.operator.endsWith('+')) return undefined;
  }
  return filled;
}

/** A `$` that begins neither a name, nor a brace, nor another `$` stands for itself. */
function partsOf(text: string, from: number, to: number): readonly Part[] {
  const parts: Part[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = from; at < to; at++) {
    if (text[at] !== '$') {
      plain += text[at];
      continue;
    }
    if (text[at + 1] === '$' && at + 1 < to) {
      plain += '$';
      at++;
      continue;
    }
    const isBraced = text[at + 1] === '{' && at + 1 < to;
    const read = isBraced ? braced(text, at, to) : named(text, at, to);
    if (!read) {
      plain += '$';
      continue;
    }
    flush();
    parts.push(read.part);
    at = read.end - 1;
  }
  flush();
  return parts;
}

interface Read {
  readonly part: Part;
  readonly end: number;
}

function named(text: string, at: number, to: number): Read | undefined {
  const end = nameEnd(text, at + 1, to);
  if (end === at + 1) return undefined;
  const part = variable(text, { start: at + 1, end }, '', []);
  return { part, end };
}

function braced(text: string, at: number, to: number): Read {
  const start = at + 2;
  const end = nameEnd(text, start, to);
  const operator = /^:?[-+?]/.exec(text.slice(end, end + 2))?.[0] ?? '';
  const close = closingBrace(text, at + 1, to);
  if (end === start || close < 0 || (operator === '' && close !== end))
    return { part: { kind: 'broken', start: at }, end: close < 0 ? to : close + 1 };
  const argument = operator === '' ? [] : partsOf(text, end + operator.length, close);
  return {
    part: variable(text, { start, end }, operator as Variable['operator'], argument),
    end: close + 1,
  };
}

function variable(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  operator: Variable['operator'],
  argument: readonly Part[],
): Part {
  return { kind: 'variable', name: text.slice(start, end), start, end, operator, argument };
}

/** The brace that closes the one at `open`, in its line. */
function closingBrace(text: string, open: number, to: number): number {
  let depth = 0;
  for (let at = open; at < to; at++) {
    if (text[at] === '\n') return -1;
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function nameEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (at === from ? /[a-z_]/i : /\w/).test(text[at]!)) at++;
  return at;
}
