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
