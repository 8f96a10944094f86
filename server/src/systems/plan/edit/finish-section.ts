import { keepsFinishedItems } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import { isHeadingItem, readHeading } from '../heading-items.ts';
import { attributesOf, isAttribute } from '../labels.ts';
import type { Block, HeadingBlock, PlainText } from '../markdown.ts';
import { isPhase } from '../phases.ts';
import { cutSections, type RawSection } from '../sections.ts';
import { labelOf } from '../status-style.ts';
import { readStatus } from '../vocabulary.ts';
import { aroundDate, dateInMannerOf, sortableDate } from './date-manner.ts';
import { editOf, textOfHeading, type Change, type Draft, type HeadingForm } from './draft.ts';
import { datedStatus, headingText, isMarked, unmarkedText } from './heading-text.ts';
import { lineBreakAt, lineEnd, lineStart, nextLine } from './lines.ts';
import { hasMore } from './move-item.ts';
import { pack } from './parcel.ts';
import { appendSection, moveSection, type BesideHeading } from './place-section.ts';
import { blocksOfSection, sectionLines } from './section-lines.ts';

/** Where finished items are kept: in a document, or below one heading of it. */
export interface FinishedPlace {
  readonly into: Draft;
  readonly home: HeadingBlock | undefined;
}

/**
 * Moves a heading with all below it to where finished ones are kept, marked and dated as those are. Undefined where
 * it can go as any other task: where no heading is kept, and nothing stands below it but facts.
 */
export function finishSection(
  draft: Draft,
  form: HeadingForm,
  day: string,
  place: FinishedPlace,
): Change | undefined {
  const { into } = place;
  const target = besideFinished(place, form);
  const edits = finishedEdits(draft, form, day, { into, beside: target?.form });
  if (target) return moveSection(draft, form, target, { into, edits });
  const kept = blocksIn(place).find(({ kind }) => kind === 'list' || kind === 'table');
  if (!kept && !hasMore(draft, form)) return undefined;
  if (!kept) {
    const home = place.home ?? into.blocks.find((block) => block.kind === 'heading');
    return appendSection(draft, form, home, { into, edits });
  }
  if (saysOnlyFacts(draft, form)) return undefined;
  return {
    refused: `more than a line belongs to \`${form.item.item.title}\`, and finished tasks stand in a ${kept.kind} there; move it by hand`,
  };
}

/** Beside which heading of a group the next finished one goes: where the newest stand first, before all. */
function besideFinished(place: FinishedPlace, form: HeadingForm): BesideHeading | undefined {
  const tasks = tasksIn(place).filter(({ form: { item } }) => item !== form.item);
  const from = form.item.item.group;
  const { parent } = tasks.find((task) => task.group === from) ?? tasks[0] ?? {};
  const beside = tasks.filter((task) => task.parent === parent);
  const [first, last] = [beside[0]?.form, beside.at(-1)?.form];
  if (!first || !last) return undefined;
  const { into } = place;
  return isNewestFirst(saidOf(into, first), saidOf(into, last))
    ? { form: first, isBefore: true }
    : { form: last, isBefore: false };
}

/** True where a day is said by the first, and an earlier one or none by the last. */
export function isNewestFirst(first: string, last: string): boolean {
  return sortableDate(first) > sortableDate(last);
}

/** What an item's heading says, and the line below it that says when it was finished. */
function saidOf(draft: Draft, form: HeadingForm): string {
  const line = dayLineOf(draft, form);
  return draft.text.slice(form.heading.span.start, form.heading.span.end) + (line?.text ?? '');
}

function blocksIn({ into, home }: FinishedPlace): readonly Block[] {
  return home ? blocksOfSection(into, home) : into.blocks;
}

/** A heading that says of itself that it is a task, and the section that it stands in. */
interface TaskSection {
  readonly form: HeadingForm;
  readonly group: string;
  readonly parent: RawSection | undefined;
}

const anyWork = { isNamedForWork: true, hasBoxes: false };

