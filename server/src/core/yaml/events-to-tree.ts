import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents, type Event, type ScalarEvent } from 'js-yaml';
import type { ScalarNode } from '../tree.ts';
import { plainValue } from './scalar-value.ts';
import { fullTag } from './tags.ts';
import { afterKeyMark, afterMark, flowEnd, skipProperties, trimBlockEnd } from './text-scan.ts';
import { TreeBuilder, type Anchors, type Properties } from './tree-builder.ts';
import { maxDepth, type YamlOptions } from './yaml-options.ts';

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
  const events = parseEvents(text, { maxDepth: maxDepth - (around?.depth ?? 0) });
  const reader = new EventReader(text, options, around?.anchors);
  const end = reader.read(events);
  const { builder, hasDirectives } = reader;
  return { builder, secondDocument: end < events.length ? builder.lastEnd : -1, hasDirectives };
}

type Collection = Extract<Event, { start: number }>;

class EventReader {
  readonly builder: TreeBuilder;
  readonly #text: string;
  readonly #options: YamlOptions;
  #handles: ReadonlyMap<string, string> = new Map();
  /** For every open collection: where a flow collection's bracket is, -1 for block ones. */
  readonly #brackets: number[] = [];

  constructor(text: string, options: YamlOptions, anchors?: Anchors) {
    this.#text = text;
    this.#options = options;
    this.builder = new TreeBuilder(text, options, anchors);
  }

  get hasDirectives(): boolean {
    return this.#handles.size > 0;
  }

  /** Reads the first document; returns the index of the event behind it. */
  read(events: readonly Event[]): number {
    const builder = this.builder;
    for (let at = 0; at < events.length; at++) {
      const event = events[at]!;
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.#open(event);
          break;
        case EVENT_ID.POP:
          if (builder.depth === 0) return at + 1;
          this.#close();
          break;
        case EVENT_ID.ALIAS:
          builder.alias(
            this.#text.slice(event.anchorStart, event.anchorEnd),
            event.anchorStart,
            event.anchorEnd,
          );
          break;
        case EVENT_ID.DOCUMENT:
          for (const directive of event.directives) {
            if (directive.kind === 'tag')
              this.#handles = new Map(this.#handles).set(directive.handle, directive.prefix);
          }
          break;
      }
    }
    return events.length;
  }

  #open(event: Collection): void {
    const properties = this.#properties(event);
    const bracket = this.#text.charCodeAt(event.start);
    // A pair inside a list (`[a: b]`) is told as a flow mapping that has no bracket of its own.
    const isFlow = event.style === 2 && bracket === (event.type === EVENT_ID.MAPPING ? 123 : 91);
    this.#brackets.push(isFlow ? event.start : -1);
    this.builder.lastEnd = isFlow ? event.start + 1 : event.start;
    if (event.type === EVENT_ID.MAPPING)
      this.builder.openMap(skipProperties(this.#text, event.start), properties);
    else this.builder.openSeq(event.start, properties);
  }

  #close(): void {
    const { lastEnd } = this.builder;
    this.builder.close(this.#brackets.pop()! < 0 ? lastEnd : flowEnd(this.#text, lastEnd));
  }

  #scalar(event: ScalarEvent): void {
    const builder = this.builder;
    const properties = event.anchorStart < 0 && event.tagStart < 0 ? undefined : this.#properties(event);
    if (event.valueStart < 0) {
      if (properties === undefined && builder.expects === 'root') return;
      builder.scalar(this.#empty(event), properties);
      return;
    }
    const { valueStart: start, valueEnd, style } = event;
    const text = event.fast ? this.#text.slice(start, valueEnd) : getScalarValue(this.#text, event);
    if (style === SCALAR_STYLE.PLAIN) {
      builder.lastEnd = valueEnd;
      const value = plainValue(text, this.#options.version);
      builder.scalar(
        { kind: 'scalar', span: { start, end: valueEnd }, value, text, style: 'plain' },
        properties,
      );
    } else if (style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED) {
      builder.lastEnd = valueEnd + 1;
      const quoted = style === SCALAR_STYLE.DOUBLE_QUOTED ? 'double' : 'single';
      builder.scalar(
        { kind: 'scalar', span: { start, end: valueEnd }, value: text, text, style: quoted },
        properties,
      );
    } else {
      const span = trimBlockEnd(this.#text, start, valueEnd);
      builder.lastEnd = span.end;
      const block = style === SCALAR_STYLE.LITERAL_BLOCK ? 'literal' : 'folded';
      builder.scalar({ kind: 'scalar', span, value: text, text, style: block }, properties);
    }
  }

  /** Nothing stands where a value should: the place is right behind the mark that asks for it. */
  #empty(event: ScalarEvent): ScalarNode {
    const builder = this.builder;
    const from = Math.max(builder.lastEnd, event.anchorEnd, event.tagEnd);
    let at = from;
    if (event.anchorEnd < 0 && event.tagEnd < 0) {
      const { expects } = builder;
      if (expects === 'value') at = afterMark(this.#text, from, 58);
      else if (expects === 'item') at = afterMark(this.#text, from, 45);
      else if (expects === 'key') at = afterKeyMark(this.#text, from);
    }
    builder.lastEnd = at;
    return { kind: 'scalar', span: { start: at, end: at }, value: null, text: '', style: 'none' };
  }

  #properties(event: Collection | ScalarEvent): Properties | undefined {
    if (event.anchorStart < 0 && event.tagStart < 0) return undefined;
    const written = event.tagStart < 0 ? '' : this.#text.slice(event.tagStart, event.tagEnd);
    return {
      anchor: event.anchorStart < 0 ? '' : this.#text.slice(event.anchorStart, event.anchorEnd),
      anchorStart: event.anchorStart,
      tag: written === '' ? '' : fullTag(written, this.#handles),
      tagStart: event.tagStart,
      tagEnd: event.tagEnd,
    };
  }
}
