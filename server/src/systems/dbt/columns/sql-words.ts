import type { Span } from '../../../core/span.ts';
import { findCalls, keyword, positional } from '../calls.ts';
import type { JinjaBlock } from '../jinja.ts';

/** A word of SQL. What Jinja writes is one word, whatever it is; comments are none. */
export interface SqlWord {
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'jinja';
  /** As it is meant: a quoted name without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** True for `"name"`. */
  readonly isQuoted?: true;
  /** What Jinja writes here, where that can be told. */
  readonly relation?: NamedRelation;
  /** `star(ref('x'))`: all columns of a relation but some. */
  readonly star?: { readonly of: NamedRelation; readonly except: readonly string[] };
}

/** A node by its name, a source's table by both of its names, or the model itself. */
export type NamedRelation =
  | { readonly kind: 'ref'; readonly name: string; readonly version?: string }
  | { readonly kind: 'source'; readonly name: string; readonly table: string }
  | { readonly kind: 'this' };

/** Limit: a longer query is generated, and nobody completes in it. */
const mostWords = 100_000;

/** Blocks whose text is not part of the query at the place where it stands. */
const apart = new Set(['macro', 'test', 'data_test', 'materialization', 'set', 'call', 'docs']);

/** The words of a model's SQL between two offsets, branches of Jinja one after another. */
export function sqlWords(
  text: string,
  blocks: readonly JinjaBlock[],
  { start = 0, end = text.length }: Partial<Span> = {},
): readonly SqlWord[] {
  const reader = new WordReader(text);
  const sets = new Map<string, NamedRelation>();
  let open: string | undefined;
  let at = start;
  for (const block of blocks) {
    if (open === undefined) reader.read(at, block.span.start);
    at = block.span.end;
    if (reader.words.length > mostWords) return reader.words;
    if (block.kind === 'statement') {
      const [first, name, mark] = block.tokens;
      const word = first?.text ?? '';
      if (open !== undefined) {
        if (word === `end${open}`) open = undefined;
      } else if (word === 'set' && mark?.text === '=' && name) {
        const relation = relationIn(block, sets);
        if (relation) sets.set(name.text, relation);
      } else if (apart.has(word)) open = word;
    } else if (block.kind === 'expression' && open === undefined && !isConfig(block)) {
      if (!reader.isInside) reader.words.push(jinjaWord(block, sets));
    }
  }
  if (open === undefined) reader.read(at, end);
  return reader.words;
}

/** `config(…)` writes nothing. */
function isConfig({ tokens }: JinjaBlock): boolean {
  return tokens[0]?.text === 'config';
}

function jinjaWord(block: JinjaBlock, sets: ReadonlyMap<string, NamedRelation>): SqlWord {
  const relation = relationIn(block, sets);
  const star = relation ? undefined : starIn(block, sets);
  return {
    kind: 'jinja',
    text: '',
    start: block.span.start,
    end: block.span.end,
    ...(relation ? { relation } : {}),
    ...(star ? { star } : {}),
  };
}

/** The relation that an expression, or what a variable is set to, is as a whole. */
function relationIn(
  { kind, tokens }: JinjaBlock,
  sets: ReadonlyMap<string, NamedRelation>,
): NamedRelation | undefined {
  const words = kind === 'statement' ? tokens.slice(3) : tokens;
  const [first] = words;
  if (first?.kind !== 'name') return undefined;
  if (words.length === 1) return first.text === 'this' ? { kind: 'this' } : sets.get(first.text);
  const [call] = findCalls(words);
  // Something that follows the call makes another thing of it.
  if (!call || call.index > 0 || closes(words, 1) !== words.length - 1) return undefined;
  return relationOf(call);
}

function relationOf(
  call: ReturnType<typeof findCalls> extends Iterable<infer T> ? T : never,
): NamedRelation | undefined {
  if (call.owner !== undefined && call.owner !== 'builtins') return undefined;
  const names = positional(call);
  if (call.name.text === 'source' && names.length === 2 && names[0] && names[1])
    return { kind: 'source', name: names[0].text, table: names[1].text };
  const name = call.name.text === 'ref' && names.length <= 2 ? names.at(-1) : undefined;
  if (!name) return undefined;
  const version = (keyword(call, 'v') ?? keyword(call, 'version'))?.only?.text;
  return { kind: 'ref', name: name.text, ...(version === undefined ? {} : { version }) };
}

