import type { PlanStatus } from '../../core/plan.ts';
import { otherMarks } from './boxes.ts';

/** What words say of a status. The longest phrase that the text begins with wins. */
const statusWords: Readonly<Record<Exclude<PlanStatus, 'unknown'>, readonly string[]>> = {
  planned: [
    'planned', 'to do', 'todo', 'not started', 'not yet started', 'not yet', 'not done', 'not complete', 'not completed', 'not ready', 'pending',
    'open', 'reopened', 'backlog', 'queued', 'scheduled', 'new', 'proposed', 'upcoming', 'next', 'next up', 'draft', 'drafted', 'outstanding',
    'future', 'later', 'missing', 'needed', 'tbd', 'tba', 'idea', 'ready to start', 'ready for dev', 'ready for development',
    'unstarted', 'incomplete', 'no', 'candidate', 'considering', 'under consideration', 'exploring', 'not implemented',
  ],
  'in-progress': [
    'in progress', 'in-progress', 'wip', 'work in progress', 'ongoing', 'started', 'active', 'doing', 'underway', 'under way', 'partial',
    'partially', 'partially done', 'partially complete', 'partly', 'mostly', 'mostly done', 'almost done', 'nearly done', 'in review', 'review',
    'under review', 'ready for review', 'in testing', 'testing', 'ready for testing', 'in development', 'in dev', 'developing', 'in qa',
    'implementing', 'building', 'in flight', 'in design', 'degraded', 'on track', 'at risk', 'investigating',
  ],
  done: [
    'done', 'complete', 'completed', 'finished', 'ready', 'shipped', 'merged', 'deployed', 'released', 'closed', 'resolved', 'live', 'implemented',
    'fixed', 'delivered', 'passed', 'pass', 'verified', 'accomplished', 'achieved', 'in production', 'yes', 'operational', 'running',
    'working', 'healthy', 'available', 'installed', 'configured', 'connected', 'success', 'successful', 'stable', 'up',
  ],
  blocked: [
    'blocked', 'blocked by', 'blocked on', 'on hold', 'hold', 'waiting', 'waiting for', 'waiting on', 'awaiting', 'stuck', 'stalled', 'paused',
    'suspended', 'failed', 'failing', 'broken', 'delayed', 'down', 'offline', 'not working',
  ],
  skipped: [
    'skipped', 'skip', 'cancelled', 'canceled', 'dropped', "won't do", 'wont do', "won't fix", 'wontfix', 'rejected', 'obsolete', 'deferred',
    'postponed', 'n/a', 'not needed', 'not applicable', 'not required', 'superseded', 'out of scope', 'descoped', 'removed', 'abandoned', 'deprecated',
  ],
}; // prettier-ignore

/** Words that say a status wherever they stand; 'new', 'open' or 'live' may be part of what something is called. */
export const plainWords =
  'complete|completed|done|finished|implemented|shipped|released|in[ -]progress|wip|ongoing|partial|partially (?:done|complete)|planned|not started|pending|to ?do|blocked|on hold|deferred|cancell?ed|skipped|postponed|not done|not implemented';

/** What a symbol alone says. A word beside it outweighs it: '❌ Not started', '🔄 To do'. */
const statusSymbols: Readonly<Record<Exclude<PlanStatus, 'unknown'>, readonly string[]>> = {
  planned: ['📋', '⬜', '☐', '◻', '🔲', '📝', '📅', '🗓', '⚪', '🆕', '🔜', '❌', '✗', '✘', '❎', ':x:', ':white_large_square:', ':clipboard:', '[ ]'],
  'in-progress': ['🚧', '🔄', '🟡', '🟠', '🔨', '🛠', '🏗', '⏳', '⌛', '🏃', '⚠', '◐', ':construction:', ':hourglass:', ':warning:', '[~]', '[/]'],
  done: ['✅', '✔', '✓', '☑', '🟢', '🎉', '🏁', ':white_check_mark:', ':heavy_check_mark:', ':ballot_box_with_check:', '[x]'],
  blocked: ['⛔', '🚫', '🛑', '🔴', '⏸', '🔒', ':no_entry:', ':no_entry_sign:', ':red_circle:', '[!]'],
  skipped: ['⏭', '⏩', '➖', '🗑', '🚮', ':fast_forward:', '[-]'],
}; // prettier-ignore

/** In a priority cell coloured circles tell the priority, so only these tell a status there. */
const ticks = new Set(['✅', '✔', '✓', '☑', '🚧', '⏳', '⬜', '☐', '⛔', '🚫', '⏭', '[x]', '[ ]']);

const words = invert(statusWords);
const symbols = invert(statusSymbols);

