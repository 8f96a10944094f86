import { joinedParts, waitsBefore } from './dependencies.ts';
import { isNothing, plainWords } from './vocabulary.ts';

/** What stands beside a title, as far as it says something for certain. */
export interface AsideFacts {
  readonly owners: readonly string[];
  readonly due?: string | undefined;
  /** When it was done, where that is said: `done 2026-11-03`, `✅ 2026-11-03`. */
  readonly finished?: string | undefined;
  /** A day of which nothing is said: of a task that is done when it was, else by when it is due. */
  readonly day?: string | undefined;
  /** `P1`, or what a sign means: `⏫` is High. */
  readonly priority?: string | undefined;
  /** The priority as it is written. */
  readonly rank?: string | undefined;
  readonly dependencies: readonly string[];
  readonly isWaiting: boolean;
  /** What others wait for it by: `🆔 ab12`. */
  readonly code?: string | undefined;
  /** A status as it is written, with its day where it has one: `done 2026-11-03`, `in progress`. */
  readonly status?: string | undefined;
  /** What else stands among signs: `🔁 every week`, `⏳ 2026-11-01`, `#load`. */
  readonly notes: readonly string[];
}

/** What decides how an aside is read besides its own words. */
export interface AsidePlace {
  /** Among what is finished, where a day alone tells when that was. */
  readonly isFinished?: boolean;
  /** Behind a box, where the signs of Obsidian's tasks are meant. */
  readonly isBoxed?: boolean;
}

export const noFacts: AsideFacts = { owners: [], dependencies: [], isWaiting: false, notes: [] };

export const name = String.raw`@[A-Za-z\d](?:[\w-]*[A-Za-z\d])?`;
const month = String.raw`(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`;
const nth = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const date = String.raw`(?:\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d|\d{1,2}\.\d{1,2}\.\d{4}|${month}\s+(?:${nth},?\s+)?\d{4}|${nth}\.?\s+${month}\s+\d{4})(?![\w/-])`;
const isDone = String.raw`(?:done|completed?|finished|closed|resolved|shipped|delivered|merged|released|deployed|fixed|implemented)`;
export const due = String.raw`(?:[📅📆🗓]\uFE0F?\s*|(?:due|deadline)(?:\s+(?:on|by|date))?\s*:{0,2}\s*)`;
const checked = String.raw`✅\uFE0F?\s*`;
/** How urgent the signs of Obsidian's tasks say that something is. */
export const ranksOfSigns: ReadonlyMap<string, string> = new Map([
  ['🔺', 'Highest'],
  ['⏫', 'High'],
  ['🔼', 'Medium'],
  ['🔽', 'Low'],
  ['⏬', 'Lowest'],
]);
const sign = String.raw`[${[...ranksOfSigns.keys()].join('')}]`;
/** What only signs say, and a box shows that they are meant. */
const boxed = {
  note: String.raw`(?:[⏳⌛🛫➕❌]\uFE0F?\s*|(?:scheduled|start|created|cancelled)::\s*)${date}|(?:🔁\uFE0F?|repeat::)\s*[a-z\d][a-z\d ,!]*|🏁\uFE0F?\s*(?:keep|delete)|\^[a-z\d-]+`,
  code: String.raw`(?:🆔\uFE0F?|id::)\s*[\w-]+`,
  waits: String.raw`(?:⛔\uFE0F?|dependsOn::)\s*[\w-]+(?:\s*,\s*[\w-]+)*`,
};

