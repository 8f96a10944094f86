import { EVENT_ID, SCALAR_STYLE, parseEvents, type Event, type ScalarEvent } from 'js-yaml';

/**
 * What js-yaml says of a text's first document, as numbers, which another thread can hand over.
 * Each event begins with a head, read by the functions below. Behind it follow, for a scalar, start and end of its value and, where it
 * is a block, its indentation; for a collection its start; for an alias start and end of its name; then the properties
 * where there are some: start and end of anchor and of tag, -1 where there is none.
 */
export interface YamlEvents {
  readonly words: Int32Array;
  /** What the text says that its tags stand for. */
  readonly handles: ReadonlyMap<string, string>;
  /** Whether something follows behind the document. */
  readonly hasMore: boolean;
}

/** No event takes more words. */
const mostWords = 8;

const typeBits = 3;
const styleBits = 3;
const chompingBits = 2;
const fastBit = 1 << (typeBits + styleBits + chompingBits);
const propertiesBit = fastBit << 1;

/** Throws js-yaml's exception at the first fault. */
export function readYamlEvents(text: string, maxDepth: number): YamlEvents {
  const events = parseEvents(text, { maxDepth });
  const writer = new Writer(new Int32Array(mostWords * events.length));
  const end = writer.writeDocument(events);
  return { words: writer.written(), handles: handlesOf(events), hasMore: end < events.length };
}

export function typeOf(head: number): Event['type'] {
  return (head & 7) as Event['type'];
}

/** A scalar's style, or a collection's. */
export function styleOf(head: number): number {
  return (head >> typeBits) & 7;
}

export function chompingOf(head: number): ScalarEvent['chomping'] {
  return ((head >> (typeBits + styleBits)) & 3) as ScalarEvent['chomping'];
}

/** Whether the value is the text as it is written. */
export function isFast(head: number): boolean {
  return (head & fastBit) !== 0;
}

export function hasProperties(head: number): boolean {
  return (head & propertiesBit) !== 0;
}

export function isBlockStyle(style: number): boolean {
  return style >= SCALAR_STYLE.LITERAL_BLOCK;
}

function handlesOf([first]: readonly Event[]): ReadonlyMap<string, string> {
  const directives = first?.type === EVENT_ID.DOCUMENT ? first.directives : [];
  return new Map(directives.flatMap((each) => (each.kind === 'tag' ? [[each.handle, each.prefix]] : [])));
}

type Collection = Extract<Event, { start: number }>;

class Writer {
  readonly #words: Int32Array;
  #at = 0;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  written(): Int32Array {
    return this.#words.subarray(0, this.#at);
  }

  /** Writes the first document; returns the index of the event behind it. */
  writeDocument(events: readonly Event[]): number {
    let depth = 0;
    for (const [at, event] of events.entries()) {
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          depth++;
          this.#put(event.type | (event.style << typeBits) | propertiesOf(event));
          this.#put(event.start);
          this.#properties(event);
          break;
        case EVENT_ID.POP:
          this.#put(event.type);
          if (depth-- === 0) return at + 1;
          break;
        case EVENT_ID.ALIAS:
          this.#put(event.type);
          this.#put(event.anchorStart);
          this.#put(event.anchorEnd);
          break;
        case EVENT_ID.DOCUMENT:
          break;
      }
    }
    return events.length;
  }

  #scalar(event: ScalarEvent): void {
    const { style, chomping, fast } = event;
    const how = (style << typeBits) | (chomping << (typeBits + styleBits)) | (fast ? fastBit : 0);
    this.#put(event.type | how | propertiesOf(event));
    this.#put(event.valueStart);
    this.#put(event.valueEnd);
    if (isBlockStyle(style)) this.#put(event.indent);
    this.#properties(event);
  }

  #properties(event: Collection | ScalarEvent): void {
    if (propertiesOf(event) === 0) return;
    this.#put(event.anchorStart);
    this.#put(event.anchorEnd);
    this.#put(event.tagStart);
    this.#put(event.tagEnd);
  }

  #put(word: number): void {
    this.#words[this.#at++] = word;
  }
}

function propertiesOf({ anchorStart, tagStart }: Collection | ScalarEvent): number {
  return anchorStart < 0 && tagStart < 0 ? 0 : propertiesBit;
}
