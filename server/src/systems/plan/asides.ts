import type { PlanItem } from '../../core/plan.ts';
import {
  bareAside,
  dayBeforeTitle,
  due,
  joinFacts,
  name,
  noFacts,
  readAside,
  type AsideFacts,
  type AsidePlace,
} from './aside-facts.ts';
import { waitsBefore } from './dependencies.ts';

/** All that an entry ends with once nothing is left but whose it is, by when it is due, and how urgent: `(@ann, due 2026-11-01)`. */
const ending = new RegExp(
  String.raw`(?:(?<![^\s([,;–—-])[([]*(?:${name}|${due}\d{4}-\d\d-\d\d|P\d(?:\.\d+)?)[)\]]*[\s,;.–—-]*)+$`,
  'iu',
);
const beginning = new RegExp(String.raw`^${name}(?=[\s:,])`);
/** `@ann, @bo: ` before the text. */
const namesBefore = new RegExp(
  String.raw`^${name}(?:(?:\s*[,&+/]\s*|\s+)${name})*(?:\s*[:,]|\s[–—-])\s+(?=\S)`,
);
const names = new RegExp(name, 'g');
/** What takes the name behind it into the sentence: 'Go through it with @ann'. */
const governing =
  /(?:^|\s)(?:and|or|[&+/]|with|without|to|by|from|for|of|via|on|at|in|per|than|as|like|about|against|is|are|ask|asks|see|tell|tells|call|meet|ping|mail|e-?mail|cc|invite|thank|remind|help|unblock)$/i;

/** No longer ending is looked for: of a text without end each letter might begin one. */
const longest = 200;
/** Limit: the same for what an entry waits for, which takes more words. */
const longestAside = 500;

/** Where a text has none of these, nothing stands beside its title but a priority. */
const hints =
  /@|\d{4}|\b(?:depends\s+on|blocked\s+by|waits\s+for|waiting\s+(?:for|on)|assigned\s+to)\b|\b(?:dependenc(?:y|ies)|after|needs|requires|owner|assignee|responsible|priority|repeat|id)\s*:|[🔺⏫🔼🔽⏬🔁🆔⛔🏁]/iu;

/** An entry's title, and what is said beside it. */
export interface Asides
  extends
    Pick<PlanItem, 'owner' | 'due' | 'finished' | 'priority' | 'dependencies'>,
    Partial<Pick<AsideFacts, 'day' | 'rank' | 'code' | 'status' | 'notes'>> {
  readonly title: string;
  /** How many characters stood before the title. */
  readonly lead: number;
  /** The priority stands among others: `(@ann, P1)`. */
  readonly isAmongOthers: boolean;
  /** The text from where it first says what the task waits for. */
  readonly waiting: string | undefined;
}

/**
 * Whose an entry of a list is, by when it is due, how urgent, and what it waits for, as people write it where there are no
 * columns, and the title without it. Somebody who is mentioned amid a sentence need not be who does it, and what was not
 * told for certain stays in the title.
 */
export function asidesOf(text: string, place: AsidePlace = {}): Asides {
  const ranked = splitPriority(text);
  const plain = {
    ...ranked,
    lead: text.startsWith(ranked.title) ? 0 : text.length - ranked.title.length,
    isAmongOthers: false,
    dependencies: [],
    waiting: undefined,
  };
  if (!hints.test(text)) return plain;
  const before = leadOf(text, place);
  const { title, said, from } = takeAsides(text.slice(before.length), before.priority, place);
  if (!/[\p{L}\p{N}]/u.test(title)) return { ...plain, ...loosely(text, [], noFacts) };
  const { day = before.day, rank, code, status, notes, finished } = said;
  return {
    title,
    lead: before.length,
    priority: before.priority ?? said.priority,
    isAmongOthers: said.priority !== undefined && ranked.priority === undefined,
    dependencies: said.dependencies,
    waiting: from === undefined ? undefined : text.slice(before.length + from),
    ...loosely(title, before.names, said),
    ...(finished === undefined ? {} : { finished }),
    day,
    rank,
    code,
    status,
    notes,
  };
}

/** An entry's text as what lies in it is called after it. */
export function withoutAsides(text: string, place: AsidePlace = {}): string {
  return hints.test(text) ? asidesOf(text, { ...place, isBoxed: true }).title : text;
}

/** What stands before a title: its priority, then whose it is; of what is finished the day. */
function leadOf(
  text: string,
  { isFinished = false }: AsidePlace,
): {
  readonly length: number;
  readonly priority: string | undefined;
  readonly names: readonly string[];
  readonly day?: string;
} {
  const dated = isFinished ? dayBeforeTitle(text) : undefined;
  if (dated) return { ...dated, priority: undefined, names: [] };
  const ranked = leading.exec(text);
  const length = ranked?.[0].length ?? 0;
  const owners = namesBefore.exec(text.slice(length, length + longest))?.[0] ?? '';
  return {
    length: length + owners.length,
    priority: ranked ? `P${ranked[1]}` : undefined,
    names: owners.match(names) ?? [],
  };
}

