import { listInBrackets, type ListInBrackets } from './list-in-brackets.ts';
import { lineEnd, nextLine, waiversHead, type TextPiece } from './waiver-edit.ts';

/**
 * What has to go so that `penstock.yaml` no longer holds the waiver whose check is named at `at`: its entry alone, with
 * the key of the list where nothing else is left of it. Undefined where it is written in a way that cannot be told.
 */
export function waiverRemoval(text: string, at: number): TextPiece | undefined {
  const head = waiversHead(text);
  if (!head || at < head.index) return undefined;
  const behind = head.index + head[0].length;
  const list = listInBrackets(text, behind - head[2]!.length);
  if (list) return at > list.start && at < list.end ? withoutEntry(list, at) : undefined;
  const entry = entryInLines(text, behind, at);
  if (!entry) return undefined;
  const rest = text.slice(nextLine(text, behind), entry.start) + restOfList(text, entry);
  if (rest.trim() !== '') return { ...entry, text: '' };
  // With the blank line that parts it from what stands above, at the top from what stands below.
  const above = /\n(\r?\n)$/.exec(text.slice(0, head.index))?.[1] ?? '';
  const below = head.index === 0 ? /^(?:\r?\n)?/.exec(text.slice(entry.end))![0] : '';
  return { start: head.index - above.length, end: entry.end + below.length, text: '' };
}

function withoutEntry({ start, end, entries }: ListInBrackets, at: number): TextPiece | undefined {
  const which = entries.findIndex((each) => each.start <= at && at < each.end);
  const [before, own, after] = [entries[which - 1], entries[which], entries[which + 1]];
  if (!own) return undefined;
  if (after) return { start: own.start, end: after.start, text: '' };
  return before ? { start: before.end, end: own.end, text: '' } : { start: start + 1, end, text: '' };
}

interface Lines {
  readonly start: number;
  readonly end: number;
  /** How far the dash of the entry stands in. */
  readonly indent: number;
}

/** The lines of the entry around `at`: from the dash above it to the last line that stands further in. */
function entryInLines(text: string, from: number, at: number): Lines | undefined {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  let within = Number.POSITIVE_INFINITY;
  for (; start > from; start = text.lastIndexOf('\n', start - 2) + 1) {
    const [, blank = '', dash] = /^([ ]*)(-(?:[ \t]|$))?/.exec(text.slice(start, lineEnd(text, start)))!;
    if (dash !== undefined && blank.length < within)
      return { start, end: endOfEntry(text, start, blank.length), indent: blank.length };
    within = Math.min(within, blank.length);
  }
  return undefined;
}

/** Blank lines and comments behind an entry belong to what follows. */
function endOfEntry(text: string, start: number, indent: number): number {
  let end = nextLine(text, start);
  for (let at = end; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^[ \t]*(?:#.*)?$/.test(line)) continue;
    if (/^[ ]*/.exec(line)![0].length <= indent) break;
    end = nextLine(text, at);
  }
  return end;
}

/** What is left of the list behind an entry. */
function restOfList(text: string, { end, indent }: Lines): string {
  const line = text.slice(end).search(/^[ ]*[^\s#]/m);
  if (line < 0) return '';
  const next = text.slice(end + line, lineEnd(text, end + line));
  const [, blank = '', dash] = /^([ ]*)(-(?:[ \t]|$))?/.exec(next)!;
  return dash !== undefined && blank.length === indent ? next : '';
}
