import type { Token } from './jinja.ts';

/** `name(…)` as it stands among the words of an expression. */
export interface Call {
  readonly name: Token;
  /** What stands before the dot in `dbt_utils.star(…)`; '' where that is no name. */
  readonly owner: string | undefined;
  /** The owner's word where nothing stands before it: `dbt_utils`, and no word for `a.b.c()`. */
  readonly head: Token | undefined;
  /** Where the name stands among the words. */
  readonly index: number;
  readonly arguments: readonly Argument[];
}

export interface Argument {
  /** The keyword in `v=2`. */
  readonly keyword: string | undefined;
  /** The one literal string it is made of; undefined for anything that must be evaluated. */
  readonly literal: Token | undefined;
  /** The argument's only word, whatever it is: `true`, `2`, a name. */
  readonly only: Token | undefined;
  /** All words of its value, and of its keyword before them. */
  readonly words: readonly Token[];
}

/** Limit: words read of one call, so that calls in calls in calls cost no more than their length. */
const maxWords = 400;

/** Words that a bracket may follow without a call. */
const keywords = new Set(
  'if elif else for in not and or is recursive set do print call filter with include import from extends'.split(
    ' ',
  ),
);

/** Blocks whose first line names what they define. */
const definitions = new Set(['macro', 'test', 'data_test', 'materialization', 'snapshot', 'docs', 'block']);

/** Every call among `tokens`, nested ones too, in the order of their names; filters and tests are none. */
export function* findCalls(tokens: readonly Token[]): Iterable<Call> {
  for (let at = 0; at + 1 < tokens.length; at++) {
    const name = tokens[at]!;
    if (name.kind !== 'name' || !isMark(tokens[at + 1], '(')) continue;
    const before = tokens[at - 1];
    const isMember = isMark(before, '.');
    if (!isMember && (keywords.has(name.text) || isMark(before, '|'))) continue;
    if (before?.kind === 'name' && !isMember && (before.text === 'is' || before.text === 'filter')) continue;
    if (at === 1 && before?.kind === 'name' && definitions.has(before.text)) continue;
    if (before?.text === 'not' && tokens[at - 2]?.text === 'is') continue;
    const owner = isMember ? tokens[at - 2] : undefined;
    yield {
      name,
      owner: isMember ? (owner?.kind === 'name' ? owner.text : '') : undefined,
      head: owner?.kind === 'name' && !isMark(tokens[at - 3], '.') ? owner : undefined,
      index: at,
      arguments: readArguments(tokens, at + 2),
    };
  }
}

/** The literal strings that stand without a keyword; undefined where one of them must be evaluated. */
export function positional(call: Call): readonly (Token | undefined)[] {
  return call.arguments.filter((each) => each.keyword === undefined).map((each) => each.literal);
}

export function keyword(call: Call, name: string): Argument | undefined {
  return call.arguments.find((each) => each.keyword === name);
}

/** True for `*list` and `**map`. */
export function isSpread({ words }: Argument): boolean {
  const [first] = words;
  return first?.kind === 'mark' && (first.text === '*' || first.text === '**');
}

function readArguments(tokens: readonly Token[], from: number): readonly Argument[] {
  const found: Argument[] = [];
  let words: Token[] = [];
  let depth = 0;
  const end = Math.min(tokens.length, from + maxWords);
  for (let at = from; at < end; at++) {
    const token = tokens[at]!;
    if (token.kind === 'mark') {
      if (token.text === ')' && depth === 0) break;
      if (token.text === ',' && depth === 0) {
        found.push(toArgument(words));
        words = [];
        continue;
      }
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    }
    words.push(token);
    // What follows a string without its quote belongs to nobody.
    if (token.isOpen) break;
  }
  if (words.length > 0) found.push(toArgument(words));
  return found;
}

function toArgument(words: readonly Token[]): Argument {
  const isNamed = words.length > 2 && words[0]!.kind === 'name' && isMark(words[1], '=');
  const first = isNamed ? 2 : 0;
  const only = words.length === first + 1 ? words[first] : undefined;
  const isLiteral = only?.kind === 'string' && !/[\\\n]/.test(only.text);
  return {
    keyword: isNamed ? words[0]!.text : undefined,
    literal: isLiteral ? only : undefined,
    only,
    words,
  };
}

export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
