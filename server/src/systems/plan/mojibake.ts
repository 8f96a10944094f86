import type { Span } from '../../core/span.ts';

/**
 * Reads text whose UTF-8 was once taken for Windows-1252 or Windows-1254: `ğŸ“‹` is 📋, `âœ…` is ✅.
 * Works on what is shown and compared; spans always belong to the raw text.
 */
export type Repair = (text: string) => string;

/** A repair for texts of this document: the identity where nothing in it is garbled. */
export function createRepair(document: string): Repair {
  return isGarbled(document) ? repairGarbled : asItIs;
}

/** The repair of a document in which nothing is garbled. */
export const asItIs: Repair = (text) => text;

/** True where the document holds a run that only a wrongly read emoji or punctuation mark gives. */
export function isGarbled(document: string): boolean {
  for (const match of document.matchAll(leads)) {
    if (wideRunAt(document, match.index)) return true;
  }
  return false;
}

/** Decodes every garbled run; all other text stays as it is. */
export function repairGarbled(text: string): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const run = wideRunAt(text, at) ?? narrowRunAt(text, at);
    result += run ? run.symbol : text[at]!;
    at += run ? run.length : 1;
  }
  return result;
}

/** How a garbled document spells the symbols it holds: ✅ is `âœ…` there. The first spelling of each counts. */
export function garbledSpellings(document: string): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const { index } of document.matchAll(leads)) {
    const run = wideRunAt(document, index);
    if (run && !spellings.has(run.symbol))
      spellings.set(run.symbol, document.slice(index, index + run.length));
  }
  return spellings;
}

/** Every garbled sign of a document that can be told, with what it was; what is lost for good is left out. */
export function garbledRuns(document: string): readonly { readonly span: Span; readonly symbol: string }[] {
  if (!isGarbled(document)) return [];
  const runs: { span: Span; symbol: string }[] = [];
  for (let at = 0; at < document.length;) {
    const run = wideRunAt(document, at) ?? narrowRunAt(document, at);
    const length = run?.length ?? 1;
    if (run && run.symbol !== '\uFFFD')
      runs.push({ span: { start: at, end: at + length }, symbol: run.symbol });
    at += length;
  }
  return runs;
}

interface Run {
  readonly symbol: string;
  readonly length: number;
}

/** Windows-1252 for the bytes 0x80 to 0x9F; a space where it has no character. */
const cp1252High = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const cp1254High = '€ ‚ƒ„…†‡ˆ‰Š‹Œ    ‘’“”•–—˜™š›œ  Ÿ';
const cp1254Letters = new Map([
  [0xd0, 'Ğ'],
  [0xdd, 'İ'],
  [0xde, 'Ş'],
  [0xf0, 'ğ'],
  [0xfd, 'ı'],
  [0xfe, 'ş'],
]);

/** What each byte became; undefined where the byte was lost. */
type CodePage = readonly (string | undefined)[];

const codePages: readonly CodePage[] = [codePage(cp1252High, new Map()), codePage(cp1254High, cp1254Letters)];

function codePage(high: string, letters: ReadonlyMap<number, string>): CodePage {
  return Array.from({ length: 256 }, (_, byte) => {
    if (byte < 0x80 || byte >= 0xa0) return letters.get(byte) ?? String.fromCharCode(byte);
    return high[byte - 0x80] === ' ' ? undefined : high[byte - 0x80];
  });
}

/** The byte a character was read from. Controls stand for themselves: Latin-1 keeps them. */
const byteOf: ReadonlyMap<string, number> = new Map([
  ...Array.from({ length: 32 }, (_, at) => [String.fromCharCode(0x80 + at), 0x80 + at] as const),
  ...codePages.flatMap((page) =>
    page.flatMap((character, byte) =>
      character !== undefined && byte >= 0x80 ? [[character, byte] as const] : [],
    ),
  ),
]);

/** Characters that begin a garbled run of three or four bytes. */
const leads = /[ðğâãï]/g;

/**
 * Symbols of which some code page loses a byte, in the order of preference where two look alike then.
 * All others decode exactly and need no list.
 */
const lossySymbols = Array.from('🎯🔍🏗⏳⏰⏱❌❎❓❗🐛🎉🎨🏆🏠🏭🌐📝📍📎📐🔐💎🤝🧐⭐⏭⏸➡”\uFE0F');

/** Garbled spellings with bytes lost (left out, or U+FFFD in their place) and the symbols they stood for. */
const lossySpellings: ReadonlyMap<string, string> = findLossySpellings();
const longestLossy = Math.max(...[...lossySpellings.keys()].map((spelling) => spelling.length));

function findLossySpellings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const symbol of lossySymbols) {
    for (const page of codePages) {
      const bytes = utf8(symbol.codePointAt(0)!);
      const read = bytes.map((byte) => page[byte]);
      if (!read.includes(undefined)) continue;
      for (const lost of ['', '\uFFFD']) {
        const spelling = read.map((character) => character ?? lost).join('');
        if (spelling.length >= bytes.length - 1 && !found.has(spelling)) found.set(spelling, symbol);
      }
    }
  }
  return found;
}

function wideRunAt(text: string, at: number): Run | undefined {
  const lead = byteOf.get(text[at]!) ?? 0;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : 0;
  if (length === 0) return undefined;
  return exactRunAt(text, at, length) ?? lossyRunAt(text, at);
}

function narrowRunAt(text: string, at: number): Run | undefined {
  const lead = byteOf.get(text[at]!) ?? 0;
  return lead >= 0xc2 && lead < 0xe0 ? exactRunAt(text, at, 2) : undefined;
}

function exactRunAt(text: string, at: number, length: number): Run | undefined {
  let point = byteOf.get(text[at]!)! & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next++) {
    if (!isContinuation(text[next])) return undefined;
    point = (point << 6) | (byteOf.get(text[next]!)! & 0x3f);
  }
  return isLikely(point, length) ? { symbol: String.fromCodePoint(point), length } : undefined;
}

function lossyRunAt(text: string, at: number): Run | undefined {
  for (let length = longestLossy; length > 1; length--) {
    const symbol = lossySpellings.get(text.slice(at, at + length));
    if (symbol !== undefined) return { symbol, length };
  }
  return unknownEmojiAt(text, at);
}

/** An emoji too much of which is lost to tell which one it was. */
function unknownEmojiAt(text: string, at: number): Run | undefined {
  if (byteOf.get(text[at]!) !== 0xf0 || byteOf.get(text[at + 1] ?? '') !== 0x9f) return undefined;
  let length = 2;
  while (length < 4 && isContinuation(text[at + length])) length++;
  return { symbol: '\uFFFD', length };
}

function isContinuation(character: string | undefined): boolean {
  const byte = byteOf.get(character ?? '') ?? 0;
  return (byte & 0xc0) === 0x80;
}

/** Letters, punctuation, signs and emoji: what plans hold. Anything else was not garbled but meant. */
function isLikely(point: number, length: number): boolean {
  if (length === 2) return point >= 0xa0 && point < 0x250;
  if (length === 3) return (point >= 0x2010 && point < 0x2c00) || point === 0xfe0f || point === 0x200d;
  return point >= 0x1f000 && point < 0x1fb00;
}

function utf8(point: number): readonly number[] {
  if (point < 0x80) return [point];
  const tail = (shift: number): number => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
}
