import type { PlanItem } from '../../core/plan.ts';

const name = String.raw`@[A-Za-z\d](?:[\w-]*[A-Za-z\d])?`;
const day = String.raw`(?:📅\s*|(?:due|deadline)(?:\s+(?:on|by|date))?\s*:?\s*)\d{4}-\d\d-\d\d`;
const priority = String.raw`P\d(?:\.\d+)?`;

/** All that an entry ends with once nothing is left but whose it is, by when it is due, and how urgent: `(@ann, due 2026-11-01)`. */
const ending = new RegExp(
  String.raw`(?:(?<![^\s([,;–—-])[([]*(?:${name}|${day}|${priority})[)\]]*[\s,;.–—-]*)+$`,
  'iu',
);
const beginning = new RegExp(String.raw`^${name}(?=[\s:,])`);
const names = new RegExp(name, 'g');
/** No longer ending is looked for: of a text without end each letter might begin one. */
const longest = 200;

/**
 * Whose an entry of a list is and by when it is due, as people write it where there are no columns. Somebody who is
 * mentioned amid a sentence need not be who does it.
 */
export function asidesOf(text: string): Pick<PlanItem, 'owner' | 'due'> {
  if (!/@|\d{4}-\d\d-\d\d/.test(text)) return {};
  const [first] = beginning.exec(text) ?? [];
  const last = ending.exec(text.slice(-longest))?.[0] ?? '';
  const owner = [first ?? [], last.match(names) ?? []].flat().join(', ');
  const due = /\d{4}-\d\d-\d\d/.exec(last)?.[0];
  return { ...(owner === '' ? {} : { owner }), ...(due === undefined ? {} : { due }) };
}