function invert(
  table: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, Exclude<PlanStatus, 'unknown'>> {
  return new Map(
    Object.entries(table).flatMap(([status, names]) =>
      names.map((name) => [name, status as Exclude<PlanStatus, 'unknown'>] as const),
    ),
  );
}

/** What a document's own legend says of its symbols, and its team's settings of words; outweighs the tables above. */
export type Legend = ReadonlyMap<string, PlanStatus> & {
  /** In lower case. */
  readonly words?: ReadonlyMap<string, Exclude<PlanStatus, 'unknown'>>;
};

export interface StatusReading {
  readonly status: PlanStatus;
  /** The text is a status and nothing else: no date, no 'by …', no percentage. Another item may be written so. */
  readonly plain: boolean;
  readonly symbol: string | undefined;
  /** The text without its symbols. */
  readonly words: string;
}

/** Reads a status cell whose garbled emoji are repaired and whose Markdown marks are gone. */
export function readStatus(text: string, legend: Legend = new Map()): StatusReading {
  const symbol = findSymbol(text);
  const rest = withoutSymbols(text);
  const phrase = rest.toLowerCase().replaceAll('’', "'");
  const spaced = phrase.replaceAll('_', ' ');
  const byWord = statusOfPhrase(phrase, legend.words) ?? statusOfPhrase(spaced, legend.words);
  if (byWord) {
    const plain = words.has(spaced) || legend.words?.has(phrase) === true;
    return { status: byWord, plain, symbol, words: rest };
  }
  const byShare = statusOfShare(phrase);
  if (byShare) return { status: byShare, plain: false, symbol, words: rest };
  if (symbol === undefined) return { status: 'unknown', plain: false, symbol, words: rest };
  return { status: statusOfSymbol(symbol, legend), plain: rest === '', symbol, words: rest };
}

export function statusOfSymbol(symbol: string, legend: Legend): PlanStatus {
  return legend.get(symbol) ?? symbols.get(symbol) ?? 'unknown';
}

/** The tick in a priority cell, where no status column exists. */
export function findTick(text: string): { readonly symbol: string; readonly index: number } | undefined {
  for (const match of text.matchAll(anySymbol)) {
    const symbol = bare(match[0]);
    if (ticks.has(symbol)) return { symbol, index: match.index };
  }
  return undefined;
}

const pictograph = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*`;
const otherSymbols = String.raw`[\u2190-\u21FF\u2300-\u23FF\u25A0-\u27BF\u2B00-\u2BFF]\uFE0F?|:[a-z_]+:|\[[ xX${otherMarks}]\]`;
const anySymbol = new RegExp(`${pictograph}|${otherSymbols}`, 'gu');
const leadingDecoration = new RegExp(
  `^(?:${pictograph}|[\\u2190-\\u21FF\\u2300-\\u23FF\\u25A0-\\u27BF\\u2B00-\\u2BFF\\uFE0F\\uFFFD\\u200D]|:[a-z_]+:|\\s)+`,
  'u',
);

/** The first symbol as the tables spell it: without a variation selector, `[X]` as `[x]`. */
export function findSymbol(text: string): string | undefined {
  const match = text.match(anySymbol);
  return match?.[0] === undefined ? undefined : bare(match[0]);
}

function bare(symbol: string): string {
  return symbol.replaceAll('\uFE0F', '').toLowerCase();
}

/** Titles and groups are shown without the emoji they begin with, unless nothing else is left. */
export function withoutDecoration(text: string): string {
  return text.replace(leadingDecoration, '') || text.trim();
}

export function withoutSymbols(text: string): string {
  return text
    .replace(anySymbol, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s.,;:!…-]+$/gu, '');
}

/** These say a status only when they stand alone: 'No idea' does not mean 'no'. */
const onlyAlone = new Set(['yes', 'no', 'new', 'next', 'idea', 'up', 'down', 'pass', 'candidate']);

function statusOfPhrase(phrase: string, own: Legend['words']): Exclude<PlanStatus, 'unknown'> | undefined {
  const ends = [...phrase.matchAll(/[^\p{L}\p{N}']/gu)].map((match) => match.index);
  for (const end of [...ends, phrase.length].reverse()) {
    const head = phrase.slice(0, end);
    const status = own?.get(head) ?? words.get(head);
    if (status && (end === phrase.length || !onlyAlone.has(head))) return status;
  }
  return undefined;
}

/** '60 %', '3/5', '100% complete'. */
function statusOfShare(phrase: string): PlanStatus | undefined {
  const percent = /^(\d{1,3})(?:[.,]\d+)?\s*%/.exec(phrase);
  const parts = /^(\d{1,4})\s*(?:\/|of)\s*(\d{1,4})\b/.exec(phrase);
  const share = percent ? Number(percent[1]) / 100 : parts ? Number(parts[1]) / Number(parts[2]) : NaN;
  if (!(share >= 0 && share <= 1)) return undefined;
  return share === 1 ? 'done' : share === 0 ? 'planned' : 'in-progress';
}

/** How a status is written where the document shows no way of its own. */
export const statusLabels: Readonly<
  Record<Exclude<PlanStatus, 'unknown'>, { readonly symbol: string; readonly word: string }>
> = {
  planned: { symbol: '📋', word: 'Planned' },
  'in-progress': { symbol: '🚧', word: 'In Progress' },
  done: { symbol: '✅', word: 'Done' },
  blocked: { symbol: '⛔', word: 'Blocked' },
  skipped: { symbol: '⏭️', word: 'Skipped' },
};

/** `P0`, `P0.1`, `High`; '🔴 High' is `High`, and a symbol alone stays as it is. Undefined where nothing is said. */
export function readPriority(text: string): string | undefined {
  const code = /\bP\s?(\d(?:\.\d+)?)\b/i.exec(text);
  if (code) return `P${code[1]}`;
  const rest = withoutSymbols(text);
  if (isNothing(rest) && findSymbol(text) === undefined) return undefined;
  return rest === '' ? text.trim() : rest;
}

/** True for cells that say that there is nothing: empty, a dash, 'none', 'n/a'. */
export function isNothing(text: string): boolean {
  return /^(?:[-–—]*|none|nothing|n\/?a|tbd|\?)$/i.test(text.trim());
}
