import { touches, type Span } from '../../core/span.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { JinjaBlock, Token } from './jinja.ts';

/** Where in Jinja an offset is: between which words, in which call. */
export interface JinjaPlace {
  readonly block: JinjaBlock;
  /** The words that end before the one that is being typed. */
  readonly before: readonly Token[];
  /** The word that is being typed; empty where there is none yet. */
  readonly word: Span;
  /** The string the offset stands in. */
  readonly string: Token | undefined;
  readonly call: OpenCall | undefined;
}

/** A call whose brackets are open at an offset. */
export interface OpenCall {
  readonly name: Token;
  /** What stands before the dot; undefined where there is no dot. */
  readonly owner: string | undefined;
  /** How many commas stand before the offset. */
  readonly index: number;
  /** The keyword of the argument that the offset is in. */
  readonly keyword: string | undefined;
  /** True where an argument begins at the offset, or is a single word so far. */
  readonly isFresh: boolean;
  /** The keywords that are given already, in other arguments. */
  readonly given: readonly string[];
}

/** The place of an offset in the Jinja of a file; undefined outside of Jinja. */
export function jinjaPlaceAt(
  source: SourceFile,
  blocks: readonly JinjaBlock[],
  offset: number,
): JinjaPlace | undefined {
  const block = blocks.find(
    ({ kind, span, isOpen }) =>
      kind !== 'comment' && span.start + 2 <= offset && offset <= (isOpen ? span.end : span.end - 2),
  );
  if (!block) return undefined;
  const string = block.tokens.find(
    ({ kind, span }) => kind === 'string' && span.start <= offset && offset <= span.end,
  );
  const typed = string ?? block.tokens.find(({ kind, span }) => kind === 'name' && touches(span, offset));
  const before = block.tokens.filter(({ span }) => span.end <= (typed ? typed.span.start : offset));
  // What another line holds belongs to SQL again where the block was never closed.
  if (block.isOpen && source.text.slice(before.at(-1)?.after ?? block.span.start, offset).includes('\n\n'))
    return undefined;
  const word = typed?.span ?? { start: offset, end: offset };
  return {
    block,
    before: string ? before.filter((each) => each !== string) : before,
    word,
    string,
    call: openCall(before),
  };
}

/** The innermost call that is open behind these words. */
function openCall(before: readonly Token[]): OpenCall | undefined {
  let depth = 0;
  for (let at = before.length - 1; at > 0; at--) {
    const { kind, text } = before[at]!;
    if (kind !== 'mark') continue;
    if (text === ')' || text === ']' || text === '}') depth++;
    else if (text === '[' || text === '{') {
      if (depth > 0) depth--;
    } else if (text === '(') {
      if (depth > 0) {
        depth--;
        continue;
      }
      const name = before[at - 1]!;
      return name.kind === 'name' ? readCall(before, at, name) : undefined;
    }
  }
  return undefined;
}

function readCall(before: readonly Token[], open: number, name: Token): OpenCall {
  let index = 0;
  let depth = 0;
  let start = open + 1;
  const given: string[] = [];
  for (let at = open + 1; at < before.length; at++) {
    const { kind, text } = before[at]!;
    if (kind !== 'mark') continue;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
    else if (depth === 0 && text === ',') {
      index++;
      start = at + 1;
    } else if (depth === 0 && text === '=' && at === start + 1 && before[start]!.kind === 'name') {
      given.push(before[start]!.text);
    }
  }
  const isNamed = before[start]?.kind === 'name' && before[start + 1]?.text === '=';
  const dot = before[open - 2]?.text === '.' ? before[open - 3] : undefined;
  return {
    name,
    owner: dot?.kind === 'name' ? dot.text : before[open - 2]?.text === '.' ? '' : undefined,
    index,
    keyword: isNamed ? before[start]!.text : undefined,
    isFresh: start >= before.length,
    given: isNamed ? given.slice(0, -1) : given,
  };
}
