import type { Span } from '../../../core/span.ts';
import type { Block, HeadingBlock } from '../markdown.ts';
import type { Draft } from './draft.ts';
import { lineBreakAt, lineEnd, lineStart } from './lines.ts';

/** A heading with all that stands below it, and the blank lines around. */
export interface SectionLines extends Span {
  /** Where the last line before it ends. */
  readonly above: number;
  /** From its last line to the next heading of its level or a higher one; undefined at the document's end. */
  readonly behind: Span | undefined;
  /** From the last line before it to its own; undefined where nothing stands before it, or only the heading above. */
  readonly before: Span | undefined;
}

/** The lines of a heading's section: up to the next heading of the same or a higher level, blank lines behind it left out. */
export function sectionLines({ blocks, text }: Draft, heading: HeadingBlock): SectionLines {
  const at = blocks.indexOf(heading);
  const next = blocks.find(
    (block, index) => index > at && block.kind === 'heading' && block.level <= heading.level,
  );
  const start = lineStart(text, heading.span.start);
  const until = next?.kind === 'heading' ? lineStart(text, next.span.start) : text.length;
  const end = contentEnd(text, start, until);
  const above = contentEnd(text, 0, start);
  const previous = blocks[at - 1];
  const isFirst = !previous || (previous.kind === 'heading' && previous.level < heading.level);
  return {
    start,
    end,
    above,
    behind: next ? { start: end, end: until } : undefined,
    before: isFirst ? undefined : { start: above, end: start },
  };
}

/** A heading and what stands in its section, to the next heading of the same or a higher level. */
export function blocksOfSection({ blocks }: Draft, heading: HeadingBlock): readonly Block[] {
  const at = blocks.indexOf(heading);
  const end = blocks.findIndex(
    (block, index) => index > at && block.kind === 'heading' && block.level <= heading.level,
  );
  return blocks.slice(at, end < 0 ? undefined : end);
}

/** The line breaks that set a section off from the ones around it. */
export function gapAround({ text }: Draft, { before, behind, start }: SectionLines): string {
  const gap = behind ?? before;
  return gap ? text.slice(gap.start, gap.end) : lineBreakAt(text, start).repeat(2);
}

function contentEnd(text: string, start: number, end: number): number {
  const last = start + text.slice(start, end).trimEnd().length;
  return last === start ? start : Math.min(lineEnd(text, last), end);
}
