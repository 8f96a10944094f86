/** A list of YAML in brackets, as far as something is to be added to it. */
export interface ListInBrackets {
  /** Behind its last entry, and the comma behind that; behind the bracket where it is empty. */
  readonly end: number;
  /** Where its last entry begins; undefined where it is empty. */
  readonly lastEntry: number | undefined;
  /** Whether a comma stands behind the last entry already. */
  readonly isClosed: boolean;
}

/** The list that begins behind `from`, the first thing there; undefined where there is none, or no end of it. */
export function listInBrackets(text: string, from: number): ListInBrackets | undefined {
  const opening = skipBlank(text, from);
  if (text[opening] !== '[') return undefined;
  let depth = 0;
  let end = opening + 1;
  let lastEntry: number | undefined;
  let isClosed = true;
  for (let at = opening; at < text.length; at = skipBlank(text, end)) {
    const sign = text[at]!;
    if (sign === ']' || sign === '}') depth--;
    if (depth === 0 && at > opening) return { end, lastEntry, isClosed };
    if (depth === 1 && sign === ',') isClosed = true;
    else if (depth === 1 && isClosed && at > opening) {
      lastEntry = at;
      isClosed = false;
    }
    if (sign === '[' || sign === '{') depth++;
    end = tokenEnd(text, at);
  }
  return undefined;
}

/** Past blanks, breaks and comments. */
function skipBlank(text: string, from: number): number {
  const blank = /(?:\s+|(?<=\s)#.*)*/gy;
  blank.lastIndex = from;
  return from + blank.exec(text)![0].length;
}

/** Past a sign, a quoted text or a plain one; what is quoted holds no signs. */
function tokenEnd(text: string, from: number): number {
  const token =
    /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[[\]{},:]|[^[\]{},:\s]+(?:[ \t]+[^[\]{},:\s#][^[\]{},:\s]*)*|./gsy;
  token.lastIndex = from;
  return from + token.exec(text)![0].length;
}
