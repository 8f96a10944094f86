import type { Span } from '../../core/span.ts';
import type { BlockTexts } from './block-texts.ts';
import { attributesOf, labelsOf, type Attribute } from './labels.ts';
import type { Block, HeadingBlock, ListBlock } from './markdown.ts';
import { findMark, type Mark } from './marks.ts';
import { topicOf, type Topic } from './topics.ts';
import { withoutDecoration, type Legend } from './vocabulary.ts';

/** A heading's own blocks: those before the next heading of any level. */
export interface RawSection {
  readonly title: string;
  readonly heading: Span;
  readonly parent: RawSection | undefined;
  readonly level: number;
  readonly topic: Topic | undefined;
  /** True for the document's first heading and for what comes before it. */
  readonly isTop: boolean;
  /** What the heading says of a status, where it says any. */
  readonly mark: Mark | undefined;
  /** `key: value` lines that stand below the heading before anything else: `**Status**: Done`, `- Priority: P0`. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** What announces a list: a line of its own that is bold or ends in a colon. */
  readonly labels: ReadonlyMap<ListBlock, string>;
  readonly blocks: readonly Exclude<Block, HeadingBlock>[];
}

/** Cuts a document at its headings. What stands before the first heading is a section without a title. */
export function cutSections(
  blocks: readonly Block[],
  legend: Legend,
  texts?: BlockTexts,
): readonly RawSection[] {
  const drafts: { readonly heading: HeadingBlock | undefined; readonly blocks: OwnBlock[] }[] = [
    { heading: undefined, blocks: [] },
  ];
  for (const block of blocks) {
    if (block.kind === 'heading') drafts.push({ heading: block, blocks: [] });
    else drafts.at(-1)!.blocks.push(block);
  }
  const sections: RawSection[] = [];
  for (const { heading, blocks: own } of drafts) {
    let parent = sections.at(-1);
    while (parent && parent.level >= (heading?.level ?? 0)) parent = parent.parent;
    const attributes = attributesOf(own, texts);
    sections.push(sectionOf(heading, own, { parent, legend, attributes, isTop: sections.length < 2 }));
  }
  return sections;
}

type OwnBlock = Exclude<Block, HeadingBlock>;

function sectionOf(
  heading: HeadingBlock | undefined,
  blocks: readonly OwnBlock[],
  {
    parent,
    legend,
    attributes,
    isTop,
  }: Pick<RawSection, 'parent' | 'attributes' | 'isTop'> & { readonly legend: Legend },
): RawSection {
  const text = heading?.text.replace(/\s+/g, ' ') ?? '';
  const mark = isTop ? undefined : findMark(text, legend, { isHeading: true });
  const decorated = mark ? mark.rest : text;
  return {
    title: heading ? withoutDecoration(decorated) : '',
    heading: heading?.span ?? { start: 0, end: 0 },
    parent,
    level: heading?.level ?? 0,
    topic: topicBelow(
      parent,
      isCountedTask(mark, decorated) ? undefined : topicIn(decorated, { isTop }),
      decorated,
    ),
    isTop,
    mark,
    attributes,
    labels: labelsOf(blocks),
    blocks,
  };
}

/** '1.1 Metrics endpoint ✅' is done, whatever the words in it are about elsewhere. */
function isCountedTask(mark: Mark | undefined, heading: string): boolean {
  return mark !== undefined && /^\d+(?:\.\d+)*[.):]?\s/.test(heading) && topicOf(heading) === 'other';
}

/** What a heading says, else what the one above it says; 'Product metrics' below 'Success metrics' are criteria, too. */
function topicBelow(
  parent: RawSection | undefined,
  own: Topic | undefined,
  heading: string,
): Topic | undefined {
  const above = parent?.isTop ? undefined : parent?.topic;
  return above === 'criteria' && own === 'other' && /\bmetrics\b/i.test(heading) ? above : (own ?? above);
}

/** What a whole document is called ('Notes') does not make prose of the tasks in it. */
function topicIn(heading: string, { isTop }: { readonly isTop: boolean }): Topic | undefined {
  const topic = topicOf(heading);
  return isTop && (topic === 'other' || topic === 'state') ? undefined : topic;
}

/**
 * The titles under which items are shown. Two sections of one title are told apart by the heading above
 * them, and where that is the same too, by a number.
 */
export function nameGroups(
  holders: readonly RawSection[],
  fallback: string,
): ReadonlyMap<RawSection, string> {
  const sections = [...new Set(holders)];
  const names = new Map<RawSection, string>();
  const count = new Map<string, number>();
  for (const { title } of sections) count.set(title, (count.get(title) ?? 0) + 1);
  const taken = new Set<string>();
  for (const section of sections) {
    const parent = section.parent?.title ?? '';
    const isShared = count.get(section.title)! > 1 && parent !== '';
    const base = (isShared ? `${parent} › ${section.title}` : section.title) || fallback;
    let name = base;
    for (let next = 2; taken.has(name); next++) name = `${base} (${next})`;
    taken.add(name);
    names.set(section, name);
  }
  return names;
}
