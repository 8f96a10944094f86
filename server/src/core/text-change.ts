/** What became of a text: `start` to `end` of it became `start` to `newEnd` of the later one; all else is the same. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

/** How many characters are compared at once; a runtime compares whole stretches far faster than single characters. */
const stretch = 4096;

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + stretch <= most && isSameFrom(before, after, start, start)) start += stretch;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let [end, newEnd] = [before.length, after.length];
  const first = start + stretch;
  while (end >= first && newEnd >= first && isSameFrom(before, after, end - stretch, newEnd - stretch)) {
    end -= stretch;
    newEnd -= stretch;
  }
  while (end > start && newEnd > start && before.charCodeAt(end - 1) === after.charCodeAt(newEnd - 1)) {
    end--;
    newEnd--;
  }
  return { start, end, newEnd };
}

function isSameFrom(before: string, after: string, at: number, newAt: number): boolean {
  return before.slice(at, at + stretch) === after.slice(newAt, newAt + stretch);
}

/** How many lines that hold something are looked at on either side of a change: no pattern reaches further. */
const reach = 6;

/** The lines in which two texts differ, each with some that hold something before and behind. */
export function changedLines(
  before: string,
  after: string,
  { start, end, newEnd }: TextChange,
): { readonly before: string; readonly after: string } {
  return {
    before: before.slice(linesBefore(before, start), linesBehind(before, end)),
    after: after.slice(linesBefore(after, start), linesBehind(after, newEnd)),
  };
}

function linesBefore(text: string, offset: number): number {
  let at = text.lastIndexOf('\n', offset - 1) + 1;
  for (let lines = 0; lines < reach && at > 0;) {
    const start = at < 2 ? 0 : text.lastIndexOf('\n', at - 2) + 1;
    if (text.slice(start, at).trim() !== '') lines++;
    at = start;
  }
  return offset === 0 ? 0 : at;
}

function linesBehind(text: string, offset: number): number {
  let at = lineEndAt(text, offset);
  for (let lines = 0; lines < reach && at < text.length;) {
    const end = lineEndAt(text, at + 1);
    if (text.slice(at, end).trim() !== '') lines++;
    at = end;
  }
  return at;
}

function lineEndAt(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at;
}
