import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import { waitingFrom, waitingUntil } from './dependencies.ts';
import type { PlanModel } from './model.ts';

/** Where an entry of a list says what its task waits for, about a cursor, and where that task stands. */
export interface WaitingAt {
  readonly cell: Span;
  readonly row: Span;
}

/** In an aside of an entry's own line (`(depends on: …)`), or in a line of its own in the entry; undefined elsewhere. */
export function waitingAt(
  { model, source: { text } }: ParsedFile<PlanModel>,
  offset: number,
): WaitingAt | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (!bullet.test(before)) return undefined;
  const from = waitingFrom(before);
  if (!from) return undefined;
  const behind = /^[^\r\n]*/.exec(text.slice(offset))![0];
  const end = offset + (from.isLine ? behind.length : waitingUntil(behind));
  const item = from.isLine
    ? itemAround(model, start, text)
    : model.plan.items.find(({ location: { span } }) => span.start >= start && span.start <= offset);
  return item && { cell: { start: start + from.at, end }, row: item.location.span };
}

const bullet = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s/;

/** The nearest item above a line that stands less deep. */
function itemAround(
  model: PlanModel,
  line: number,
  text: string,
): PlanModel['plan']['items'][number] | undefined {
  const depth = depthAt(line, text);
  return model.plan.items.findLast(({ location: { span } }) => {
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    return span.start < line && bullet.test(text.slice(start, span.start)) && depthAt(start, text) < depth;
  });
}

function depthAt(line: number, text: string): number {
  return /^[\s>]*/.exec(text.slice(line, line + 200))![0].length;
}
