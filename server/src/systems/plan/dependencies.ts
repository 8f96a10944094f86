import type { Span } from '../../core/span.ts';
import { isNothing } from './vocabulary.ts';

/** Splits what an item waits for at commas and semicolons; those inside brackets belong to the entry: 'Services (Redis, Kafka)'. */
export function splitDependencies(text: string): readonly string[] {
  return splitParts(text).filter((part) => !isNothing(part));
}

/** The parts of a text between commas and semicolons that stand outside brackets. */
export function splitParts(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text.replace(/\s+/g, ' ')) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    if ((character === ',' || character === ';') && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The same, but that what stands behind a part that ends so belongs to it: 'Nov 3, 2026'. */
export function joinedParts(text: string, goesOn: RegExp): readonly string[] {
  const parts: string[] = [];
  for (const part of splitParts(text)) {
    const last = parts.at(-1);
    if (last !== undefined && goesOn.test(last) && /^\d{4}\b/.test(part))
      parts[parts.length - 1] = `${last}, ${part}`;
    else parts.push(part);
  }
  return parts;
}

const saying = String.raw`depends\s+on|blocked\s+by|waits\s+for|waiting\s+(?:for|on)`;
/** Words that say so only before a colon. */
const announcing = String.raw`dependenc(?:y|ies)|after|needs|requires`;

/** What an aside begins with that says what a task waits for: `depends on: Load orders`. */
export const waitsBefore = new RegExp(
  String.raw`^(?:(?:${saying})(?:\s*:\s*|\s+)|(?:${announcing})\s*:\s*)(?=\S)`,
  'i',
);
/** The same behind a bracket, a dash or a comma, in a text that is still being written. */
const waitsAside = new RegExp(
  String.raw`(?:[([,;]|\s[–—-]\s)\s*(?:(?:${saying})(?:\s*:\s*|\s+)|(?:${announcing})\s*:\s*)`,
  'gi',
);
/** What a line begins with that says of a heading, or of the entry which it lies in, what it waits for. */
export const keysOfWaiting = 'dependenc(?:y|ies)|depends on|blocked by|prerequisites?|requires';
/** Such a line of a list: `- **Depends on**: Load orders`. */
const waitsLine = new RegExp(
  String.raw`^[\s>]*(?:[-*+]|\d+[.)])\s+[*_]*(?:${keysOfWaiting})[*_]*\s*[:=][*_]*\s*`,
  'i',
);
/** The same in a text as it is written, Markdown's marks among it. */
const waitsIn = new RegExp(String.raw`\b(?:${saying}|(?:${announcing})(?=[*_\x60]*\s*:))`, 'gi');

/** Where each of the dependencies is written in a cell: found in turn, or the whole cell where Markdown's marks hide one. */
export function placesOf(dependencies: readonly string[], within: Span, text: string): readonly Span[] {
  const raw = text.slice(within.start, within.end);
  let from = 0;
  return dependencies.map((dependency) => {
    const at = raw.indexOf(dependency, from);
    if (at >= 0) {
      from = at + dependency.length;
      return { start: within.start + at, end: within.start + from };
    }
    return within;
  });
}

/** The same of an entry of a list that says them beside its title, from where its plain text is `waiting`; empty where a sign says them. */
export function placesInEntry(
  dependencies: readonly string[],
  waiting: string,
  within: Span,
  text: string,
): readonly Span[] {
  const raw = text.slice(within.start, within.end);
  if (waiting === '') {
    const sign = raw.search(/⛔|dependsOn::/);
    return placesOf(dependencies, { start: within.start + Math.max(0, sign), end: within.end }, text);
  }
  const behind = [...waiting.matchAll(waitsIn)].length;
  const first = [...raw.matchAll(waitsIn)].at(-behind);
  const start = within.start + (first ? first.index + first[0].length : 0);
  return placesOf(dependencies, { start, end: within.end }, text);
}

/** Where what is written of dependencies begins in a line of a list, before its end; undefined where it writes of none. */
export function waitingFrom(line: string): { readonly at: number; readonly isLine: boolean } | undefined {
  const whole = waitsLine.exec(line);
  if (whole) return { at: whole[0].length, isLine: true };
  const last = [...line.matchAll(waitsAside)].at(-1);
  const at = last ? last.index + last[0].length : 0;
  return last && isOpen(line.slice(at)) ? { at, isLine: false } : undefined;
}

/** How much of a text belongs to the dependencies that it goes on with: up to what closes their bracket. */
export function waitingUntil(text: string): number {
  for (let at = 1; at <= text.length; at++)
    if (text[at - 1] === ';' || !isOpen(text.slice(0, at))) return at - 1;
  return text.length;
}

/** True where no bracket is closed that was opened before. */
function isOpen(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ('(['.includes(character)) depth++;
    else if (')]'.includes(character) && --depth < 0) return false;
  }
  return true;
}
