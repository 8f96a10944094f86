import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { Asides } from './asides.ts';
import { placesInEntry, placesOf, splitDependencies } from './dependencies.ts';
import { firstOf, type Attribute } from './labels.ts';
import type { Lane } from './lanes.ts';
import type { ListEntry } from './markdown.ts';
import type { ItemContext } from './places.ts';
import { isNothing, readPriority, readStatus, type Legend } from './vocabulary.ts';

/** What an entry of a list says of its task beside the title. */
export type EntryFacts = Pick<
  PlanItem,
  | 'priority'
  | 'prioritySpan'
  | 'effort'
  | 'dependencies'
  | 'dependencySpans'
  | 'owner'
  | 'due'
  | 'finished'
  | 'code'
>;

/** What an entry of a list is read by. */
export interface EntryContext extends ItemContext {
  /** The entries that lie in it and only say something of it: `- Priority: High`. */
  readonly below: readonly ListEntry[] | undefined;
  /** It stands among what is finished. */
  readonly isFinished: boolean;
  /** What the column of a board says of an entry with an empty box; undefined where the box says it. */
  readonly lane: Lane | undefined;
}

/** What an entry says beside its title, and what it does not say there of what the entries in it say. */
export function entryFacts(
  asides: Asides,
  status: PlanStatus,
  within: Span,
  context: EntryContext,
): EntryFacts {
  const own = saidBeside(asides, status, within, context);
  if (!context.below) return own;
  const lines = firstOf(context.below);
  const said = (name: string): Attribute | undefined => {
    const line = lines.get(name);
    return line && !isNothing(line.text) ? line : undefined;
  };
  const owner = own.owner ?? said('owner')?.text;
  const due = own.due ?? said('due')?.text;
  return {
    ...own,
    ...(own.priority === undefined ? rankOf(said('priority'), context) : {}),
    effort: said('effort')?.text,
    ...(own.dependencies.length === 0 ? waitsOf(said('dependencies'), context) : {}),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
  };
}

/** The status that a line in an entry says: `- Status: in progress`; undefined where none says any that is known. */
export function statusBelow(
  below: readonly ListEntry[] | undefined,
  legend: Legend,
): (Attribute & { readonly status: Exclude<PlanStatus, 'unknown'> }) | undefined {
  const line = below && firstOf(below).get('status');
  if (!line || isNothing(line.text)) return undefined;
  const { status } = readStatus(line.text, legend);
  return status === 'unknown' ? undefined : { ...line, status };
}

/** What an entry's own text says beside its title, and where. */
function saidBeside(
  asides: Asides,
  status: PlanStatus,
  within: Span,
  { text, isFinished }: EntryContext,
): EntryFacts {
  const { priority, rank = priority, isAmongOthers, dependencies, waiting, owner, day, code } = asides;
  const prioritySpan = rank !== undefined && isAmongOthers ? placeOfRank(rank, within, text) : undefined;
  const finished = asides.finished ?? (isFinished || status === 'done' ? day : undefined);
  const { due = finished === day ? undefined : day } = asides;
  return {
    priority,
    effort: undefined,
    dependencies,
    ...(prioritySpan ? { prioritySpan } : {}),
    ...(dependencies.length === 0
      ? {}
      : { dependencySpans: placesInEntry(dependencies, waiting ?? '', within, text) }),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(finished === undefined ? {} : { finished }),
    ...(code === undefined ? {} : { code }),
  };
}

function rankOf(line: Attribute | undefined, { text }: ItemContext): Partial<EntryFacts> {
  const priority = readPriority(line?.text ?? '');
  return line && priority !== undefined
    ? { priority, prioritySpan: placeOfValue(line, text) ?? { ...line.span } }
    : {};
}

function waitsOf(line: Attribute | undefined, { text }: ItemContext): Partial<EntryFacts> {
  const dependencies = splitDependencies(line?.text ?? '');
  if (!line || dependencies.length === 0) return {};
  const value = placeOfValue(line, text) ?? { start: startOfValue(line, text), end: line.span.end };
  return { dependencies, dependencySpans: placesOf(dependencies, value, text) };
}

/** Where the value of a line stands; undefined where Markdown's marks hide it. */
export function placeOfValue(line: Attribute, text: string): Span | undefined {
  const start = startOfValue(line, text);
  const at = text.slice(start, line.span.end).indexOf(line.text);
  return at < 0 ? undefined : { start: start + at, end: start + at + line.text.length };
}

function startOfValue({ key, span }: Attribute, text: string): number {
  const words = key.replaceAll(/\s+/g, '\\s+');
  const match = new RegExp(`${words}[*_\`]*\\s*[:=]`, 'i').exec(text.slice(span.start, span.end));
  return span.start + (match ? match.index + match[0].length : 0);
}

/** Where a priority stands among other asides; the title before them may speak of it, too. */
function placeOfRank(priority: string, { start, end }: Span, text: string): Span | undefined {
  if (!/^\w/.test(priority)) {
    const at = text.slice(start, end).lastIndexOf(priority);
    return at < 0 ? undefined : { start: start + at, end: start + at + priority.length };
  }
  const around = '\\s()[\\],;.–—·*_`-';
  const code = priority.replace('.', '\\.');
  const pattern = new RegExp(`(?<![^${around}])${code}(?![^${around}]|\\.\\d)`, 'gi');
  const last = [...text.slice(start, end).matchAll(pattern)].at(-1);
  return last && { start: start + last.index, end: start + last.index + last[0].length };
}
