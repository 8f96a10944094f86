import { isBlank, isBreak, lineEnd } from './text-scan.ts';

/** A quoted text or a flow collection, found by its marks alone. */
export interface Enclosure {
  readonly kind: 'quote' | 'flow';
  readonly start: number;
  /** Behind its closing mark; -1 where it is never closed. */
  readonly end: number;
  /** Starts of the lines inside that are not indented deeper than the block around, as PyYAML allows. */
  readonly shallowLines: readonly number[];
  readonly column: number;
}

/** What a text's marks say of its layout, whether or not it parses. */
export interface Layout {
  readonly enclosures: readonly Enclosure[];
  /** Tabs that stand where indentation belongs. */
  readonly tabs: readonly number[];
  /** Tabs in the indentation of a block of text (`|`), which PyYAML refuses and ruamel takes. */
  readonly blockTabs: readonly number[];
  /** Tabs in or around unquoted text, which ruamel refuses and PyYAML takes. */
  readonly plainTabs: readonly number[];
}

/**
 * Finds quotes, brackets and misplaced tabs without parsing. Broken text is explained with it, and text
 * is read with it that PyYAML takes although YAML's own rules want it indented deeper.
 */
export function readLayout(text: string): Layout {
  const reader = new LayoutReader(text);
  reader.read();
  return {
    enclosures: reader.enclosures,
    tabs: reader.tabs,
    blockTabs: reader.blockTabs,
    plainTabs: reader.plainTabs,
  };
}

