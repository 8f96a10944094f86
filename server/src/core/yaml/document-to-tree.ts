import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type Alias,
  type Document,
  type Node as YamlNode,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ScalarNode } from '../tree.ts';
import { plainValue } from './scalar-value.ts';
import { afterKeyMark, afterMark, lineEnd, lineStart, trimBlockEnd } from './text-scan.ts';
import { TreeBuilder, type Properties } from './tree-builder.ts';
import { maxDepth, type YamlOptions } from './yaml-options.ts';

/** Thrown when collections lie deeper in each other than any tool reads; `parseYaml` catches it. */
export class TooDeep extends Error {}

/** The forgiving road: for text that is broken or half typed. Gives as much of the tree as can be told. */
export function readDocument(text: string, options: YamlOptions): TreeBuilder {
  const builder = new TreeBuilder(text, options);
  // A line break at its place keeps the offsets, which the parser otherwise loses behind a byte order mark.
  const source = text.charCodeAt(0) === 0xfeff ? `\n${text.slice(1)}` : text;
  const document: Document = parseDocument(source, {
    logLevel: 'silent',
    schema: 'failsafe',
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    strict: false,
  });
  const { contents } = document;
  if (contents !== null && !isNothing(contents)) new DocumentReader(text, options, builder).node(contents);
  return builder;
}

function isNothing(node: YamlNode): boolean {
  return (
    isScalar(node) &&
    node.source === '' &&
    node.type === Scalar.PLAIN &&
    node.tag === undefined &&
    node.anchor === undefined
  );
}

const styles: Readonly<Record<string, ScalarNode['style']>> = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_LITERAL]: 'literal',
  [Scalar.BLOCK_FOLDED]: 'folded',
};

class DocumentReader {
  readonly #text: string;
  readonly #options: YamlOptions;
  readonly #builder: TreeBuilder;

  constructor(text: string, options: YamlOptions, builder: TreeBuilder) {
    this.#text = text;
    this.#options = options;
    this.#builder = builder;
  }

