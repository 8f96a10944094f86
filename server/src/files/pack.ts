/**
 * Plain values (what JSON can say) as numbers and a table of strings, which is read back several times
 * faster than JSON: each string and each set of keys is written once.
 *
 * A value is one word: its kind in the lowest three bits, the rest is a number, a place in a table or a
 * count of the values that follow.
 */
export interface Packed {
  readonly words: Uint32Array;
  readonly strings: readonly string[];
  readonly doubles: readonly number[];
  /** The keys of objects, by the number that stands for them. */
  readonly shapes: readonly (readonly string[])[];
}

const kinds = { string: 0, integer: 1, object: 2, array: 3, constant: 4, double: 5 } as const;
const constants = [null, true, false, undefined] as const;
const ordinary = { enumerable: true, writable: true, configurable: true } as const;
const maxRest = 2 ** 29;
const portionWords = 1 << 16;

export class Packer {
  /** In portions, so that nothing large is ever copied; all but the last are full. */
  readonly #words: Uint32Array[] = [];
  #portion = new Uint32Array(0);
  #length = 0;
  readonly #strings = new Map<string, number>();
  readonly #shapes: Shape[] = [];
  readonly #shapeTree: ShapeNode = { next: new Map(), shape: undefined };
  readonly #doubles: number[] = [];

  /** Adds a value and returns where it begins. */
  add(value: unknown): number {
    const start = this.#length;
    this.#put(value);
    return start;
  }

  /** Everything that was added; the words one portion behind the other. */
  finish(): Omit<Packed, 'words'> & { readonly words: readonly Uint32Array[] } {
    const rest = this.#length % portionWords;
    return {
      words: this.#words.map((portion, at) =>
        rest > 0 && at === this.#words.length - 1 ? portion.subarray(0, rest) : portion,
      ),
      strings: [...this.#strings.keys()],
      doubles: this.#doubles,
      shapes: this.#shapes.map(({ keys }) => keys),
    };
  }

  #put(value: unknown): void {
    if (typeof value === 'string') this.#word(kinds.string, this.#numberOf(value));
    else if (typeof value === 'number') this.#number(value);
    else if (Array.isArray(value)) {
      this.#word(kinds.array, value.length);
      for (const each of value) this.#put(each);
    } else if (typeof value === 'object' && value !== null) {
      this.#object(value as Readonly<Record<string, unknown>>);
    } else {
      const at = constants.indexOf(value as (typeof constants)[number]);
      if (at < 0) throw new TypeError(`a ${typeof value} cannot be kept`);
      this.#word(kinds.constant, at);
    }
  }

  #object(value: Readonly<Record<string, unknown>>): void {
    const { keys, number, last } = this.#shapeOf(Object.keys(value));
    this.#word(kinds.object, number);
    for (const [at, key] of keys.entries()) {
      const own = value[key];
      if (typeof own !== 'string') this.#put(own);
      else {
        // The same file, scope and namespace come again and again: comparing is quicker than looking up.
        const known = last[at];
        if (known?.value === own) this.#word(kinds.string, known.number);
        else {
          last[at] = { value: own, number: this.#numberOf(own) };
          this.#word(kinds.string, last[at].number);
        }
      }
    }
  }

  #shapeOf(keys: readonly string[]): Shape {
    let node = this.#shapeTree;
    for (const key of keys) {
      let next = node.next.get(key);
      if (!next) node.next.set(key, (next = { next: new Map(), shape: undefined }));
      node = next;
    }
    if (!node.shape) this.#shapes.push((node.shape = { keys, number: this.#shapes.length, last: [] }));
    return node.shape;
  }

  #number(value: number): void {
    if (Number.isInteger(value) && value >= 0 && value < maxRest && !Object.is(value, -0))
      this.#word(kinds.integer, value);
    else this.#word(kinds.double, this.#doubles.push(value) - 1);
  }

  #numberOf(text: string): number {
    let known = this.#strings.get(text);
    if (known === undefined) this.#strings.set(text, (known = this.#strings.size));
    return known;
  }

  #word(kind: number, rest: number): void {
    if (rest >= maxRest) throw new RangeError('this is too much to be kept');
    const at = this.#length++ % portionWords;
    if (at === 0) this.#words.push((this.#portion = new Uint32Array(portionWords)));
    this.#portion[at] = ((rest << 3) | kind) >>> 0;
  }
}

/** A set of keys in one order. */
interface Shape {
  readonly keys: readonly string[];
  readonly number: number;
  /** By key, the string that was put there last, and its number. */
  readonly last: ({ readonly value: string; readonly number: number } | undefined)[];
}

/** Where one key leads to the next; `shape` is that of the keys up to here. */
interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  shape: Shape | undefined;
}

/** Reads values back. What is read is trusted: whoever packed it has seen to that. */
export class Unpacker {
  readonly #packed: Packed;
  #at = 0;

  constructor(packed: Packed) {
    this.#packed = packed;
  }

  /** The value that `Packer.add` put there. */
  read(start: number): unknown {
    this.#at = start;
    return this.#next();
  }

  #next(): unknown {
    const { words, strings, doubles, shapes } = this.#packed;
    const word = words[this.#at++]!;
    const rest = word >>> 3;
    switch (word & 7) {
      case kinds.string:
        return strings[rest];
      case kinds.integer:
        return rest;
      case kinds.object: {
        const made: Record<string, unknown> = {};
        for (const key of shapes[rest]!) {
          const value = this.#next();
          // To assign it would set what the object inherits from.
          if (key === '__proto__') Object.defineProperty(made, key, { value, ...ordinary });
          else made[key] = value;
        }
        return made;
      }
      case kinds.array: {
        const made: unknown[] = [];
        for (let count = rest; count > 0; count--) made.push(this.#next());
        return made;
      }
      case kinds.double:
        return doubles[rest];
      default:
        return constants[rest];
    }
  }
}
