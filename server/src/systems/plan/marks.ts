import type { PlanStatus } from '../../core/plan.ts';
import type { AsidePlace } from './aside-facts.ts';
import { asidesOf, type Asides } from './asides.ts';
import { findTick, plainWords, readStatus, statusOfSymbol, type Legend } from './vocabulary.ts';

/** A status that stands before or behind a text: `✅ Load`, `Load ✅`, `Phase 1 (COMPLETE)`, `[DONE] Load`, `Load - in progress`, `Load ✅ (@ann)`. */
export interface Mark {
  readonly status: Exclude<PlanStatus, 'unknown'>;
  /** As written: a symbol, or a word without its brackets. */
  readonly text: string;
  readonly place: 'before' | 'behind';
  readonly kind: 'symbol' | 'word';
  /** The text that is left. */
  readonly rest: string;
  /** What stands behind a mark that is behind the title: ` (@ann)`. */
  readonly tail?: string;
}

const plainWord = new RegExp(`^(?:${plainWords})$`, 'i');

function isSaid(text: string, legend: Legend): boolean {
  const words = text.trim().split(/\s[–—-]\s|[,:;]|\sin\s/, 1)[0]!;
  return plainWord.test(words) || legend.words?.has(words.toLowerCase()) === true;
}

/** True for a word that says this status as a mark, before a text (`[DONE] Load`) or behind it (`Load (done)`). */
export function isMarkWord(word: string, status: PlanStatus, legend: Legend): boolean {
  return (
    /^[\p{L} -]{3,20}$/u.test(word) && isSaid(word, legend) && readStatus(word, legend).status === status
  );
}

/** `Done: Load`, as a list of work has it where it writes no signs; 'Done: 5 of 6' counts. */
export function labelBefore(text: string, legend: Legend): Mark | undefined {
  const match = /^([\p{L} -]{3,20}?)\s*:\s+(?=[^\s\d])/u.exec(text);
  const { status } = readStatus(match?.[1] ?? '', legend);
  if (!match || status === 'unknown' || !isSaid(match[1]!, legend)) return undefined;
  return { status, text: match[1]!, place: 'before', kind: 'word', rest: text.slice(match[0].length) };
}

const leadWord = /^\[([\p{L} -]{3,20})\]\s+(?=\S)/u;
const trailWord = /\s*(?:[([]([^()[\]]{2,30})[)\]]|\s[–—-]+\s([\p{L} ]{3,20}))$/u;

/**
 * The mark of a text whose Markdown is gone and whose emoji are repaired; undefined where it has none.
 * Before a heading only ticks count: 📋, 🔄 and ⏭️ ('Next steps') decorate there.
 */
export function findMark(text: string, legend: Legend, { isHeading = false } = {}): Mark | undefined {
  return markAmong(text, asidesOf(text), legend, isHeading) ?? markOf(text, legend, isHeading);
}

/** The same of an entry of a list, in which what is said beside the title may say how it is: `Load (done 2026-11-03 by @ann)`. */
export function findEntryMark(text: string, legend: Legend, place?: AsidePlace): Mark | undefined {
  const asides = asidesOf(text, place);
  return (
    markAmong(text, asides, legend, false) ?? saidAside(text, asides, legend) ?? markOf(text, legend, false)
  );
}

/** A mark before what is said beside a title. */
function markAmong(
  text: string,
  { title, lead }: Asides,
  legend: Legend,
  isHeading: boolean,
): Mark | undefined {
  const tail = text.slice(lead + title.length);
  const mark = tail === '' ? undefined : markOf(text.slice(0, -tail.length), legend, isHeading);
  return mark && { ...mark, rest: mark.rest + tail, tail };
}