/** `dbt_utils.star(from=ref('x'), except=['a'])`, which packages copy from each other. */
function starIn({ tokens }: JinjaBlock, sets: ReadonlyMap<string, NamedRelation>): SqlWord['star'] {
  const [call, ...inner] = findCalls(tokens);
  if (call?.name.text !== 'star' || closes(tokens, call.index + 1) !== tokens.length - 1) return undefined;
  // Aliases and prefixes make other names of them.
  if (call.arguments.some(({ keyword: name }) => name !== undefined && /prefix|suffix/.test(name)))
    return undefined;
  const from = keyword(call, 'from') ?? call.arguments.find((each) => each.keyword === undefined);
  const of = from?.only ? sets.get(from.only.text) : inner.map(relationOf).find((each) => each !== undefined);
  if (!of) return undefined;
  const words = keyword(call, 'except')?.words ?? [];
  return { of, except: words.flatMap(({ kind, text }) => (kind === 'string' ? text : [])) };
}

/** Where the bracket that opens at `open` is closed. */
function closes(words: readonly { readonly kind: string; readonly text: string }[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    const { kind, text } = words[at]!;
    if (kind !== 'mark') continue;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if ((text === ')' || text === ']' || text === '}') && --depth === 0) return at;
  }
  return -1;
}

/** One word at a time; each alternative begins with another letter, so none is read twice. */
const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\{#[\s\S]*?(?:#\}|$)|'(?:[^'\\]|''|\\.)*(?:'|$)|"[^"\n]*"?|`[^`\n]*`?|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|::|[^\s]/gy;

/** What an expression of Jinja may stand in, by how that begins and ends. */
interface Opened {
  readonly kind: "'" | '"' | '`' | '--' | '/*';
  readonly start: number;
}

/** Reads the text between blocks; a string, a quoted name or a comment that a block stands in goes on behind it. */
class WordReader {
  readonly words: SqlWord[] = [];
  readonly #text: string;
  #around: Opened | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the stretch that was read last ends in the middle of such a thing. */
  get isInside(): boolean {
    return this.#around !== undefined;
  }

  read(from: number, to: number): void {
    const first = this.#around ? this.#close(this.#around, from, to) : from;
    if (first === undefined) return;
    for (const match of this.#text.slice(first, to).matchAll(pattern)) {
      this.#add(match[0], first + match.index, to);
      if (this.words.length > mostWords) return;
    }
  }

  /** Where reading goes on behind what was open; undefined where it is open still. */
  #close({ kind, start }: Opened, from: number, to: number): number | undefined {
    const close = kind === '--' ? '\n' : kind === '/*' ? '*/' : kind;
    const at = this.#text.indexOf(close, from);
    const isHere = at >= 0 && at + close.length <= to;
    const isComment = kind === '--' || kind === '/*';
    if (!isHere && isComment) return undefined;
    const line = this.#text.slice(from, isHere ? at : to);
    if (!isHere && !line.includes('\n')) return undefined;
    this.#around = undefined;
    if (isComment) return at + close.length;
    // A quote that ends in no line of its own is half typed.
    if (!isHere || line.includes('\n')) return from;
    const end = at + 1;
    this.words.push({ kind: kind === "'" ? 'string' : 'jinja', text: '', start, end });
    return end;
  }

  #add(word: string, start: number, to: number): void {
    const code = word.charCodeAt(0);
    const end = start + word.length;
    const place = { start, end };
    if (/^\s/.test(word) || word.startsWith('{#')) return;
    if (word.startsWith('--') || word.startsWith('/*')) {
      const isOpen = word.startsWith('--') ? true : word.length < 4 || !word.endsWith('*/');
      if (isOpen && end === to) this.#around = { kind: word.startsWith('--') ? '--' : '/*', start };
    } else if (code === 39 || code === 34 || code === 96) {
      const kind = word[0] as "'" | '"' | '`';
      const isOpen = end === to && !isClosed(word) && !word.includes('\n');
      if (isOpen && to < this.#text.length) this.#around = { kind, start };
      else if (kind === "'") this.words.push({ kind: 'string', text: word, ...place });
      else
        this.words.push({ kind: 'name', text: word.replace(/^["`]|["`]$/g, ''), isQuoted: true, ...place });
    } else if (/^[A-Za-z_\u0080-\uffff]/.test(word)) this.words.push({ kind: 'name', text: word, ...place });
    else if (code >= 48 && code <= 57) this.words.push({ kind: 'number', text: word, ...place });
    else this.words.push({ kind: 'mark', text: word, ...place });
  }
}

/** Whether a quoted text ends with its own quote. */
function isClosed(word: string): boolean {
  return word.startsWith("'")
    ? /^'(?:[^'\\]|''|\\.)*'$/.test(word)
    : word.length > 1 && word.endsWith(word[0]!);
}