/** Whose it is and by when it is due, by what was taken out of the title and by what stayed in it. */
function loosely(
  title: string,
  before: readonly string[],
  said: AsideFacts,
): Pick<PlanItem, 'owner' | 'due'> {
  const [first] = before.length > 0 ? [] : (beginning.exec(title) ?? []);
  const last = /@|\d{4}-\d\d-\d\d/.test(title) ? (ending.exec(title.slice(-longest))?.[0] ?? '') : '';
  const owner = [
    ...before,
    ...(first === undefined ? [] : [first]),
    ...(last.match(names) ?? []),
    ...said.owners,
  ].join(', ');
  const due = /\d{4}-\d\d-\d\d/.exec(last)?.[0] ?? said.due;
  return { ...(owner === '' ? {} : { owner }), ...(due === undefined ? {} : { due }) };
}

/** Takes one aside after the other from a text's end, a text of its own priority only such as say none. */
function takeAsides(
  text: string,
  known: string | undefined,
  place: AsidePlace,
): { readonly title: string; readonly said: AsideFacts; readonly from: number | undefined } {
  const cut = Math.max(0, text.length - longestAside);
  let rest = text.slice(cut);
  let said = noFacts;
  let from: number | undefined;
  for (;;) {
    const last = inBrackets(rest, place) ?? withoutBrackets(rest, place) ?? behindDash(rest, place);
    if (!last || (last.said.priority !== undefined && (known ?? said.priority) !== undefined)) break;
    if (last.said.isWaiting) from = cut + last.start;
    said = joinFacts(last.said, said);
    rest = untied(rest.slice(0, last.start));
  }
  return { title: said === noFacts ? text : text.slice(0, cut) + rest, said, from };
}

/** A text without the signs that tied an aside to it. */
function untied(text: string): string {
  const rest = text.trimEnd();
  const tie = /(?:[,;:]|\s[–—·-]+)$/.exec(rest.slice(-longest));
  return tie ? untied(rest.slice(0, -tie[0].length)) : rest;
}

interface Aside {
  readonly start: number;
  readonly said: AsideFacts;
}

/** `(…)` or `[…]` at the end, with brackets of one level in it. */
function inBrackets(text: string, place: AsidePlace): Aside | undefined {
  const end = /[)\]](?=[\s.,;]*$)/.exec(text)?.index;
  if (end === undefined) return undefined;
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    if (')]'.includes(text[at]!)) depth++;
    else if ('(['.includes(text[at]!)) depth--;
    if (depth > 2) return undefined;
    if (depth > 0) continue;
    const said = at === 0 || /\s/.test(text[at - 1]!) ? readAside(text.slice(at + 1, end), place) : undefined;
    return said && { start: at, said };
  }
  return undefined;
}

/** ` – …` at the end: behind the last dash, or the last one behind which the text waits for something. */
function behindDash(text: string, place: AsidePlace): Aside | undefined {
  const dashes = [...text.matchAll(/\s[–—·-]+\s+/g)];
  const waiting = dashes.findLast(({ 0: dash, index }) => waitsBefore.test(text.slice(index + dash.length)));
  for (const dash of new Set([dashes.at(-1), waiting])) {
    const said = dash && readAside(text.slice(dash.index + dash[0].length), place);
    if (said) return { start: dash.index, said };
  }
  return undefined;
}

function withoutBrackets(text: string, place: AsidePlace): Aside | undefined {
  const aside = bareAside(text, place);
  // A sign is no part of a sentence.
  const isWord = aside && /^[@\w]/.test(text.slice(aside.start));
  return isWord && governing.test(text.slice(0, aside.start).trimEnd().slice(-20)) ? undefined : aside;
}

const leading = /^[[(]?P(\d(?:\.\d+)?)[\])]?\s*[:–—-]?\s+(?=\S)/i;

/** A priority at the beginning, or at the end in brackets or behind a dash. */
export function splitPriority(text: string): {
  readonly title: string;
  readonly priority: string | undefined;
} {
  const before = leading.exec(text);
  if (before) return { title: text.slice(before[0].length), priority: `P${before[1]}` };
  const trailing = /\s+(?:[[(]P(\d(?:\.\d+)?)[\])]|[–—·-]\s+P(\d(?:\.\d+)?))$/i.exec(text);
  if (trailing) return { title: text.slice(0, trailing.index), priority: `P${trailing[1] ?? trailing[2]}` };
  return { title: text, priority: undefined };
}
