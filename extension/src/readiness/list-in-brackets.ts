/** A list of YAML in brackets, as far as something is to be added to it or taken out of it. */
export interface ListInBrackets {
  /** Where its bracket opens. */
  readonly start: number;
  /** Behind its last entry, and the comma behind that; behind the bracket where it is empty. */
  readonly end: number;
  readonly entries: readonly { readonly start: number; readonly end: number }[];
  /** Whether a comma stands behind the last entry already, or nothing does. */
  readonly isClosed: boolean;
}

/** The list that begins behind `from`, the first thing there; undefined where there is none, or no end of it. */
export function listInBrackets(text: string, from: number): ListInBrackets | undefined {
  const start = skipBlank(text, from);
  if (text[start] !== '[') return undefined;
  const entries: { start: number; end: number }[] = [];
  let depth = 0;
  let end = start + 1;
  let isClosed = true;
  for (let at = start; at < text.length; at = skipBlank(text, end)) {
    const sign = text[at]!;
    if (sign === ']' || sign === '}') depth--;
    if (depth === 0 && at > start) return { start, end, entries, isClosed };
    const isEntry = depth > 1 || sign !== ',';
    if (depth === 1 && !isEntry) isClosed = true;
    else if (depth === 1 && isClosed && at > start) {
      entries.push({ start: at, end: at });
      isClosed = false;
    }
    if (sign === '[' || sign === '{') depth++;
    end = tokenEnd(text, at);
    const last = entries.at(-1);
    if (last && isEntry && !isClosed) last.end = end;
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
