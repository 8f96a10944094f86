import { parseJson, textOf } from '../core/json.ts';
const quote = 34;
const backslash = 92;

/**
 * Finds the members of some objects or arrays right below the root of a JSON text that comes in pieces. Everything
 * else is passed over without being kept. Texts that are no JSON give whatever looks like members.
 */
export class ArtifactScan {
  readonly #sections: ReadonlySet<string>;
  /** `key` is '' for members of an array. */
  readonly #onMember: (key: string, json: string) => void;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Whether the members of what is open below the root are wanted. */
  #isWanted = false;
  /** The last string that stood at depth 1 or 2: a key, where something follows it. */
  #string = '';
  /** Pieces of the string or member that is being kept, from earlier chunks. */
  #pieces: Uint8Array[] = [];
  #keeps: 'string' | 'member' | undefined;

  constructor(sections: readonly string[], onMember: (key: string, json: string) => void) {
    this.#sections = new Set(sections);
    this.#onMember = onMember;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk[at]!;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) {
          this.#isInString = false;
          if (this.#keeps === 'string') this.#string = parseString(this.#take(chunk.subarray(from, at + 1)));
        }
      } else if (code === quote) {
        this.#isInString = true;
        if (this.#keeps === undefined && (this.#depth === 1 || (this.#depth === 2 && this.#isWanted))) {
          this.#keeps = 'string';
          from = at;
        }
      } else if (code === 123 || code === 91) {
        if (this.#open()) from = at;
      } else if (code === 125 || code === 93) {
        if (this.#close()) {
          const key = this.#string;
          this.#string = '';
          this.#onMember(key, this.#take(chunk.subarray(from, at + 1)));
        }
      }
    }
    if (this.#keeps !== undefined) this.#pieces.push(chunk.slice(from));
  }

  /** True where a wanted member begins. */
  #open(): boolean {
    this.#depth++;
    if (this.#depth === 2) {
      this.#isWanted = this.#sections.has(this.#string);
      this.#string = '';
    }
    if (this.#depth !== 3 || !this.#isWanted) return false;
    this.#keeps = 'member';
    return true;
  }

  /** True where a wanted member ends. */
  #close(): boolean {
    this.#depth--;
    if (this.#depth < 2) this.#isWanted = false;
    return this.#depth === 2 && this.#keeps === 'member';
  }

  #take(last: Uint8Array): string {
    const text = Buffer.concat([...this.#pieces, last]).toString('utf8');
    this.#pieces = [];
    this.#keeps = undefined;
    return text;
  }
}

function parseString(json: string): string {
  return textOf(parseJson(json)) ?? '';
}
