import { distance } from 'fastest-levenshtein';

/**
 * The candidate that `name` most likely means: at most one edit away, or a third of its length, and where both share
 * much alike in what they do not share: `SHOP_DB_USER` is no slip for `SHOP_DB_PORT`.
 * Undefined where none is near, or where `name` is itself a candidate.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === name) return undefined;
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const edits = editsBetween(name.toLowerCase(), candidate.toLowerCase());
    if (edits < bestDistance && edits < candidate.length && edits <= limitBetween(name, candidate)) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/**
 * Half of what lies between the common beginning and the common end; all of it where that is a letter or two, one letter
 * in place of three (`property`, `properties`), or there in one of them only.
 */
function limitBetween(name: string, candidate: string): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const [shorter, longer] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [least, own] = [shorter - start - end, longer - start - end];
  const isSmall = own < 3 || (own === 3 && least === 1);
  return least === 0 || isSmall ? own : Math.ceil(own / 2);
}

/** Two letters in the wrong order are one slip of the fingers (`tabel`), though two edits. */
function editsBetween(name: string, candidate: string): number {
  const edits = distance(name, candidate);
  return edits === 2 && isSwap(name, candidate) ? 1 : edits;
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
