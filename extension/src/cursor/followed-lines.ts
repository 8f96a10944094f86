import type { Range } from '../../../server/src/core/span.ts';

/** A part of a text that was replaced, as an editor tells of it: those of one edit can be made one after another. */
export interface TextChange {
  readonly range: Range;
  readonly text: string;
}

/** What a line of the document reads. */
type TextAt = (line: number) => string;

interface Line {
  readonly line: number;
  readonly text: string;
}

/**
 * Lines of a document, followed through its edits: where what stood on them stands in each version since. Who is told of
 * a document later than he asked can tell with them what was meant, whichever of these versions he is told of.
 */
export class FollowedLines {
  readonly #versions = new Map<number, readonly Line[]>();
  #now: readonly Line[];

  constructor(version: number, lines: Iterable<number>, textAt: TextAt) {
    this.#now = [...lines].map((line) => ({ line, text: textAt(line) }));
    this.#versions.set(version, this.#now);
  }

  /** Takes the changes that made a version. */
  take(version: number, changes: readonly TextChange[], textAt: TextAt): void {
    const touched = linesTouched(changes).map((line) => ({ line, text: textAt(line) }));
    const followed = new Set(
      this.#now.flatMap((each) => lineAfter(each, changes, { touched, textAt }) ?? []),
    );
    this.#now = [...followed].map((line) => ({ line, text: textAt(line) }));
    this.#versions.set(version, this.#now);
  }

  /** Where the lines stand now; those that are gone are left out. */
  get now(): readonly number[] {
    return this.#now.map(({ line }) => line);
  }

  /** Where they stood in a version; undefined for one that they were not followed through. */
  at(version: number): readonly number[] | undefined {
    return this.#versions.get(version)?.map(({ line }) => line);
  }
}

interface After {
  readonly touched: readonly Line[];
  readonly textAt: TextAt;
}

/**
 * Where a line stands after some changes. Editors tell of what differs, so that of two lines that begin alike it is not
 * told which one came or went: what it reads tells it where a touched line reads the same.
 */
function lineAfter(
  { line, text }: Line,
  changes: readonly TextChange[],
  { touched, textAt }: After,
): number | undefined {
  let at: number | undefined = line;
  for (const change of changes) at = at === undefined ? undefined : lineBehind(at, change);
  if (text === '' || (at !== undefined && textAt(at) === text)) return at;
  return touched.find((each) => each.text === text)?.line ?? at;
}

/** A line is where its beginning is; undefined where several were written anew, and which of them it is cannot be told. */
function lineBehind(line: number, { range: { start, end }, text: come }: TextChange): number | undefined {
  const [gone, more] = [end.line - start.line, breaksIn(come)];
  if (line < start.line || (line === start.line && gone === 0 && (more === 0 || start.character > 0)))
    return line;
  const isBehind = line > end.line || (line === end.line && end.character === 0);
  const isJoined = line === end.line && more === 0 && start.character > 0;
  return isBehind && !isJoined ? line + more - gone : undefined;
}

/** The lines that changes have left behind. */
function linesTouched(changes: readonly TextChange[]): readonly number[] {
  let touched: readonly number[] = [];
  for (const { range, text } of changes) {
    const more = breaksIn(text);
    const by = more - (range.end.line - range.start.line);
    const own = Array.from({ length: more + 1 }, (_, index) => range.start.line + index);
    touched = [...own, ...touched.map((line) => (line >= range.end.line ? line + by : line))];
  }
  return touched;
}

function breaksIn(text: string): number {
  return text.split(/\r\n?|\n/).length - 1;
}
