import type { TextEdit } from '../../../core/finding.ts';
import type { SettableStatus } from '../../../core/plan-edit.ts';
import type { PlanStatus } from '../../../core/plan.ts';
import type { Span } from '../../../core/span.ts';
import { placeOfValue, statusBelow } from '../entry-facts.ts';
import { attributesBelow } from '../labels.ts';
import { bulletSymbolOf, wordOf } from '../status-style.ts';
import { readStatus } from '../vocabulary.ts';
import { editOf, type Draft, type EntryForm, type Refused } from './draft.ts';
import type { EntryBody } from './entry-body.ts';

/** A line in an entry of a list that says a status: `- Status: in progress`. */
export interface StatusLine {
  readonly status: PlanStatus;
  /** Where it says it. */
  readonly span: Span;
}

/** The line in an item's entry that says its status; undefined where none does. */
export function statusLineOf(
  draft: Draft,
  { list, entry, item }: EntryForm,
): StatusLine | Refused | undefined {
  const line = statusBelow(attributesBelow(list)?.get(entry), draft.model.legend);
  if (!line) return undefined;
  const span = placeOfValue(line, draft.text);
  return span
    ? { status: line.status, span }
    : {
        refused: `the status of \`${item.item.title}\` is written in a way that cannot be changed from here`,
      };
}

/** Has the line say a status, where it does not. */
export function writeStatusLine(
  draft: Draft,
  { status: said, span }: StatusLine,
  status: SettableStatus,
): readonly TextEdit[] {
  return said === status ? [] : [editOf(draft, span, lineLabel(draft, span, status))];
}

/** What lies in an entry that is done; a line that says another status says so, too. */
export function finishedBody(
  draft: Draft,
  { entry }: EntryForm,
  line: StatusLine,
  body: EntryBody,
): EntryBody {
  if (line.status === 'done') return body;
  const [start, end] = [line.span.start - entry.span.end, line.span.end - entry.span.end];
  const { lines } = body;
  return {
    ...body,
    lines: `${lines.slice(0, start)}${lineLabel(draft, line.span, 'done')}${lines.slice(end)}`,
  };
}

/** As another entry's line says it, else in the manner of this one: with a symbol or not, in small letters or not. */
function lineLabel(draft: Draft, span: Span, status: SettableStatus): string {
  const { text, model } = draft;
  const used = draft.blocks.flatMap((block) => {
    const below = block.kind === 'list' ? attributesBelow(block) : undefined;
    return [...(below?.values() ?? [])].flatMap((entries) => {
      const line = statusBelow(entries, model.legend);
      const isPlain = line?.status === status && readStatus(line.text, model.legend).plain;
      return isPlain && placeOfValue(line, text) ? [line.text] : [];
    });
  });
  if (used[0] !== undefined) return used[0];
  const written = text.slice(span.start, span.end);
  const own = wordOf(status, model);
  const word = /\p{L}/u.test(written) && written === written.toLowerCase() ? own.toLowerCase() : own;
  const hasSymbol = readStatus(written, model.legend).symbol !== undefined;
  return hasSymbol ? `${bulletSymbolOf(status, model, text)} ${word}` : word;
}
