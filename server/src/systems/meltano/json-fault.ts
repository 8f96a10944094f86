import type { Span } from '../../core/span.ts';

export interface Fault {
  readonly span: Span;
  readonly message: string;
}

/** Where Python's `json` stops reading a text, and why; undefined where it reads it all. `NaN` is fine with it. */
export function jsonFault(text: string): Fault | undefined {
  return new JsonReader(text).read();
}

const literals = /(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)/y;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Linear, and no deeper in calls for a text that nests deeply. */
  read(): Fault | undefined {
    const open: ('}' | ']')[] = [];
    this.#skip();
    if (this.#at >= this.#text.length)
      return this.#fault('is empty; remove it, and `meltano lock` writes it anew');
    let state: 'value' | 'first' | 'key' | 'after' = 'value';
    for (;;) {
      this.#skip();
      const char = this.#text[this.#at];
      if (state === 'after') {
        const close = open.at(-1);
        if (close === undefined)
          return char === undefined
            ? undefined
            : this.#fault('goes on where its value has ended; remove the rest');
        if (char === close) {
          open.pop();
          this.#at++;
        } else if (char === ',') {
          this.#at++;
          state = close === '}' ? 'key' : 'value';
        } else return this.#fault(`wants a comma or \`${close}\` here`);
        continue;
      }
      if (char === open.at(-1) && state === 'first') {
        open.pop();
        this.#at++;
        state = 'after';
        continue;
      }
      if (state === 'key' || (state === 'first' && open.at(-1) === '}')) {
        if (char !== '"') return this.#fault('wants a key in double quotes here');
        const fault = this.#string();
        if (fault) return fault;
        this.#skip();
        if (this.#text[this.#at] !== ':') return this.#fault('wants a colon behind the key');
        this.#at++;
        state = 'value';
        continue;
      }
      if (char === '{' || char === '[') {
        open.push(char === '{' ? '}' : ']');
        this.#at++;
        state = 'first';
        continue;
      }
      const fault = char === '"' ? this.#string() : this.#literal();
      if (fault) return fault;
      state = 'after';
    }
  }

  #string(): Fault | undefined {
    const start = this.#at;
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text[at]!;
      if (char === '"') {
        this.#at = at + 1;
        return undefined;
      }
      if (char < ' ') {
        this.#at = at;
        return this.#fault('has a line break or control character inside a text; write `\\n` or such');
      }
      if (char !== '\\') continue;
      const escape = /(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
      escape.lastIndex = at + 1;
      if (!escape.test(this.#text)) {
        this.#at = at;
        return this.#fault('has an escape that JSON does not know');
      }
      at = escape.lastIndex - 1;
    }
    this.#at = start;
    return this.#fault('has a text that is never closed');
  }

  #literal(): Fault | undefined {
    literals.lastIndex = this.#at;
    if (!literals.test(this.#text)) return this.#fault('wants a value here');
    this.#at = literals.lastIndex;
    return undefined;
  }

  #skip(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #fault(why: string): Fault {
    const start = Math.min(this.#at, this.#text.length);
    const word = /\w+|\S/y;
    word.lastIndex = start;
    return {
      span: { start, end: word.test(this.#text) ? word.lastIndex : start },
      message: `the lock file is no JSON: it ${why}`,
    };
  }
}
