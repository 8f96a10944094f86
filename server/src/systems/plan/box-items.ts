import type { PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { asidesOf } from './asides.ts';
import type { ReadBullet } from './bullets.ts';
import { entryFacts, statusBelow, type EntryContext } from './entry-facts.ts';
import { flat } from './flat.ts';
import type { ListEntry } from './markdown.ts';
import { symbolBehindBox } from './marks.ts';
import { spanOfText, withBlanks, type ItemContext } from './places.ts';
import { statusIfStruck, strikeOf } from './struck.ts';
import { statusOfSymbol, withoutDecoration, type Legend } from './vocabulary.ts';

/** Reads an entry of a check list: `- [ ] Load`, `- [ ] 🚧 Load (@ann)`; undefined where it has no title. */
export function readBox(entry: ListEntry, context: EntryContext): ReadBullet | undefined {
  const { box } = entry;
  const { symbol, symbolSpan } = symbolAfterBox(entry, context);
  const { isFinished } = context;
  const asides = asidesOf(withoutDecoration(flat(entry.text)), { isBoxed: true, isFinished });
  if (!box || asides.title === '') return undefined;
  const isEmpty = box.mark.trim() === '' && symbol === undefined;
  const line = isEmpty ? statusBelow(context.below, context.legend) : undefined;
  // What two states can say, the box says.
  const said = line && line.status !== 'done' && line.status !== 'planned' ? line : undefined;
  const behind = symbol ?? said?.text;
  const statusText = `[${box.mark}]${behind === undefined ? '' : ` ${behind}`}`;
  const lane = isEmpty && !line ? context.lane : undefined;
  const status = statusIfStruck(
    { status: said?.status ?? lane ?? statusOfBox(box.mark, symbol, context.legend), statusText },
    strikeOf(context.text, entry.span),
  );
  const note = asides.notes?.join(' ') ?? '';
  const item = {
    title: withoutDecoration(asides.title),
    status,
    statusText,
    location: { path: context.path, span: entry.span },
    statusSpan: box.span,
    ...entryFacts(asides, status, entry.span, context),
    ...(note === '' ? {} : { note }),
  };
  const span = { start: box.span.start - 1, end: entry.span.end };
  return {
    item,
    span,
    slot: { kind: 'box', mark: box.mark, symbolSpan, ...(context.lane ? { lane: context.lane } : {}) },
  };
}

function symbolAfterBox(
  entry: ListEntry,
  context: ItemContext,
): { readonly symbol: string | undefined; readonly symbolSpan: Span } {
  const { start } = entry.span;
  const symbol = entry.box?.mark === ' ' ? symbolBehindBox(entry.text, context.legend) : undefined;
  if (symbol === undefined) return { symbol, symbolSpan: { start, end: start } };
  const written = spanOfText(entry.span, symbol, context);
  return { symbol, symbolSpan: withBlanks(written, entry.span, context.text, true) };
}

function statusOfBox(mark: string, symbol: string | undefined, legend: Legend): PlanStatus {
  if (/x/i.test(mark)) return 'done';
  if (symbol === undefined && mark.trim() === '') return 'planned';
  return statusOfSymbol(symbol ?? `[${mark}]`, legend);
}
