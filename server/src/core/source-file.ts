import { findLineStarts, lineStartsAfter } from './line-starts.ts';
import type { Position, Range, Span } from './span.ts';
import { changeBetween, type TextChange } from './text-change.ts';

/** So many lines are looked at one by one. */
const closeBy = 4;

/** One immutable version of a file's text; an edit makes a new one. */
export class SourceFile {
  /** The URI's path: posix, absolute, `/c:/…` on Windows. */
  readonly path: string;
  #text: string | (() => string);
  #lineStarts: Uint32Array | undefined;
  #kept: Map<object, unknown> | undefined;
  #change: { readonly before: string; readonly change: TextChange } | undefined;
  /** True for a version that follows another: what pays only from the second reading on is kept of such alone. */
  readonly isEdited: boolean;

  /**
   * A text that few will ask for may be given as the way to get it. A new version takes what is kept from its `former`
   * one, which is left as if it had never been read.
   */
  constructor(path: string, text: string | (() => string), former?: SourceFile) {
    this.path = path;
    this.#text = text;
    this.isEdited = former !== undefined;
    if (former === undefined) return;
    this.#kept = former.#kept;
    former.#kept = undefined;
  }

  get text(): string {
    return typeof this.#text === 'string' ? this.#text : (this.#text = this.#text());
  }

  /** What is kept under `key` from one version of the file to the next, so that a reading can go on from it; at first what `make` gives. */
  kept<T>(key: object, make: () => T): T {
    this.#kept ??= new Map();
    if (!this.#kept.has(key)) this.#kept.set(key, make());
    return this.#kept.get(key) as T;
  }

  /** What became of a former version's text; looked for once however many ask. */
  changeFrom(before: string): TextChange {
    if (this.#change?.before !== before) this.#change = { before, change: changeBetween(before, this.text) };
    return this.#change.change;
  }

  /** Lets go of what is kept: of a platform's files few are read again. */
  forget(): void {
    this.#kept = undefined;
    this.#change = undefined;
  }

  get lineCount(): number {
    return this.#lines().length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(at);
    return { line, character: at - this.#lines()[line]! };
  }

  /** The zero-based line that an offset is in; `near`, where it stands at or close before it, is found sooner. */
  lineAt(offset: number, near = 0): number {
    const lines = this.#lines();
    if (near < lines.length && lines[near]! <= offset)
      for (let line = near; line < near + closeBy; line++)
        if (line + 1 >= lines.length || lines[line + 1]! > offset) return line;
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset of a position; a position past a line's end is that end, its line break excluded. */
  offsetAt(position: Position): number {
    const lines = this.#lines();
    if (position.line < 0) return 0;
    if (position.line >= lines.length) return this.text.length;
    return Math.min(lines[position.line]! + Math.max(0, position.character), this.#lineEnd(position.line));
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  /** The span of a zero-based line without its line break; undefined where there is no such line. */
  lineSpan(line: number): Span | undefined {
    const start = this.#lines()[line];
    return start === undefined ? undefined : { start, end: this.#lineEnd(line) };
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  #lineEnd(line: number): number {
    let end = this.#lines()[line + 1] ?? this.text.length;
    while (end > this.#lines()[line]! && isBreak(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  #lines(): Uint32Array {
    return (this.#lineStarts ??= this.#findLines());
  }

  #findLines(): Uint32Array {
    if (!this.isEdited) return findLineStarts(this.text);
    const kept = this.kept(findLineStarts, (): { text: string; starts: Uint32Array | undefined } => ({
      text: '',
      starts: undefined,
    }));
    kept.starts = kept.starts
      ? lineStartsAfter(kept.starts, this.changeFrom(kept.text), this.text)
      : findLineStarts(this.text);
    kept.text = this.text;
    return kept.starts;
  }
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
