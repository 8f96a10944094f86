import type { Token } from './jinja.ts';

/** `name(…)` as it stands among the words of an expression. */
export interface Call {
  readonly name: Token;
  /** What stands before the dot in `dbt_utils.star(…)`. */
  readonly owner: string | undefined;
  readonly arguments: readonly Argument[];
}

export interface Argument {
  /** The keyword in `v=2`. */
  readonly keyword: string | undefined;
  /** The one literal string it is made of; undefined for anything that must be evaluated. */
  readonly literal: Token | undefined;
  /** The argument's only word, whatever it is: `true`, `2`, a name. */
  readonly only: Token | undefined;
}

/** Limit: words read of one call, so that calls in calls in calls cost no more than their length. */
const maxWords = 400;

/** Every call among `tokens`, nested ones too, in the order of their names. */
export function* findCalls(tokens: readonly Token[]): Iterable<Call> {
  for (let at = 0; at + 1 < tokens.length; at++) {
    const name = tokens[at]!;
    if (name.kind !== 'name' || !isMark(tokens[at + 1], '(')) continue;
    const owner = isMark(tokens[at - 1], '.') ? (tokens[at - 2]?.text ?? '') : undefined;
    yield { name, owner, arguments: readArguments(tokens, at + 2) };
  }
}

/** The literal strings that stand without a keyword; undefined where one of them must be evaluated. */
export function positional(call: Call): readonly (Token | undefined)[] {
  return call.arguments.filter((each) => each.keyword === undefined).map((each) => each.literal);
}

export function keyword(call: Call, name: string): Argument | undefined {
  return call.arguments.find((each) => each.keyword === name);
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
  const isNamed =
    words.length > 2 && words[0]!.kind === 'name' && isMark(words[1], '=') && !isMark(words[2], '=');
  const value = isNamed ? words.slice(2) : words;
  const only = value.length === 1 ? value[0] : undefined;
  const isLiteral = only?.kind === 'string' && !/[\\\n]/.test(only.text);
  return { keyword: isNamed ? words[0]!.text : undefined, literal: isLiteral ? only : undefined, only };
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