/** Headings that are tasks. Also those whose own plain bullets are taken for tasks, as all are in a list of what is done. */
function tasksIn(place: FinishedPlace): readonly TaskSection[] {
  const { into } = place;
  const { model, blocks } = into;
  const within = new Set(blocksIn(place).flatMap((block) => (block.kind === 'heading' ? [block.span] : [])));
  const headings = new Map(
    blocks.flatMap((block) => (block.kind === 'heading' ? [[block.span, block]] : [])),
  );
  const items = new Map(model.entries.map((item) => [item.item.location.span.start, item]));
  const above = new Set<RawSection | undefined>();
  const found: TaskSection[] = [];
  for (const section of cutSections(blocks, model.legend).toReversed()) {
    const heading = headings.get(section.heading);
    if (!heading || !within.has(heading.span) || !isHeadingItem(section, anyWork) || above.has(section))
      continue;
    for (let at = section.parent; at; at = at.parent) above.add(at);
    const { parent } = section;
    const read = readHeading(section, { ...into, path: into.source.path, legend: model.legend });
    const known = items.get(read.item.location.span.start);
    const group = known?.item.group ?? parent?.title ?? '';
    const item = known ?? { ...read, item: { ...read.item, id: '', group }, key: '' };
    const isList = keepsFinishedItems(section.title) || isPhase(section);
    if (known || (!isList && holdsOnlyBullets(into, heading)))
      found.unshift({ form: { kind: 'heading', item, heading }, group, parent });
  }
  return found;
}

/** True where nothing below a heading says a status of its own. */
function holdsOnlyBullets(draft: Draft, heading: HeadingBlock): boolean {
  const { start, end } = sectionLines(draft, heading);
  return draft.model.entries.every(
    ({ item, slot, span }) =>
      span.start < start || span.start >= end || (slot.kind === 'tick' && item.statusText === ''),
  );
}

/** Marks and dates a section's own text as the one beside its new place is. */
function finishedEdits(
  draft: Draft,
  form: HeadingForm,
  day: string,
  { into, beside }: { readonly into: Draft; readonly beside: HeadingForm | undefined },
): readonly TextEdit[] {
  const status = statusLineOf(draft, form);
  const isByLine = status !== undefined && beside !== undefined && !isMarked(beside);
  const said = isByLine ? datedStatus(beside, day) : undefined;
  const dayLine = beside && newDayLine(draft, form, day, { into, beside });
  const { title, priority } = pack(draft, form);
  const facts = {
    title,
    status: 'done',
    // Where a line says it, the line goes along.
    priority: form.item.item.prioritySpan ? '' : priority,
    ...(said === undefined && !dayLine ? { finished: day } : {}),
  } as const;
  const text = isByLine ? unmarkedText(into, beside, facts) : headingText(into, beside, facts);
  const word = said ?? (isByLine ? wordBeside(into, beside) : labelOf('done', into.model, into.text));
  const isDone = said === undefined && status?.isDone === true;
  return [
    editOf(draft, textOfHeading(draft, form), text),
    ...(status && !isDone ? [editOf(draft, status.span, word)] : []),
    ...(dayLine ? [dayLine] : []),
  ];
}

/** How another section's line says that it is done, where it says nothing more. */
function wordBeside({ model, text }: Draft, { item: { item } }: HeadingForm): string {
  const isPlain = item.status === 'done' && readStatus(item.statusText, model.legend).plain;
  return isPlain ? text.slice(item.statusSpan.start, item.statusSpan.end) : labelOf('done', model, text);
}

