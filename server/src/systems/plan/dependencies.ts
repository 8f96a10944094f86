import type { Span } from '../../core/span.ts';
import { isNothing } from './vocabulary.ts';

/** Splits what an item waits for at commas and semicolons; those inside brackets belong to the entry: 'Services (Redis, Kafka)'. */
export function splitDependencies(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text.replace(/\s+/g, ' ')) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    if ((character === ',' || character === ';') && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '' && !isNothing(part));
}

/** Where each of the dependencies is written in a cell: found in turn, or the whole cell where Markdown's marks hide one. */
export function placesOf(dependencies: readonly string[], within: Span, text: string): readonly Span[] {
  const raw = text.slice(within.start, within.end);
  let from = 0;
  return dependencies.map((dependency) => {
    const at = raw.indexOf(dependency, from);
    if (at >= 0) {
      from = at + dependency.length;
      return { start: within.start + at, end: within.start + from };
    }
    return within;
  });
}
