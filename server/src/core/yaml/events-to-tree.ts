import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, getScalarValue, type ScalarEvent } from 'js-yaml';
import type { Span } from '../span.ts';
import type { ScalarNode } from '../tree.ts';
import { plainValue } from './scalar-value.ts';
import { fullTag } from './tags.ts';
import { afterKeyMark, afterMark, flowEnd, skipProperties, trimBlockEnd } from './text-scan.ts';
import { TreeBuilder, type Anchors, type Properties } from './tree-builder.ts';
import {
  chompingOf,
  hasProperties,
  isBlockStyle,
  isFast,
  readYamlEvents,
  styleOf,
  typeOf,
  type YamlEvents,
} from './yaml-events.ts';
import { maxDepth, type YamlOptions, type YamlVersion } from './yaml-options.ts';

export interface EventTree {
  readonly builder: TreeBuilder;
  /** Where the second document begins; -1 where there is only one. */
  readonly secondDocument: number;
  /** Whether the text says what its tags stand for. */
  readonly hasDirectives: boolean;
}

/** Where a text lies that is a part of a document. */
export interface Around {
  /** How many collections it lies in. */
  readonly depth: number;
  /** Those that stand before it. */
  readonly anchors: Anchors;
}

/** The fast road: for well-formed text. Throws js-yaml's exception at the first fault. */
export function readEvents(text: string, options: YamlOptions, around?: Around): EventTree {
  const events = readYamlEvents(text, maxDepth - (around?.depth ?? 0));
  return treeOf(events, text, options, around?.anchors);
}

/** The tree of the text that the events were told of. */
export function treeOf(events: YamlEvents, text: string, options: YamlOptions, anchors?: Anchors): EventTree {
  const { handles, hasMore } = events;
  const builder = new TreeBuilder(text, options, anchors);
  new EventReader(events, text, builder, options.version).read();
  return { builder, secondDocument: hasMore ? builder.lastEnd : -1, hasDirectives: handles.size > 0 };
}

class EventReader {
  readonly #words: Int32Array;
  #at = 0;
  readonly #handles: ReadonlyMap<string, string>;
  readonly #text: string;
  readonly #builder: TreeBuilder;
  readonly #version: YamlVersion;
  /** For every open collection: where a flow collection's bracket is, -1 for block ones. */
  readonly #brackets: number[] = [];

  constructor({ words, handles }: YamlEvents, text: string, builder: TreeBuilder, version: YamlVersion) {
    this.#words = words;
    this.#handles = handles;
    this.#text = text;
    this.#builder = builder;
    this.#version = version;
  }

  read(): void {
    while (this.#at < this.#words.length) {
      const head = this.#next();
      switch (typeOf(head)) {
        case EVENT_ID.SCALAR:
          this.#scalar(head);
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.#open(head);
          break;
        case EVENT_ID.POP:
          this.#close();
          break;
        case EVENT_ID.ALIAS:
          this.#alias();
          break;
        case EVENT_ID.DOCUMENT:
          break;
      }
    }
  }

  #next(): number {
    return this.#words[this.#at++]!;
  }

  #open(head: number): void {
    const start = this.#next();
    const properties = hasProperties(head) ? this.#properties() : undefined;
    const isMap = typeOf(head) === EVENT_ID.MAPPING;
    const bracket = this.#text.charCodeAt(start);
    // A pair inside a list (`[a: b]`) is told as a flow mapping that has no bracket of its own.
    const isFlow = styleOf(head) === COLLECTION_STYLE.FLOW && bracket === (isMap ? 123 : 91);
    this.#brackets.push(isFlow ? start : -1);
    this.#builder.lastEnd = isFlow ? start + 1 : start;
    if (isMap) this.#builder.openMap(skipProperties(this.#text, start), properties);
    else this.#builder.openSeq(start, properties);
  }

  #close(): void {
    const bracket = this.#brackets.pop();
    // The end of the document.
    if (bracket === undefined) return;
    const { lastEnd } = this.#builder;
    this.#builder.close(bracket < 0 ? lastEnd : flowEnd(this.#text, lastEnd));
  }

  #alias(): void {
    const start = this.#next();
    const end = this.#next();
    this.#builder.alias(this.#text.slice(start, end), start, end);
  }

  #scalar(head: number): void {
    const builder = this.#builder;
    const start = this.#next();
    const end = this.#next();
    const style = styleOf(head);
    const indent = isBlockStyle(style) ? this.#next() : -1;
    const properties = hasProperties(head) ? this.#properties() : undefined;
    if (start < 0) {
      if (properties === undefined && builder.expects === 'root') return;
      builder.scalar(this.#empty(properties), properties);
      return;
    }
    const text = isFast(head) ? this.#text.slice(start, end) : this.#value(head, { start, end, indent });
    if (style === SCALAR_STYLE.PLAIN) {
      builder.lastEnd = end;
      const value = plainValue(text, this.#version);
      builder.scalar({ kind: 'scalar', span: { start, end }, value, text, style: 'plain' }, properties);
    } else if (isBlockStyle(style)) {
      const span = trimBlockEnd(this.#text, start, end);
      builder.lastEnd = span.end;
      const block = style === SCALAR_STYLE.LITERAL_BLOCK ? 'literal' : 'folded';
      builder.scalar({ kind: 'scalar', span, value: text, text, style: block }, properties);
    } else {
      builder.lastEnd = end + 1;
      const quoted = style === SCALAR_STYLE.DOUBLE_QUOTED ? 'double' : 'single';
      builder.scalar({ kind: 'scalar', span: { start, end }, value: text, text, style: quoted }, properties);
    }
  }

  /** What a scalar says that is written in another way. */
  #value(head: number, { start, end, indent }: Span & { readonly indent: number }): string {
    return getScalarValue(this.#text, {
      type: EVENT_ID.SCALAR,
      valueStart: start,
      valueEnd: end,
      anchorStart: -1,
      anchorEnd: -1,
      tagStart: -1,
      tagEnd: -1,
      style: styleOf(head) as ScalarEvent['style'],
      chomping: chompingOf(head),
      indent,
      fast: false,
    });
  }

  /** Nothing stands where a value should: the place is right behind the mark that asks for it. */
  #empty(properties: Properties | undefined): ScalarNode {
    const builder = this.#builder;
    let at = builder.lastEnd;
    if (properties) at = Math.max(at, properties.anchorStart + properties.anchor.length, properties.tagEnd);
    else if (builder.expects === 'value') at = afterMark(this.#text, at, 58);
    else if (builder.expects === 'item') at = afterMark(this.#text, at, 45);
    else if (builder.expects === 'key') at = afterKeyMark(this.#text, at);
    builder.lastEnd = at;
    return { kind: 'scalar', span: { start: at, end: at }, value: null, text: '', style: 'none' };
  }

  #properties(): Properties {
    const anchorStart = this.#next();
    const anchorEnd = this.#next();
    const tagStart = this.#next();
    const tagEnd = this.#next();
    const written = tagStart < 0 ? '' : this.#text.slice(tagStart, tagEnd);
    return {
      anchor: anchorStart < 0 ? '' : this.#text.slice(anchorStart, anchorEnd),
      anchorStart,
      tag: written === '' ? '' : fullTag(written, this.#handles),
      tagStart,
      tagEnd,
    };
  }
}