function saidAside(text: string, { status: said }: Asides, legend: Legend): Mark | undefined {
  if (said === undefined) return undefined;
  const { status } = /^\p{L}[\p{L} -]*$/u.test(said) ? readStatus(said, legend) : { status: 'done' as const };
  if (status === 'unknown') return undefined;
  const at = text.lastIndexOf(said);
  const isSymbol = !/^\p{L}/u.test(said) && !/[([]$/.test(text.slice(0, at));
  return { status, text: said, place: 'behind', kind: isSymbol ? 'symbol' : 'word', rest: text };
}

function markOf(text: string, legend: Legend, isHeading: boolean): Mark | undefined {
  const mark = symbolBefore(text, legend, isHeading) ?? wordBefore(text, legend) ?? behind(text, legend);
  return isHeading && mark && isColourOfGrade(mark, legend) ? undefined : mark;
}

/** 'Medium priority 🟡' is not in progress: beside a priority or a risk a circle says how high it is. */
function isColourOfGrade({ kind, text, rest }: Mark, legend: Legend): boolean {
  return (
    kind === 'symbol' &&
    text === '🟡' &&
    !legend.has(text) &&
    /\b(?:priority|risk|severity|impact|urgency)\b|^(?:critical|high|medium|low)\b/i.test(rest)
  );
}

function symbolBefore(text: string, legend: Legend, isHeading: boolean): Mark | undefined {
  const tick = findStatusSymbol(text, legend, isHeading);
  if (!tick) return undefined;
  const rest = text.slice(tick.length).replace(/^[\s\uFE0F:–—-]+/, '');
  if (rest === '') return undefined;
  const word = behind(rest, legend);
  return {
    status: word?.status ?? statusAlone(rest, legend) ?? tick.status,
    text: tick.symbol,
    place: 'before',
    kind: 'symbol',
    rest: word?.rest ?? rest,
  };
}

/** What a text says that is a status and nothing else: '⏳ Pending', '🟡 Planned (spring)'. */
function statusAlone(text: string, legend: Legend): Mark['status'] | undefined {
  const word = text.replace(/\s*\([^()]*\)$/, '');
  const { status } = readStatus(word, legend);
  return status !== 'unknown' && isMarkWord(word, status, legend) ? status : undefined;
}

function wordBefore(text: string, legend: Legend): Mark | undefined {
  const match = leadWord.exec(text);
  const reading = match && readStatus(match[1]!, legend);
  if (!reading || reading.status === 'unknown' || !isSaid(match[1]!, legend)) return undefined;
  return {
    status: reading.status,
    text: match[1]!,
    place: 'before',
    kind: 'word',
    rest: text.slice(match[0].length),
  };
}

function behind(text: string, legend: Legend): Mark | undefined {
  const word = trailWord.exec(text);
  const said = word?.[1] ?? word?.[2] ?? '';
  const reading = word && readStatus(said, legend);
  if (reading && reading.status !== 'unknown' && (isSaid(said, legend) || reading.symbol !== undefined)) {
    const before = text.slice(0, word.index).trim();
    const rest = (symbolBehind(before, legend)?.rest ?? before).replace(/[\s:–—-]+$/, '');
    if (rest !== '') return { status: reading.status, text: said, place: 'behind', kind: 'word', rest };
  }
  return symbolBehind(text, legend);
}

/** These may be part of what something is called, but not behind a sign. */
const finishedWords = /^(?:resolved|fixed|verified|deployed|merged|delivered|closed|operational)$/i;

/** `Load ✅` and `Load ✅ COMPLETED`. */
function symbolBehind(text: string, legend: Legend): Mark | undefined {
  const match = /\s*(\S{1,3})(?:\s+([\p{L} ]{4,20}))?$/u.exec(text);
  if (!match) return undefined;
  const tail = text.slice(match.index).trim();
  const tick = findStatusSymbol(tail, legend, false);
  if (!tick) return undefined;
  const word = tail.slice(tick.length).replace(/^[\s\uFE0F]+/, '');
  const isStatus = isSaid(word, legend) || finishedWords.test(word);
  const status = word === '' ? tick.status : isStatus ? readStatus(word, legend).status : 'unknown';
  const rest = text.slice(0, match.index).trim();
  if (status === 'unknown' || rest === '') return undefined;
  return { status, text: tick.symbol, place: 'behind', kind: 'symbol', rest };
}

/** The symbol that the text begins with, where it says a status and nothing else. */
function findStatusSymbol(text: string, legend: Legend, isHeading: boolean): StatusSymbol | undefined {
  const tick = findTick(text);
  const isDecoration = isHeading && tick?.symbol === '⏭' && !legend.has(tick.symbol);
  if (tick?.index === 0 && !tick.symbol.startsWith('[') && !isDecoration)
    return known(tick.symbol, statusOfSymbol(tick.symbol, legend));
  const [first = ''] = text;
  return known(first, legend.get(first) ?? (isHeading ? undefined : plainMarks.get(first)));
}

/**
 * The symbol that a text behind an empty box begins with, where it says what a box cannot. A circle may as well be a
 * priority there.
 */
export function symbolBehindBox(text: string, legend: Legend): string | undefined {
  const found = findStatusSymbol(text, legend, false);
  if (!found || found.status === 'done' || found.status === 'planned') return undefined;
  return found.symbol === '🟡' && !legend.has(found.symbol) ? undefined : found.symbol;
}

interface StatusSymbol {
  readonly symbol: string;
  readonly length: number;
  readonly status: Mark['status'];
}

function known(symbol: string, status: PlanStatus | undefined): StatusSymbol | undefined {
  return status === undefined || status === 'unknown' ? undefined : { symbol, length: symbol.length, status };
}

/** Symbols before a text that no priority and no decoration is written with. */
const plainMarks: ReadonlyMap<string, Exclude<PlanStatus, 'unknown'>> = new Map([
  ['🔄', 'in-progress'],
  ['🟡', 'in-progress'],
  ['🔜', 'planned'],
  ['📋', 'planned'],
  ['❌', 'planned'],
  ['⏸', 'blocked'],
  ['⌛', 'in-progress'],
  ['🔲', 'planned'],
]);