class LayoutReader {
  readonly enclosures: Enclosure[] = [];
  readonly tabs: number[] = [];
  readonly blockTabs: number[] = [];
  readonly plainTabs: number[] = [];
  readonly #text: string;
  #at = 0;
  #lineStart = 0;
  /** The columns of the keys and dashes that are open, each deeper than the one before. */
  readonly #columns: number[] = [];

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = this.#lineStart = 1;
  }

  read(): void {
    while (this.#at < this.#text.length) {
      this.#lineStart = this.#at;
      this.#indentation();
      while (this.#at < this.#text.length && !isBreak(this.#code())) this.#token();
      this.#at++;
    }
  }

  #code(offset = 0): number {
    return this.#text.charCodeAt(this.#at + offset);
  }

  /** White space at a line's start and behind a dash: no place for a tab. */
  #indentation(): void {
    for (;;) {
      const code = this.#code();
      if (code === 9) this.tabs.push(this.#at);
      else if (code !== 32) return;
      this.#at++;
    }
  }

  #token(): void {
    const code = this.#code();
    const next = this.#code(1);
    const isMark = Number.isNaN(next) || isBlank(next);
    if (code === 32) this.#at++;
    else if (code === 9) this.plainTabs.push(this.#at++);
    else if (this.#isDocumentMark()) this.#at += 3;
    else if (code === 35 && (this.#at === this.#lineStart || isBlank(this.#code(-1))))
      this.#at = lineEnd(this.#text, this.#at);
    else if ((code === 45 || code === 63) && isMark) {
      this.#open(this.#at - this.#lineStart);
      this.#at++;
      this.#indentation();
    } else if (code === 58 && isMark) this.#at++;
    else if (code === 38 || code === 33 || code === 42) this.#word();
    else if (code === 34 || code === 39) this.#enclosed('quote');
    else if (code === 91 || code === 123) this.#enclosed('flow');
    else if (code === 124 || code === 62) this.#blockScalar();
    else this.#plain();
  }

  /** `---` and `...` at a line's start: all that was open has ended. */
  #isDocumentMark(): boolean {
    if (
      this.#at !== this.#lineStart ||
      !/^(?:---|\.\.\.)(?:\s|$)/.test(this.#text.slice(this.#at, this.#at + 4))
    )
      return false;
    this.#columns.length = 0;
    return true;
  }

  /** A key or a dash at this column: what is deeper has ended. */
  #open(column: number): void {
    const columns = this.#columns;
    while (columns.length > 0 && columns.at(-1)! >= column) columns.pop();
    columns.push(column);
  }

  /** The column that what stands here must exceed. */
  #parentColumn(column: number): number {
    return this.#columns.findLast((open) => open < column) ?? -1;
  }

  #word(): void {
    while (this.#at < this.#text.length && !isBlank(this.#code())) this.#at++;
  }

  #enclosed(kind: Enclosure['kind']): void {
    const start = this.#at;
    const startLine = this.#lineStart;
    const column = start - startLine;
    const end = kind === 'quote' ? quoteEnd(this.#text, start) : flowCollectionEnd(this.#text, start);
    const close = end < 0 ? this.#text.length : end;
    const parent = this.#parentColumn(column);
    const shallowLines: number[] = [];
    for (let at = start; at < close; at++) {
      if (this.#text.charCodeAt(at) !== 10 || at + 1 >= close) continue;
      this.#lineStart = at + 1;
      let indent = 0;
      while (this.#text.charCodeAt(at + 1 + indent) === 32) indent++;
      if (indent <= parent && !isBreak(this.#text.charCodeAt(at + 1 + indent))) shallowLines.push(at + 1);
    }
    this.enclosures.push({ kind, start, end, shallowLines, column: parent + 1 });
    this.#at = close;
    if (this.#lineStart === startLine && this.#isKeyEnd()) this.#open(column);
  }

  #isKeyEnd(): boolean {
    let at = this.#at;
    while (this.#text.charCodeAt(at) === 32 || this.#text.charCodeAt(at) === 9) at++;
    return this.#text.charCodeAt(at) === 58;
  }

  #blockScalar(): void {
    const column = this.#at - this.#lineStart;
    const start = this.#at;
    this.#at = lineEnd(this.#text, start);
    const isExplicit = /^.[-+]?[1-9]/.test(this.#text.slice(start, this.#at));
    const from = this.#at;
    this.#skipDeeper(this.#parentColumn(column));
    if (!isExplicit) this.#findBlockTabs(from);
  }

  /** PyYAML finds a block's indentation by its first lines, and takes no tab for a part of it. */
  #findBlockTabs(from: number): void {
    const text = this.#text;
    let blockIndent = -1;
    for (let at = from; at < this.#at; at = lineEnd(text, at + 1)) {
      let next = at + (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1);
      const start = next;
      while (text.charCodeAt(next) === 32) next++;
      const first = text.charCodeAt(next);
      if (first === 9 && (blockIndent < 0 || next - start < blockIndent)) this.blockTabs.push(next);
      else if (blockIndent < 0 && !isBreak(first)) blockIndent = next - start;
      if (next > at + 1) at = next - 1;
    }
  }

  #plain(): void {
    const column = this.#at - this.#lineStart;
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const code = this.#code();
      if (code === 58 && (this.#at + 1 === text.length || isBlank(this.#code(1)))) {
        this.#open(column);
        this.#at++;
        return;
      }
      if (code === 35 && isBlank(this.#code(-1))) return;
      if (code === 9) this.plainTabs.push(this.#at);
      if (isBreak(code)) break;
    }
    this.#skipDeeper(this.#parentColumn(column));
  }

  /** Leaves the cursor at the end of the last line that is blank or indented deeper than `column`. */
  #skipDeeper(column: number): void {
    const text = this.#text;
    let end = this.#at;
    for (;;) {
      let next = end;
      if (text.charCodeAt(next) === 13) next++;
      if (text.charCodeAt(next) === 10) next++;
      if (next === end || next >= text.length) return;
      let indent = 0;
      while (text.charCodeAt(next + indent) === 32) indent++;
      const first = text.charCodeAt(next + indent);
      if (!isBreak(first) && indent <= column) return;
      end = lineEnd(text, next);
      this.#at = end;
      this.#lineStart = next;
    }
  }
}

/** Behind the closing quote; -1 where there is none. */
function quoteEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at++;
    else if (code === quote) {
      if (quote === 34 || text.charCodeAt(at + 1) !== 39) return at + 1;
      at++;
    }
  }
  return -1;
}

/** Behind the bracket that closes the one at `start`; -1 where there is none. */
function flowCollectionEnd(text: string, start: number): number {
  let depth = 0;
  let inPlain = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) {
      if (--depth === 0) return at + 1;
    } else if ((code === 34 || code === 39) && !inPlain) {
      const end = quoteEnd(text, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (code === 35 && isBlank(text.charCodeAt(at - 1))) at = lineEnd(text, at);
    else if (!isBlank(code) && code !== 44 && !(code === 58 && !isPlainColon(text, at))) {
      inPlain = true;
      continue;
    } else if (isBlank(code)) continue;
    inPlain = false;
  }
  return -1;
}

/** True where the colon is a part of a word (`a:b`). */
function isPlainColon(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  const isEnd =
    Number.isNaN(next) ||
    isBlank(next) ||
    next === 44 ||
    next === 91 ||
    next === 93 ||
    next === 123 ||
    next === 125;
  const before = text.charCodeAt(at - 1);
  return !isEnd && before !== 34 && before !== 39;
}
