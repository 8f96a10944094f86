import type { Span } from '../../core/span.ts';
import type { MapNode, Node, Pair, ScalarNode } from '../../core/tree.ts';
import type { Call } from './calls.ts';
import type { Token } from './jinja.ts';

/**
 * The arguments of `config(…)` as the tree that the same configuration would be in YAML. What must be evaluated
 * stands there as a template, which schemas accept.
 */
export function configNode(call: Call): MapNode | undefined {
  const pairs: Pair[] = [];
  for (const { keyword, words } of call.arguments) {
    const [first] = words;
    if (!first) continue;
    if (keyword !== undefined)
      pairs.push({ key: keyNode(first), value: valueNode(words.slice(2), first.span) });
    else if (first.kind === 'mark' && first.text === '{') {
      const map = valueNode(words, first.span);
      if (map.kind === 'map') pairs.push(...map.pairs);
    }
  }
  if (pairs.length === 0) return undefined;
  return { kind: 'map', span: spanOf(pairs), pairs };
}

function spanOf(pairs: readonly Pair[]): Span {
  return { start: pairs[0]!.key.span.start, end: pairs.at(-1)!.value.span.end };
}

function keyNode({ text, span }: Token): ScalarNode {
  return { kind: 'scalar', span, value: text, text, style: 'plain' };
}

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/** `at` is where an empty value stands. */
function valueNode(words: readonly Token[], at: Span): Node {
  const [first, ...others] = words;
  if (!first) return template({ start: at.end, end: at.end });
  const last = words.at(-1)!;
  const span = { start: first.span.start, end: last.span.end };
  if (others.length === 0) return scalar(first);
  const isClosed = last.kind === 'mark' && first.kind === 'mark';
  if (isClosed && first.text === '[' && last.text === ']' && isOnePair(words))
    return { kind: 'seq', span, items: split(words).map((part) => valueNode(part, span)) };
  if (isClosed && first.text === '{' && last.text === '}' && isOnePair(words)) {
    const pairs = split(words).map(pairOf);
    if (pairs.every((pair) => pair !== undefined)) return { kind: 'map', span, pairs };
  }
  if (first.kind === 'mark' && first.text === '-' && others.length === 1 && others[0]!.kind === 'number')
    return {
      kind: 'scalar',
      span,
      value: -Number(others[0]!.text),
      text: `-${others[0]!.text}`,
      style: 'plain',
    };
  return template(span);
}

function scalar({ kind, text, span }: Token): ScalarNode {
  if (kind === 'string') {
    // What an escape stands for is not worked out.
    return text.includes('\\') || text.includes('{{')
      ? template(span)
      : { kind: 'scalar', span, value: text, text, style: 'single' };
  }
  if (kind === 'number') return { kind: 'scalar', span, value: Number(text), text, style: 'plain' };
  if (kind === 'name' && Object.hasOwn(constants, text))
    return { kind: 'scalar', span, value: constants[text] ?? null, text, style: 'plain' };
  return template(span);
}

/** Whatever Jinja or Python makes of it. */
function template(span: Span): ScalarNode {
  return { kind: 'scalar', span, value: '{{ }}', text: '{{ }}', style: 'plain' };
}

function pairOf(words: readonly Token[]): Pair | undefined {
  const [key, colon] = words;
  if (key?.kind !== 'string' || colon?.text !== ':') return undefined;
  return { key: keyNode(key), value: valueNode(words.slice(2), key.span) };
}

/** True where the first bracket is closed by the last one. */
function isOnePair(words: readonly Token[]): boolean {
  let depth = 0;
  for (const [at, { kind, text }] of words.entries()) {
    if (kind !== 'mark') continue;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if ((text === ')' || text === ']' || text === '}') && --depth === 0) return at === words.length - 1;
  }
  return false;
}

/** What stands between the brackets, cut at its commas. */
function split(words: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [];
  let part: Token[] = [];
  let depth = 0;
  for (const token of words.slice(1, -1)) {
    if (token.kind === 'mark' && token.text === ',' && depth === 0) {
      parts.push(part);
      part = [];
      continue;
    }
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
    else if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
    part.push(token);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
