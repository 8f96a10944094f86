import type { TextEdit } from '../../../core/finding.ts';
import type { HeadingBlock, ListBlock } from '../markdown.ts';
import { withoutDecoration } from '../vocabulary.ts';
import { editOf, type Draft } from './draft.ts';
import { bodyBelow } from './entry-body.ts';
import { linesOfEntry } from './entry-lines.ts';
import { lineBreakAt, lineEnd, lineStart } from './lines.ts';
import { asWritten, type Parcel } from './parcel.ts';

/**
 * Adds a finished item to a list that is no list of tasks: below the heading `home`, else in the document's last list,
 * written as that list's entries are (`- ✅ **Name** (day)`). Where there is no list, one begins.
 */
export function addBullet(draft: Draft, parcel: Parcel, home: string | undefined): readonly TextEdit[] {
  const { title, priority, finished, body } = asWritten(parcel);
  const name = title.replace(/\s+/g, ' ').trim();
  const notes = [finished, priority].flatMap((note) =>
    note === undefined || note === '' ? [] : [`(${note})`],
  );
  const { heading, list } = listUnder(draft, home);
  const last = list?.entries.at(-1);
  const manner = list && mannerOf(draft, list);
  if (list && last && manner) {
    const end = linesOfEntry(draft.text, { list, entry: last }).end;
    const shown = name.includes('*') ? name : `${manner.bold}${name}${manner.bold}`;
    const eol = lineBreakAt(draft.text, end);
    const bullet = [`${manner.mark}${shown}`, ...notes].join(' ');
    return [editOf(draft, { start: end, end }, eol + bullet + (body ? bodyBelow(body, bullet, eol) : ''))];
  }
  const bullet = [`- [x] ${name}`, ...notes].join(' ');
  const eol = lineBreakAt(draft.text, heading?.span.end ?? draft.text.length);
  return [newList(draft, bullet + (body ? bodyBelow(body, bullet, eol) : ''), heading)];
}

/** How the first entry of a list begins: its bullet, its box or symbol, and whether its name is bold. */
function mannerOf({ text }: Draft, { entries: [first] }: ListBlock): Manner | undefined {
  if (!first) return undefined;
  const line = text.slice(lineStart(text, first.span.start), first.span.end);
  const match =
    /^((?:[ \t]*>)*[ \t]*[-*+][ \t]+)(\[[^\]]\][ \t]+)?([^\p{L}\p{N}\s*_`[(]+[ \t]+)?(\*\*|__)?/u.exec(line);
  if (!match) return undefined;
  const box = match[2]?.replace(/\[[^\]]\]/, '[x]') ?? '';
  return { mark: `${match[1]!}${box}${match[3] ?? ''}`, bold: match[4] ?? '' };
}

interface Manner {
  readonly mark: string;
  readonly bold: string;
}

function listUnder(
  { blocks }: Draft,
  home: string | undefined,
): { readonly heading: HeadingBlock | undefined; readonly list: ListBlock | undefined } {
  let isHome = home === undefined;
  let heading: HeadingBlock | undefined;
  let list: ListBlock | undefined;
  for (const block of blocks) {
    if (block.kind === 'heading' && home !== undefined) {
      isHome = withoutDecoration(block.text.replace(/\s+/g, ' ')) === home;
      if (isHome) heading = block;
    } else if (block.kind === 'list' && isHome) list = block;
  }
  return { heading, list };
}

function newList(draft: Draft, bullet: string, heading: HeadingBlock | undefined): TextEdit {
  const { text } = draft;
  const at = heading ? lineEnd(text, heading.span.end) : text.length;
  const eol = lineBreakAt(text, at);
  const isOpen = heading !== undefined || (text !== '' && !/[\r\n]$/.test(text));
  const before = text === '' ? '' : isOpen ? eol + eol : eol;
  return editOf(draft, { start: at, end: at }, `${before}${bullet}${heading ? '' : eol}`);
}
