import type { PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { RawSection } from './sections.ts';
import { readStatus, type Legend } from './vocabulary.ts';

/** What a column of a board says of the entries in it. */
export type Lane = Exclude<PlanStatus, 'unknown'>;

/** A column of a board. */
export interface Column {
  /** The group of the items in it. */
  readonly group: string;
  readonly lane: Lane;
  /** Where the heading above it begins, the same for all columns of a board. */
  readonly board: number;
  readonly heading: Span;
  /** True where its board is what the document begins with, and not one of its sections. */
  readonly isOfDocument: boolean;
  /** True where no list stands in it. */
  readonly isEmpty: boolean;
}

/** What makes a board: other words of statuses ('Next', 'Testing', 'Open') are headings of other documents, too. */
const words = String.raw`(?:to ?do|back ?log|planned|not started|doing|wip|(?:work )?in progress|in (?:review|development)|blocked|done|complete|completed|finished)`;
const certain = new RegExp(`^${words}$`, 'i');
const mayBeCertain = new RegExp(words, 'i');

/** Where cards wait to be taken; elsewhere 'Ready' says that something is done. */
const waiting = /^ready$/i;

/**
 * The columns of boards, with what each says: headings side by side that are a status and nothing else ('To do',
 * 'In progress (2)', '✅ Done') and hold no table, of which two are certain and say different things.
 */
export function lanesOf(sections: readonly RawSection[], legend: Legend): ReadonlyMap<RawSection, Lane> {
  const besides = Map.groupBy(
    sections.filter(({ level }) => level > 0),
    ({ parent }) => parent,
  );
  const lanes = new Map<RawSection, Lane>();
  const hasOwnWords = (legend.words?.size ?? 0) > 0;
  for (const siblings of besides.values()) {
    // Most headings are no status, and to read one takes its time.
    if (!hasOwnWords && siblings.filter(({ title }) => mayBeCertain.test(title)).length < 2) continue;
    const found = siblings.flatMap((section) => {
      const lane = laneOf(section, legend);
      return lane === undefined ? [] : [{ section, ...lane }];
    });
    if (new Set(found.filter(({ isCertain }) => isCertain).map(({ status }) => status)).size < 2) continue;
    for (const { section, status } of found) lanes.set(section, status);
  }
  return lanes;
}

/** The column whose items are of this group. */
export function columnOf(
  { columns }: { readonly columns: readonly Column[] },
  group: string,
): Column | undefined {
  return columns.find((column) => column.group === group);
}

/** The columns by what they are called as groups. */
export function columnsOf(
  lanes: ReadonlyMap<RawSection, Lane>,
  names: ReadonlyMap<RawSection, string>,
): readonly Column[] {
  return [...lanes].map(([section, lane]) => ({
    group: names.get(section)!,
    lane,
    board: section.parent?.heading.start ?? 0,
    heading: section.heading,
    isOfDocument: section.parent?.isTop !== false,
    isEmpty: !section.blocks.some(({ kind }) => kind === 'list'),
  }));
}

/**
 * What the column says of an entry with an empty box; undefined where the box says it. That one is done it says only
 * where nobody ticks what stands there.
 */
export function laneOfBoxes(section: RawSection, lane: Lane | undefined): Lane | undefined {
  return lane === 'planned' || (lane === 'done' && hasTicks(section)) ? undefined : lane;
}

function hasTicks({ blocks }: RawSection): boolean {
  return blocks.some(
    (block) => block.kind === 'list' && block.entries.some(({ box }) => box && /x/i.test(box.mark)),
  );
}

function laneOf(
  { title, mark, blocks }: RawSection,
  legend: Legend,
): { readonly status: Lane; readonly isCertain: boolean } | undefined {
  if (blocks.some(({ kind }) => kind === 'table')) return undefined;
  const uncounted = title.replace(/\s*[([]?\d+[)\]]?$/, '');
  const { status, plain, words: bare } = readStatus(uncounted, legend);
  if (waiting.test(bare)) return { status: 'planned', isCertain: false };
  if (!plain || status === 'unknown' || (mark && mark.status !== status)) return undefined;
  return { status, isCertain: certain.test(bare) || legend.words?.has(bare.toLowerCase()) === true };
}