  node(node: YamlNode | null | undefined): void {
    if (this.#builder.depth > maxDepth) throw new TooDeep();
    if (isMap(node)) this.#map(node);
    else if (isSeq(node)) this.#seq(node);
    else if (isAlias(node)) this.#alias(node);
    else if (isScalar(node)) this.#scalar(node);
    else this.#builder.scalar(this.#empty(undefined));
  }

  #map(node: YAMLMap): void {
    const builder = this.#builder;
    const start = this.#start(node);
    const isFlow = this.#text.charCodeAt(start) === 123 && node.flow === true;
    builder.lastEnd = isFlow ? start + 1 : start;
    builder.openMap(start, this.#properties(node));
    for (const pair of node.items as Pair<YamlNode, YamlNode | null>[]) {
      // Broken text makes pairs of nothing at all, which nobody wrote.
      if (this.#isNowhere(pair.key) && this.#isNowhere(pair.value)) continue;
      this.node(pair.key);
      this.node(pair.value);
    }
    builder.close(isFlow ? this.#end(node) : builder.lastEnd);
  }

  #seq(node: YAMLSeq): void {
    const builder = this.#builder;
    const start = this.#start(node);
    const isFlow = node.flow === true;
    builder.lastEnd = isFlow ? start + 1 : start;
    builder.openSeq(start, this.#properties(node));
    for (const item of node.items as (YamlNode | Pair<YamlNode, YamlNode | null>)[]) {
      if (!('key' in item)) this.node(item);
      else this.#pair(item);
    }
    builder.close(isFlow ? this.#end(node) : builder.lastEnd);
  }

  /** A pair that stands bare in a list: `[a: b]`. */
  #pair(pair: Pair<YamlNode, YamlNode | null>): void {
    this.#builder.openMap(pair.key.range?.[0] ?? this.#builder.lastEnd);
    this.node(pair.key);
    this.node(pair.value);
    this.#builder.close(this.#builder.lastEnd);
  }

  #alias(node: Alias): void {
    const start = (node.range?.[0] ?? 0) + 1;
    // A lone `*` is told of as a fault of syntax.
    if (node.source === '') return this.#builder.scalar(this.#empty(undefined));
    this.#builder.alias(node.source, start, start + node.source.length);
  }

  #scalar(node: Scalar): void {
    const builder = this.#builder;
    const properties = this.#properties(node);
    const [from, to] = node.range ?? [0, 0];
    const style = styles[node.type ?? Scalar.PLAIN] ?? 'plain';
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (style === 'plain') {
      if (to <= from) return builder.scalar(this.#empty(properties), properties);
      builder.lastEnd = to;
      if (builder.expects === 'key') return builder.scalar(this.#plainKey(text, from, to), properties);
      const value = plainValue(text, this.#options.version);
      return builder.scalar(
        { kind: 'scalar', span: { start: from, end: to }, value, text, style },
        properties,
      );
    }
    if (style === 'single' || style === 'double') {
      builder.lastEnd = to;
      const isClosed = to > from + 1 && this.#text.charCodeAt(to - 1) === this.#text.charCodeAt(from);
      const span = { start: from + 1, end: isClosed ? to - 1 : to };
      return builder.scalar({ kind: 'scalar', span, value: text, text, style }, properties);
    }
    const span = trimBlockEnd(this.#text, this.#blockStart(from), to);
    builder.lastEnd = Math.max(span.end, from);
    builder.scalar({ kind: 'scalar', span, value: text, text, style }, properties);
  }

  /** A plain key stands on one line; broken text draws the lines above into it. */
  #plainKey(text: string, from: number, to: number): ScalarNode {
    const start = Math.max(from, lineStart(this.#text, to));
    const key = start === from ? text : this.#text.slice(start, to).trimStart();
    const span = { start: to - key.length, end: to };
    if (start === from)
      return {
        kind: 'scalar',
        span: { start: from, end: to },
        value: plainValue(key, this.#options.version),
        text: key,
        style: 'plain',
      };
    return { kind: 'scalar', span, value: plainValue(key, this.#options.version), text: key, style: 'plain' };
  }

  #isNowhere(node: YamlNode | null): boolean {
    if (node === null) return true;
    if (
      !isScalar(node) ||
      node.tag !== undefined ||
      node.anchor !== undefined ||
      (node.type ?? Scalar.PLAIN) !== Scalar.PLAIN
    )
      return false;
    const [from, to] = node.range ?? [0, 0];
    return to <= from && !/[?:]/.test(this.#text.slice(Math.max(0, from - 1), from + 1));
  }

  /** Behind the line of a block scalar's header. */
  #blockStart(header: number): number {
    let at = lineEnd(this.#text, header);
    if (this.#text.charCodeAt(at) === 13) at++;
    if (this.#text.charCodeAt(at) === 10) at++;
    return at;
  }

  /** Nothing stands where a value should: the place is right behind the mark that asks for it. */
  #empty(properties: Properties | undefined): ScalarNode {
    const builder = this.#builder;
    let at = builder.lastEnd;
    if (properties !== undefined)
      at = Math.max(at, properties.tagEnd, properties.anchorStart + properties.anchor.length);
    else if (builder.expects === 'value') at = afterMark(this.#text, at, 58);
    else if (builder.expects === 'item') at = afterMark(this.#text, at, 45);
    else if (builder.expects === 'key') at = afterKeyMark(this.#text, at);
    builder.lastEnd = at;
    return { kind: 'scalar', span: { start: at, end: at }, value: null, text: '', style: 'none' };
  }

  #start(node: YamlNode): number {
    return node.range?.[0] ?? this.#builder.lastEnd;
  }

  /** The end of a flow collection: behind its bracket, or of what there is where it is not closed. */
  #end(node: YamlNode): number {
    return Math.max(node.range?.[1] ?? 0, this.#builder.lastEnd);
  }

  /** The tree keeps no place for anchors and tags: they stand right before their node. */
  #properties(node: Scalar | YAMLMap | YAMLSeq): Properties | undefined {
    const anchor = node.anchor ?? '';
    const tag = node.tag ?? '';
    if (anchor === '' && tag === '') return undefined;
    const before = this.#start(node);
    const anchorStart = anchor === '' ? -1 : this.#text.lastIndexOf(`&${anchor}`, before) + 1;
    const tagStart = tag === '' ? -1 : this.#text.lastIndexOf('!', before);
    const from = this.#tagStart(tagStart);
    return { anchor, anchorStart, tag, tagStart: from, tagEnd: tag === '' ? -1 : this.#wordEnd(from) };
  }

  /** `!!str` has two marks, `!<…>` and `!e!x` have others between them. */
  #tagStart(mark: number): number {
    let at = mark;
    while (at > 0 && !/[\s,[\]{}]/.test(this.#text[at - 1]!)) at--;
    return at;
  }

  #wordEnd(from: number): number {
    let at = from;
    while (at < this.#text.length && !/[\s,[\]{}]/.test(this.#text[at]!)) at++;
    return at;
  }
}
