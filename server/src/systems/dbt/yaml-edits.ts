import type { TextEdit } from '../../core/finding.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { findPair, type MapNode, type Node, type Pair } from '../../core/tree.ts';

/**
 * The edits that move pairs of a mapping under one key of it, which is made where it is not there yet.
 * Formatting and comments stay. Undefined where that cannot be done by moving text alone: aliases, merge
 * keys, several pairs of a mapping in braces that do not stand side by side.
 */
export function nestPairs(
  source: SourceFile,
  map: MapNode,
  pairs: readonly Pair[],
  under: string,
): readonly TextEdit[] | undefined {
  if (pairs.length === 0 || pairs.some((pair) => !isWrittenIn(pair, map))) return undefined;
  const nest = new Nest(source, map);
  const target = findPair(map, under);
  if (source.text[map.span.start] === '{') return target ? undefined : nest.inBraces(pairs, under);
  return target ? nest.intoBlock(pairs, target) : nest.asBlock(pairs, under);
}

/** The edits that take `pairs` out of a block mapping; undefined where they share a line with something else. */
class Nest {
  readonly #source: SourceFile;
  readonly #text: string;
  readonly #map: MapNode;

  constructor(source: SourceFile, map: MapNode) {
    this.#source = source;
    this.#text = source.text;
    this.#map = map;
  }

  inBraces(pairs: readonly Pair[], under: string): readonly TextEdit[] | undefined {
    const at = this.#map.pairs.indexOf(pairs[0]!);
    if (pairs.some((pair, offset) => this.#map.pairs[at + offset] !== pair)) return undefined;
    const end = this.#valueEnd(pairs.at(-1)!);
    return [this.#insert(startOf(this.#text, pairs[0]!), `${under}: {`), this.#insert(end, '}')];
  }

  asBlock(pairs: readonly Pair[], under: string): readonly TextEdit[] | undefined {
    const [first, ...rest] = pairs;
    const column = this.#columnOf(first!);
    if (pairs.some((pair) => this.#columnOf(pair) !== column || !this.#endsItsLine(pair))) return undefined;
    if (rest.some((pair) => !this.#beginsItsLine(pair))) return undefined;
    const key = `${under}:${this.#lineBreak()}${' '.repeat(column + 2)}`;
    const edits = [this.#insert(startOf(this.#text, first!), key)];
    for (const line of this.#innerLines(first!)) edits.push(this.#insert(line, '  '));
    if (rest.length === 0) return edits;
    const moved = rest.map((pair) => this.#lineBreak() + this.#indented(pair, column + 2)).join('');
    edits.push(this.#insert(this.#lineEnd(first!), moved), ...rest.map((pair) => this.#remove(pair)));
    return edits;
  }

  intoBlock(pairs: readonly Pair[], target: Pair): readonly TextEdit[] | undefined {
    const { value } = target;
    const [inner] = value.kind === 'map' ? value.pairs : [];
    if (!inner || value.kind !== 'map' || this.#text[value.span.start] === '{') return undefined;
    if (!isWrittenIn(target, this.#map) || !isWrittenIn(inner, value)) return undefined;
    if (pairs.some((pair) => findPair(value, pair.key.text) !== undefined)) return undefined;
    if (pairs.some((pair) => !this.#endsItsLine(pair) || !this.#beginsItsLine(pair))) return undefined;
    const column = this.#columnOf(inner);
    const moved = pairs
      .map((pair) => this.#indented(pair, column) + this.#lineBreak())
      .map((text) => text.slice(column) + ' '.repeat(column))
      .join('');
    return [this.#insert(startOf(this.#text, inner), moved), ...pairs.map((pair) => this.#remove(pair))];
  }

  /** The lines of a pair, the first one indented to `column` and the others with it. */
  #indented(pair: Pair, column: number): string {
    const by = column - this.#columnOf(pair);
    const written = this.#text.slice(startOf(this.#text, pair), this.#lineEnd(pair));
    const [first = '', ...rest] = written.split('\n');
    const moved = rest.map((line) => (line.trim() === '' ? line : shift(line, by)));
    return [' '.repeat(column) + first, ...moved].join('\n');
  }

  #remove(pair: Pair): TextEdit {
    const start = startOf(this.#text, pair);
    const lineStart = start - this.#columnOf(pair);
    const end = this.#lineEnd(pair);
    const after = this.#text.indexOf('\n', end);
    if (after >= 0) return this.#edit({ start: lineStart, end: after + 1 }, '');
    // The last line of the text takes the break before it along.
    const breakStart = this.#text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
    return this.#edit({ start: Math.max(0, breakStart), end: this.#text.length }, '');
  }

  /** The starts of the pair's lines behind its first that hold something. */
  #innerLines(pair: Pair): readonly number[] {
    const end = this.#lineEnd(pair);
    const found: number[] = [];
    for (let at = this.#text.indexOf('\n', pair.key.span.end); at >= 0 && at < end;) {
      const next = this.#text.indexOf('\n', at + 1);
      const line = this.#text.slice(at + 1, next < 0 ? undefined : next);
      if (line.trim() !== '') found.push(at + 1);
      at = next;
    }
    return found;
  }

  #columnOf(pair: Pair): number {
    return this.#source.positionAt(startOf(this.#text, pair)).character;
  }

  #beginsItsLine(pair: Pair): boolean {
    const start = startOf(this.#text, pair);
    return this.#text.slice(start - this.#columnOf(pair), start).trim() === '';
  }

  /** Nothing but a comment follows the value on its line. */
  #endsItsLine(pair: Pair): boolean {
    const end = this.#valueEnd(pair);
    return /^\s*(?:#.*)?$/.test(this.#text.slice(end, this.#lineEndAt(end)));
  }

  #lineEnd(pair: Pair): number {
    return this.#lineEndAt(this.#valueEnd(pair));
  }

  #lineEndAt(offset: number): number {
    const found = this.#text.indexOf('\n', offset);
    const end = found < 0 ? this.#text.length : found;
    return end > offset && this.#text[end - 1] === '\r' ? end - 1 : end;
  }

  #valueEnd({ key, value }: Pair): number {
    const end = Math.max(lastEnd(value), key.span.end);
    if (value.kind === 'scalar' && value.style === 'none') return this.#text.indexOf(':', key.span.end) + 1;
    return end;
  }

  #lineBreak(): string {
    return this.#text.includes('\r\n') ? '\r\n' : '\n';
  }

  #insert(at: number, newText: string): TextEdit {
    return this.#edit({ start: at, end: at }, newText);
  }

  #edit(span: Span, newText: string): TextEdit {
    return { path: this.#source.path, span, newText };
  }
}

/** False for what a merge key or an alias brings from elsewhere. */
function isWrittenIn({ key, value }: Pair, map: MapNode): boolean {
  if (key.span.start < map.span.start || key.span.end > map.span.end) return false;
  return value.span.start >= key.span.end && value.span.end <= Math.max(map.span.end, key.span.end + 2);
}

function startOf(text: string, { key }: Pair): number {
  const before = text[key.span.start - 1];
  return key.style !== 'plain' && (before === '"' || before === "'") ? key.span.start - 1 : key.span.start;
}

/** Where the text of a node ends, quotes included. */
function lastEnd(node: Node): number {
  if (node.kind !== 'scalar') return node.span.end;
  return node.style === 'single' || node.style === 'double' ? node.span.end + 1 : node.span.end;
}

function shift(line: string, by: number): string {
  if (by >= 0) return ' '.repeat(by) + line;
  const blanks = /^ */.exec(line)![0].length;
  return line.slice(Math.min(blanks, -by));
}
