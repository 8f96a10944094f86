import type { PlanItem } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { Asides } from './asides.ts';
import { placesInEntry } from './dependencies.ts';
import type { ItemContext } from './places.ts';

/** What an entry of a list says of its task beside the title. */
export type EntryFacts = Pick<
  PlanItem,
  'priority' | 'prioritySpan' | 'dependencies' | 'dependencySpans' | 'owner' | 'due'
>;

/** What an entry's own text says beside its title, and where. */
export function saidBeside(asides: Asides, within: Span, { text }: ItemContext): EntryFacts {
  const { priority, isAmongOthers, dependencies, waiting, owner, due } = asides;
  const prioritySpan =
    priority !== undefined && isAmongOthers ? placeOfRank(priority, within, text) : undefined;
  return {
    priority,
    dependencies,
    ...(prioritySpan ? { prioritySpan } : {}),
    ...(waiting === undefined || dependencies.length === 0
      ? {}
      : { dependencySpans: placesInEntry(dependencies, waiting, within, text) }),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
  };
}

/** Where a priority stands among other asides; the title before them may speak of it, too. */
function placeOfRank(priority: string, { start, end }: Span, text: string): Span | undefined {
  const around = '\\s()[\\],;.–—·*_`-';
  const code = priority.replace('.', '\\.');
  const pattern = new RegExp(`(?<![^${around}])${code}(?![^${around}]|\\.\\d)`, 'gi');
  const last = [...text.slice(start, end).matchAll(pattern)].at(-1);
  return last && { start: start + last.index, end: start + last.index + last[0].length };
}
