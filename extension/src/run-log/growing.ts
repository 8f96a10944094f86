type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A list of numbers that grows, a few bytes each; a million objects would cost a hundred times as much. */
export class Growing<Of extends Numbers> {
  readonly #make: (length: number) => Of;
  #numbers: Of;
  #length = 0;

  constructor(make: (length: number) => Of) {
    this.#make = make;
    this.#numbers = make(1024);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends, and says at which index. */
  push(value: number): number {
    if (this.#length === this.#numbers.length) {
      const larger = this.#make(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = value;
    return this.#length++;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? 0) : 0;
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }

  clear(): void {
    this.#length = 0;
  }

  /** The numbers from `from` up to, without, `to`. */
  slice(from: number, to: number): readonly number[] {
    return Array.from(this.#numbers.subarray(from, Math.min(to, this.#length)));
  }

  /** The first index whose number is not below `value`, in an ascending list. */
  search(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function growingBytes(): Growing<Uint8Array> {
  return new Growing((length) => new Uint8Array(length));
}

export function growingShorts(): Growing<Uint16Array> {
  return new Growing((length) => new Uint16Array(length));
}

export function growingIndexes(): Growing<Uint32Array> {
  return new Growing((length) => new Uint32Array(length));
}

/** For numbers beyond four thousand millions: places in a file. */
export function growingOffsets(): Growing<Float64Array> {
  return new Growing((length) => new Float64Array(length));
}
