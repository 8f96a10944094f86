import type { TextEdit } from '../../../core/finding.ts';
import { bulletSymbolOf } from '../status-style.ts';
import { editOf, type Change, type Draft, type HeadingForm, type Refused } from './draft.ts';
import { lineBreakAt } from './lines.ts';
import type { Parcel } from './parcel.ts';
import { gapAround, sectionLines } from './section-lines.ts';
import { leadsHeading, wordOfMark } from './set-status.ts';
import type { SettableStatus } from '../../../core/plan-edit.ts';

/** Beside which heading something goes. */
export interface BesideHeading {
  readonly form: HeadingForm;
  readonly isBefore: boolean;
}

/** True where a section stands beside another one already. */
export function isBesideSection(
  draft: Draft,
  form: HeadingForm,
  { form: other, isBefore }: BesideHeading,
): boolean {
  if (form.heading === other.heading) return true;
  const [first, second] = isBefore ? [form, other] : [other, form];
  const lines = sectionLines(draft, first.heading);
  return (
    form.heading.level === other.heading.level &&
    lines.behind?.end === sectionLines(draft, second.heading).start
  );
}

/** Moves a heading with all that stands below it; one gap goes along, so that as many blank lines stay between sections. */
export function moveSection(draft: Draft, form: HeadingForm, target: BesideHeading, into: Draft): Change {
  const body = atLevel(draft, form, target.form.heading.level);
  if (typeof body !== 'string') return body;
  const own = sectionLines(draft, form.heading);
  const isUp = into === draft && target.form.heading.span.start < own.start;
  const gap = (isUp ? own.before : undefined) ?? own.behind ?? own.before;
  const between = into === draft && gap ? draft.text.slice(gap.start, gap.end) : undefined;
  const lines = into === draft ? body : body.replaceAll(/\r\n?|\n/g, lineBreakAt(into.text, 0));
  return [insertSection(into, target, lines, between), takeSection(draft, form, isUp)];
}

/** Takes a section away, with the blank lines before it (`isUp`) or behind it. */
export function takeSection(draft: Draft, form: HeadingForm, isUp = false): TextEdit {
  const { start, end, above, before, behind } = sectionLines(draft, form.heading);
  return editOf(draft, behind && !(isUp && before) ? { start, end: behind.end } : { start: above, end }, '');
}

/** Writes an item as a heading beside another one, in its manner. */
export function placeHeading(draft: Draft, target: BesideHeading, parcel: Parcel): Change {
  const homeless = [
    ...(parcel.effort === '' ? [] : ['effort']),
    ...(parcel.dependencies === '' ? [] : ['dependencies']),
    ...parcel.others.keys(),
  ];
  if (homeless.length > 0 && parcel.finished === undefined)
    return { refused: `a heading has no place for \`${homeless[0]}\` of \`${parcel.title}\`` };
  const { title, priority, finished } = parcel;
  const name = title.replace(/\s+/g, ' ').trim();
  const dated = finished === undefined ? name : `${name} (${finished})`;
  const text = marked(draft, target.form, priority === '' ? dated : `${dated} (${priority})`, parcel.status);
  return [insertSection(draft, target, `${'#'.repeat(target.form.heading.level)} ${text}`)];
}

function insertSection(
  draft: Draft,
  { form, isBefore }: BesideHeading,
  lines: string,
  between?: string,
): TextEdit {
  const home = sectionLines(draft, form.heading);
  const gap = between ?? gapAround(draft, home);
  const at = isBefore ? home.start : home.end;
  return editOf(draft, { start: at, end: at }, isBefore ? lines + gap : gap + lines);
}

/** A section as it is written, its headings as many levels higher or lower as its new place asks for. */
function atLevel(draft: Draft, form: HeadingForm, level: number): string | Refused {
  const by = level - form.heading.level;
  const { start, end } = sectionLines(draft, form.heading);
  if (by === 0) return draft.text.slice(start, end);
  let lines = '';
  let at = start;
  for (const block of draft.blocks) {
    if (block.kind !== 'heading' || block.span.start < start || block.span.start >= end) continue;
    const signs = /^#+/.exec(draft.text.slice(block.span.start))?.[0].length ?? 0;
    if (signs === 0 || signs + by > 6)
      return {
        refused: `\`${form.item.item.title}\` cannot stand at the level of its new place; move it by hand`,
      };
    lines += draft.text.slice(at, block.span.start) + '#'.repeat(signs + by);
    at = block.span.start + signs;
  }
  return lines + draft.text.slice(at, end);
}

/** A heading's text with the mark of a status, where and how another heading has its own. */
function marked(draft: Draft, { item }: HeadingForm, text: string, status: Parcel['status']): string {
  const known: SettableStatus = status === 'unknown' ? 'planned' : status;
  const { slot, item: read } = item;
  const isInHeading = read.statusText !== '' && read.statusSpan.end <= read.location.span.end;
  if (isInHeading && slot.kind === 'cell') {
    const { start, end } = read.location.span;
    const [before, behind] = [
      draft.text.slice(start, read.statusSpan.start),
      draft.text.slice(read.statusSpan.end, end),
    ];
    const word = wordOfMark(known, draft);
    if (before === '[') return `[${word}] ${text}`;
    return /[[(]$/.test(before) ? `${text} ${before.at(-1)}${word}${behind[0]}` : `${text} - ${word}`;
  }
  const symbol = bulletSymbolOf(known, draft.model, draft.text);
  const isBefore = slot.kind !== 'tick' || slot.isBefore;
  return isBefore && leadsHeading(symbol, known, draft.model) ? `${symbol} ${text}` : `${text} ${symbol}`;
}
