import type { Span } from '../../core/span.ts';
import type { Block, HeadingBlock } from './markdown.ts';
import { topicOf, type Topic } from './topics.ts';
import { withoutDecoration } from './vocabulary.ts';

/** A heading's own blocks: those before the next heading of any level. */
export interface RawSection {
  readonly title: string;
  readonly heading: Span;
  readonly parent: RawSection | undefined;
  readonly level: number;
  readonly topic: Topic | undefined;
  /** True for the document's first heading and for what comes before it. */
  readonly isTop: boolean;
  readonly blocks: readonly Exclude<Block, HeadingBlock>[];
}

/** Cuts a document at its headings. What stands before the first heading is a section without a title. */
export function cutSections(blocks: readonly Block[]): readonly RawSection[] {
  const sections: (RawSection & { readonly blocks: Exclude<Block, HeadingBlock>[] })[] = [
    {
      title: '',
      heading: { start: 0, end: 0 },
      parent: undefined,
      level: 0,
      topic: undefined,
      isTop: true,
      blocks: [],
    },
  ];
  for (const block of blocks) {
    const last = sections.at(-1)!;
    if (block.kind !== 'heading') {
      last.blocks.push(block);
      continue;
    }
    let parent: RawSection | undefined = last;
    while (parent && parent.level >= block.level) parent = parent.parent;
    sections.push({
      title: withoutDecoration(block.text.replace(/\s+/g, ' ')),
      heading: block.span,
      parent,
      level: block.level,
      topic: topicOf(block.text) ?? (parent?.isTop ? undefined : parent?.topic),
      isTop: sections.length === 1,
      blocks: [],
    });
  }
  return sections;
}

/**
 * The titles under which items are shown. Two sections of one title are told apart by the heading above
 * them, and where that is the same too, by a number.
 */
export function nameGroups(
  sections: readonly RawSection[],
  fallback: string,
): ReadonlyMap<RawSection, string> {
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