const plainTokens = [
  String.raw`(?<finished>(?:${checked}|${isDone}(?:\s+(?:on|in))?\s*:?\s+|completion::\s*)(?<finishedOn>${date}))`,
  String.raw`(?:${due}|(?:eta|target)(?:\s+date)?\s*:?\s*|by\s+)(?<due>${date})`,
  String.raw`(?:(?:by|owners?|assignees?|assigned\s+to)\s*:{0,2}\s*)?(?<name>${name})`,
  String.raw`(?:priority::\s*)?(?<rank>P\d(?:\.\d+)?)(?![\w.])`,
  String.raw`priority::\s*(?<level>(?:high|low)(?:est)?|medium)(?!\w)`,
  String.raw`(?:on\s+)?(?<day>${date})`,
  String.raw`by\s+(?<person>\p{L}[\p{L}'’-]+(?:\s+(?!on\b)\p{L}[\p{L}'’-]+){0,2})`,
];
const boxedTokens = [
  String.raw`(?<note>${boxed.note})`,
  String.raw`(?<code>${boxed.code})`,
  String.raw`(?<waits>${boxed.waits})`,
  String.raw`(?<sign>${sign})\uFE0F?`,
];
const unboxed = new RegExp(plainTokens.join('|'), 'iuy');
const inBox = new RegExp([...boxedTokens, ...plainTokens].join('|'), 'iuy');
const between = /[\s.–—·-]+|$/y;
const word = new RegExp(String.raw`^(?:${plainWords})(?=$|[\s:–—-])[\s:–—-]*`, 'iu');
/** `owner: Ann Lee`. */
const whose = /^(?:owner|assignee|assigned\s+to|responsible)\s*:{1,2}\s*(\p{L}[\p{L}\d .'’-]{0,40})$/iu;

/** Reads what stands in brackets, behind a dash or bare; undefined for what says anything else, too. */
export function readAside(content: string, place: AsidePlace): AsideFacts | undefined {
  let said = noFacts;
  const parts = joinedParts(content, new RegExp(String.raw`(?:^|\s)${month}\s+${nth}$`, 'iu'));
  for (const [at, part] of parts.entries()) {
    const facts = readPart(part, { ...place, isFirst: at === 0 });
    const more = facts ?? waitingPart(part, said.isWaiting);
    if (!more || (more.rank !== undefined && said.rank !== undefined)) return undefined;
    said = joinFacts(said, more);
  }
  if (!isCertain(said, place)) return undefined;
  const isDated = said.status !== undefined && said.status === parts[0] && said.day !== undefined;
  return isDated && parts[1] === said.day ? { ...said, status: `${said.status}, ${said.day}` } : said;
}

function isCertain(said: AsideFacts, place: AsidePlace): boolean {
  const { status, day, owners, finished } = said;
  const isSaidDone = finished !== undefined || (status !== undefined && doneWord.test(status));
  const isAlone = status !== undefined && isSame(said, { ...noFacts, status });
  // Of a box only what two states say goes without saying.
  if (isAlone || (status !== undefined && place.isBoxed && !isSaidDone)) return false;
  if (day !== undefined && !isSaidDone && owners.length === 0 && !place.isFinished) return false;
  // Sentences tell more than what something waits for.
  return !said.dependencies.some((words) => /\p{L}[.!?]\s/u.test(words));
}

function isSame(a: AsideFacts, b: AsideFacts): boolean {
  return JSON.stringify(joinFacts(noFacts, a)) === JSON.stringify(joinFacts(noFacts, b));
}

const doneWord = new RegExp(String.raw`^${isDone}$`, 'iu');

function waitingPart(part: string, isWaiting: boolean): AsideFacts | undefined {
  const key = waitsBefore.exec(part)?.[0];
  if (key === undefined && !isWaiting) return undefined;
  const words = part.slice(key?.length ?? 0);
  return { ...noFacts, isWaiting: true, dependencies: isNothing(words) ? [] : [words] };
}

/** A part between commas that only says such things. */
function readPart(
  part: string,
  { isBoxed = false, isFirst }: AsidePlace & { readonly isFirst: boolean },
): AsideFacts | undefined {
  const owner = whose.exec(part)?.[1];
  if (owner !== undefined) return { ...noFacts, owners: [owner.trim()] };
  const token = isBoxed ? inBox : unboxed;
  let said = noFacts;
  token.lastIndex = 0;
  let at = 0;
  const status = isFirst && !token.test(part) ? word.exec(part)?.[0] : undefined;
  if (status !== undefined) {
    said = { ...said, status: status.replace(/[\s:–—-]+$/, '') };
    at = status.length;
  }
  while (at < part.length) {
    token.lastIndex = at;
    const match = token.exec(part);
    between.lastIndex = token.lastIndex;
    const facts = match && factsOf(match, said);
    if (!facts || !between.test(part) || (facts.rank !== undefined && said.rank !== undefined))
      return undefined;
    said = joinFacts(said, facts);
    at = between.lastIndex;
  }
  return said;
}

function factsOf({ 0: whole, groups = {} }: RegExpExecArray, before: AsideFacts): AsideFacts | undefined {
  const { finished, finishedOn, due, name, rank, level, day, person, note, code, waits, sign } = groups;
  if (finished !== undefined) return { ...noFacts, finished: finishedOn, status: finished };
  if (due !== undefined) return { ...noFacts, due };
  if (name !== undefined) return { ...noFacts, owners: [name] };
  if (rank !== undefined) return { ...noFacts, priority: rank.toUpperCase(), rank };
  if (level !== undefined)
    return { ...noFacts, priority: level[0]!.toUpperCase() + level.slice(1).toLowerCase(), rank: level };
  if (sign !== undefined) return { ...noFacts, priority: ranksOfSigns.get(sign), rank: sign };
  if (day !== undefined) return { ...noFacts, day };
  if (note !== undefined) return { ...noFacts, notes: [whole] };
  if (code !== undefined) return { ...noFacts, code: valueOf(code) };
  if (waits !== undefined) return { ...noFacts, dependencies: valueOf(waits).split(/\s*,\s*/) };
  // Of a day nobody is called so, and who did something did it.
  const isName = person !== undefined && person.split(/\s+/).every((each) => /^\p{Lu}/u.test(each));
  const isDid =
    before.finished !== undefined || (before.status !== undefined && doneWord.test(before.status));
  return isName && isDid ? { ...noFacts, owners: [person] } : undefined;
}

function valueOf(signed: string): string {
  return signed.replace(/^(?:\w+::|\P{L}+?)\s*(?=[\w-]+)/u, '');
}

/** What two asides say together; the first one's word counts. */
export function joinFacts(first: AsideFacts, second: AsideFacts): AsideFacts {
  return {
    owners: [...first.owners, ...second.owners],
    due: first.due ?? second.due,
    finished: first.finished ?? second.finished,
    day: first.day ?? second.day,
    priority: first.priority ?? second.priority,
    rank: first.rank ?? second.rank,
    dependencies: [...first.dependencies, ...second.dependencies],
    isWaiting: first.isWaiting || second.isWaiting,
    code: first.code ?? second.code,
    status: first.status ?? second.status,
    notes: [...first.notes, ...second.notes],
  };
}

const plainEnd = String.raw`(?<=\s)(?:${name}|(?:${due}|${checked})${date})[\s.,;]*$`;
const boxedEnd = String.raw`(?<=\s)(?:${name}|(?:${due}|${checked})${date}|${boxed.note}|${boxed.code}|${boxed.waits}|${sign}\uFE0F?)[\s.,;]*$`;
const bare = new RegExp(plainEnd, 'iu');
const bareInBox = new RegExp(boxedEnd, 'iu');
const tags = /(?:(?<=\s)#\p{L}[\p{L}\d/_-]*\s*)+$/u;

/** Whose it is, by when it is due and what signs say, without any brackets around it, at the end. */
export function bareAside(
  text: string,
  place: AsidePlace,
): { readonly start: number; readonly said: AsideFacts } | undefined {
  const pattern = place.isBoxed ? bareInBox : bare;
  const match = pattern.exec(text);
  if (match) {
    // Commas among signs part what they name.
    const said = readPart(match[0].replace(/[\s.,;]+$/, ''), { ...place, isFirst: false });
    return said && { start: match.index, said };
  }
  // Behind signs, tags are none of the title's words.
  const tagged = place.isBoxed ? tags.exec(text) : null;
  const isBehindSigns = tagged !== null && bareInBox.test(text.slice(0, tagged.index));
  return isBehindSigns
    ? { start: tagged.index, said: { ...noFacts, notes: tagged[0].trim().split(/\s+/) } }
    : undefined;
}

const dayBefore = new RegExp(String.raw`^(${date})(?:\s*[:–—-]\s*|\s+)(?=\S)`, 'iu');

/** `2026-11-03: ` before the title of what is finished. */
export function dayBeforeTitle(text: string): { readonly length: number; readonly day: string } | undefined {
  const match = dayBefore.exec(text);
  return match ? { length: match[0].length, day: match[1]! } : undefined;
}
