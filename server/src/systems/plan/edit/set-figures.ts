import type { Span } from '../../../core/span.ts';
import { shapeOfColumn } from '../column-shape.ts';
import { readShare } from '../columns.ts';
import { writeCell } from './cells.ts';
import { dateInMannerOf } from './date-manner.ts';
import { editOf, type Change, type Draft } from './draft.ts';
import { lineBreakAt, lineEnd } from './lines.ts';

/** Ticks or unticks a criterion. */
export function setCriterion(draft: Draft, criterion: string, nth: number, done: boolean): Change {
  const found = draft.model.plan.criteria.filter(({ text }) => text === criterion)[nth];
  if (!found) return { refused: `the criterion \`${criterion}\` is no longer in the document` };
  if (found.done === done) return [];
  return [editOf(draft, found.markSpan, done ? doneMark(draft) : ' ')];
}

function doneMark({ model, text }: Draft): string {
  const used = model.plan.criteria
    .filter(({ done }) => done)
    .map(({ markSpan }) => text.slice(markSpan.start, markSpan.end));
  return used.length > 0 && used.every((mark) => mark === 'X') ? 'X' : 'x';
}

/** Writes the overall percentage where the document claims it. */
export function setOverall(draft: Draft, percent: number): Change {
  const { overallSpan } = draft.model;
  if (draft.model.plan.claimedOverall === undefined || !overallSpan)
    return {
      refused: 'the document claims no overall percentage; write `Overall readiness: 0 %` into it first',
    };
  return writeShare(draft, overallSpan, percent);
}

/** Writes the percentage of one row of a readiness table. */
export function setCategory(draft: Draft, category: string, percent: number): Change {
  const claims = draft.model.plan.readiness.filter((claim) => claim.category === category);
  const [claim] = claims;
  if (!claim) return { refused: `no readiness table has a row \`${category}\`` };
  if (claims.length > 1)
    return { refused: `several rows are called \`${category}\`; give each a name of its own` };
  return writeShare(draft, claim.span, percent);
}

/** The one percentage inside of a span; in a cell its column stays aligned. */
function writeShare(draft: Draft, within: Span, percent: number): Change {
  const shares = cellsIn(draft, within).filter(({ span }) => readShare(rawOf(draft, span)) !== undefined);
  const [only] = shares;
  if (only && shares.length > 1)
    return { refused: 'the row holds several percentages, and which one is meant cannot be told' };
  const span = only?.span ?? within;
  const raw = rawOf(draft, span);
  const match = /(?<![\d.])(\d{1,3}(?:[.,]\d+)?)(?=\s*%)/.exec(raw);
  if (!match) return { refused: 'the percentage is written in a way that cannot be changed from here' };
  const number = match[1]!.includes(',') ? String(percent).replace('.', ',') : String(percent);
  const newText = raw.slice(0, match.index) + number + raw.slice(match.index + match[0].length);
  if (newText === raw) return [];
  if (!only) {
    const start = span.start + match.index;
    return [editOf(draft, { start, end: start + match[0].length }, number)];
  }
  return [writeCell(draft, only, only.shape, newText)];
}

function rawOf({ text }: Draft, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The cells that lie in a span, or that it lies in, with the shapes of their columns. */
function cellsIn(
  { blocks, text }: Draft,
  within: Span,
): readonly { readonly span: Span; readonly room: Span; readonly shape: ReturnType<typeof shapeOfColumn> }[] {
  for (const block of blocks) {
    if (block.kind !== 'table' || block.span.start > within.start || block.span.end < within.end) continue;
    return block.rows.flatMap(({ cells }) =>
      cells.flatMap(({ span, room }, column) => {
        const isMeant =
          (span.start >= within.start && span.end <= within.end) ||
          (span.start <= within.start && span.end >= within.end);
        return isMeant ? [{ span, room, shape: shapeOfColumn(block, column, text) }] : [];
      }),
    );
  }
  return [];
}

/** Writes the day of the last update in the manner of the one that stands there; below the title where there is none. */
export function setUpdated(draft: Draft, date: string): Change {
  const { updated, updatedSpan } = draft.model.plan;
  if (updated === undefined) return insertUpdated(draft, date);
  if (!updatedSpan || rawOf(draft, updatedSpan) !== updated)
    return { refused: `\`${updated}\` is written in a way that cannot be changed from here` };
  const newText = dateInMannerOf(updated, date);
  return newText === updated ? [] : [editOf(draft, updatedSpan, newText)];
}

function insertUpdated(draft: Draft, date: string): Change {
  const title = draft.blocks.find((block) => block.kind === 'heading');
  if (!title) return { refused: 'the document has no title to write the day of its last update below' };
  const end = lineEnd(draft.text, title.span.end);
  const eol = lineBreakAt(draft.text, end);
  const follows = draft.text.slice(end).match(/^(?:\r\n?|\n)[ \t]*(?:\r\n?|\n|$)/) !== null;
  const newText = `${eol}${eol}*Last Updated: ${date}*${follows ? '' : eol}`;
  return [editOf(draft, { start: end, end }, newText)];
}