/** Where a line below a heading says its status. */
function statusLineOf(
  draft: Draft,
  { heading }: HeadingForm,
): (Pick<TextEdit, 'span'> & { readonly isDone: boolean }) | undefined {
  const line = attributesOf(ownBlocks(draft, heading)).get('status');
  if (!line) return undefined;
  const raw = draft.text.slice(line.span.start, line.span.end);
  const key = /(?:status|state)[*_`]*\s*[:=][*_`\s]*/i.exec(raw);
  const at = key ? key.index + key[0].length : raw.length;
  if (!raw.startsWith(line.text, at)) return undefined;
  const start = line.span.start + at;
  const isDone = readStatus(line.text, draft.model.legend).status === 'done';
  return { span: { start, end: start + line.text.length }, isDone };
}

/** A line below a heading that says when it was finished: `**Completed**: July 2025`. */
const dayKey =
  /^[*_]*(?:(?:date )?(?:completed|done|finished|closed|resolved|shipped|delivered)(?: (?:on|at|date))?|completion date|date)[*_]*\s*[:=]/i;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function dayLineOf(draft: Draft, { heading }: HeadingForm): Line | undefined {
  const { text } = draft;
  for (const { span } of ownTexts(draft, heading))
    for (let at: number | undefined = span.start; at !== undefined && at < span.end;) {
      const end = lineEnd(text, at);
      const said = text.slice(at, end);
      if (dayKey.test(said) && aroundDate(said) && !said.includes('|')) {
        const start = lineStart(text, at);
        return { start, end, text: text.slice(start, end) };
      }
      at = nextLine(text, end);
    }
  return undefined;
}

/** The line that says the day, where the heading beside has one: in its place where the section has one, too. */
function newDayLine(
  draft: Draft,
  form: HeadingForm,
  day: string,
  { into, beside }: { readonly into: Draft; readonly beside: HeadingForm },
): TextEdit | undefined {
  const pattern = dayLineOf(into, beside);
  if (!pattern) return undefined;
  const newText = dateInMannerOf(pattern.text, day);
  const own = dayLineOf(draft, form);
  if (own) return editOf(draft, own, newText);
  const { text } = draft;
  const eol = lineBreakAt(text, form.heading.span.start);
  const above = into.text.slice(lineEnd(into.text, beside.heading.span.end), pattern.start);
  const isApart = /^(?:\r\n?|\n)[ \t]*[\r\n]/.test(above);
  const at = lineEnd(text, form.heading.span.end);
  const next = nextLine(text, at) ?? at;
  const below = text.slice(next, lineEnd(text, next)).replace(/^[ \t>]*(?:[-*+][ \t]+)?/, '');
  // Any other line would run into this one.
  const isJoined = below === '' || isAttribute(below.replaceAll(/[*_`]/g, ''));
  return editOf(draft, { start: at, end: at }, `${isApart ? eol : ''}${eol}${newText}${isJoined ? '' : eol}`);
}

/** What stands below a heading, up to the next one. */
function ownBlocks(draft: Draft, heading: HeadingBlock): readonly Exclude<Block, HeadingBlock>[] {
  const own: Exclude<Block, HeadingBlock>[] = [];
  for (const block of draft.blocks.slice(draft.blocks.indexOf(heading) + 1)) {
    if (block.kind === 'heading') break;
    own.push(block);
  }
  return own;
}

/** The paragraphs and entries directly below a heading. */
function ownTexts(draft: Draft, heading: HeadingBlock): readonly PlainText[] {
  return ownBlocks(draft, heading).flatMap((block): readonly PlainText[] =>
    block.kind === 'list' ? block.entries : block.kind === 'paragraph' ? [block] : [],
  );
}

/** True where the lines below a heading say only what a plain task says of itself, each thing once. */
function saysOnlyFacts(draft: Draft, { heading }: HeadingForm): boolean {
  const below = draft.text.slice(heading.span.end, sectionLines(draft, heading).end);
  const written = below.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const lines = ownTexts(draft, heading).flatMap(({ text }) => text.split('\n'));
  const facts = lines.flatMap((line) => line.split(' | '));
  return (
    written.length === lines.length &&
    facts.every((fact) => isAttribute(fact.trim())) &&
    facts.length === attributesOf(ownBlocks(draft, heading)).size
  );
}
