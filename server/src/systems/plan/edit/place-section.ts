import { withEdits } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import type { HeadingBlock } from '../markdown.ts';
import { editOf, isRefused, type Change, type Draft, type HeadingForm, type Refused } from './draft.ts';
import { headingText } from './heading-text.ts';
import { lineBreakAt, lineEnd } from './lines.ts';
import { asWritten, type Parcel } from './parcel.ts';
import { gapAround, sectionLines } from './section-lines.ts';

/** Beside which heading something goes. */
export interface BesideHeading {
  readonly form: HeadingForm;
  readonly isBefore: boolean;
}

/** Where a section goes, and what of its own text changes on its way. */
export interface Way {
  readonly into: Draft;
  readonly edits?: readonly TextEdit[];
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
export function moveSection(draft: Draft, form: HeadingForm, target: BesideHeading, way: Way): Change {
  const body = onItsWay(draft, form, target.form.heading.level, way);
  if (typeof body !== 'string') return body;
  const { into } = way;
  const own = sectionLines(draft, form.heading);
  const isUp = into === draft && target.form.heading.span.start < own.start;
  const gap = (isUp ? own.before : undefined) ?? own.behind ?? own.before;
  const between = into === draft && gap ? draft.text.slice(gap.start, gap.end) : undefined;
  return [insertSection(into, target, body, between), takeSection(draft, form, isUp)];
}

/** Moves a section to where no other one of its kind is: to the end of what stands below a heading, or of a document without any. */
export function appendSection(
  draft: Draft,
  form: HeadingForm,
  home: HeadingBlock | undefined,
  way: Way,
): Change {
  const body = onItsWay(draft, form, home ? home.level + 1 : form.heading.level, way);
  if (typeof body !== 'string') return body;
  const { into } = way;
  const at = home ? sectionLines(into, home).end : lineEnd(into.text, into.text.trimEnd().length);
  const eol = lineBreakAt(into.text, 0);
  const lines = at === 0 ? body + eol : eol + eol + body;
  return [editOf(into, { start: at, end: at }, lines), takeSection(draft, form)];
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
  const text = headingText(draft, target.form, homeless.length > 0 ? asWritten(parcel) : parcel);
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
function onItsWay(
  draft: Draft,
  form: HeadingForm,
  level: number,
  { into, edits = [] }: Way,
): string | Refused {
  const { start, end } = sectionLines(draft, form.heading);
  const signs = signsAt(draft, form, level);
  if (isRefused(signs)) return signs;
  const own = [...signs, ...edits].map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  const lines = withEdits(draft.text.slice(start, end), own);
  return into === draft ? lines : lines.replaceAll(/\r\n?|\n/g, lineBreakAt(into.text, 0));
}

function signsAt(draft: Draft, form: HeadingForm, level: number): Change {
  const by = level - form.heading.level;
  if (by === 0) return [];
  const { start, end } = sectionLines(draft, form.heading);
  const edits: TextEdit[] = [];
  for (const block of draft.blocks) {
    if (block.kind !== 'heading' || block.span.start < start || block.span.start >= end) continue;
    const signs = /^#+/.exec(draft.text.slice(block.span.start))?.[0].length ?? 0;
    if (signs === 0 || signs + by > 6)
      return {
        refused: `\`${form.item.item.title}\` cannot stand at the level of its new place; move it by hand`,
      };
    const span = { start: block.span.start, end: block.span.start + signs };
    edits.push(editOf(draft, span, '#'.repeat(signs + by)));
  }
  return edits;
}
