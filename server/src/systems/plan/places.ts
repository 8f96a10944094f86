import type { Span } from '../../core/span.ts';
import type { Repair } from './mojibake.ts';
import type { Legend } from './vocabulary.ts';

/** The document that items are read from. */
export interface ItemContext {
  readonly path: string;
  readonly text: string;
  readonly legend: Legend;
  readonly repair: Repair;
}

/** A garbled emoji takes at most four characters, a shortcode or a word some more. */
const maxLength = 32;

/** Where words or a symbol of the repaired text stand in the raw one: the shortest stretch that reads so, the last one on request. */
export function spanOfText(
  within: Span,
  wanted: string,
  { text, repair }: Pick<ItemContext, 'text' | 'repair'>,
  from: 'start' | 'end' = 'start',
): Span {
  const raw = text.slice(within.start, within.end);
  const plain = from === 'start' ? raw.indexOf(wanted) : raw.lastIndexOf(wanted);
  if (plain >= 0) return { start: within.start + plain, end: within.start + plain + wanted.length };
  const [first, step, last] =
    from === 'start' ? [within.start, 1, within.end] : [within.end - 1, -1, within.start - 1];
  for (let start = first; start !== last; start += step) {
    const longest = Math.min(within.end, start + maxLength);
    for (let end = longest; end > start; end--) {
      if (repair(text.slice(start, end)).replaceAll('\uFE0F', '').toLowerCase() === wanted.toLowerCase())
        return { start, end };
    }
  }
  return { start: within.start, end: within.start };
}

/** The blank between a symbol and what it stands beside goes with it. */
export function withBlanks(span: Span, within: Span, text: string, isBefore: boolean): Span {
  let { start, end } = span;
  if (isBefore) while (end < within.end && ' \uFE0F'.includes(text[end]!)) end++;
  else while (start > within.start && text[start - 1] === ' ') start--;
  return { start, end };
}
