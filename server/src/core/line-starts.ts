import type { TextChange } from './text-change.ts';

/** The offsets at which lines begin. LSP knows three line ends: `\n`, `\r\n` and a lone `\r`, which hardly any text has. */
export function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  if (text.includes('\r')) {
    for (let at = 1; at <= text.length; at++) if (isLineStart(text, at)) starts.push(at);
  } else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}

/** Those of `text`, which came of a text whose lines began at `before`: all but the changed lines are taken over. */
export function lineStartsAfter(before: Uint32Array, change: TextChange, text: string): Uint32Array {
  const changed: number[] = [];
  // Whether a line begins somewhere is seen in the characters on both sides.
  for (let at = Math.max(1, change.start); at <= change.newEnd; at++)
    if (isLineStart(text, at)) changed.push(at);
  const [until, from] = [firstFrom(before, Math.max(1, change.start)), firstFrom(before, change.end + 1)];
  const starts = new Uint32Array(until + changed.length + before.length - from);
  starts.set(before.subarray(0, until));
  starts.set(changed, until);
  const behind = until + changed.length;
  starts.set(before.subarray(from), behind);
  const by = change.newEnd - change.end;
  if (by !== 0) for (let at = behind; at < starts.length; at++) starts[at]! += by;
  return starts;
}

function isLineStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return code === 10 || (code === 13 && text.charCodeAt(at) !== 10);
}

/** The index of the first start that is not before `offset`. */
function firstFrom(starts: Uint32Array, offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
