import { longRun } from './line-scanner.ts';
import { hidden } from './hidden-text.ts';

/** Fewer characters of base64 are no four characters of a secret. */
const shortest = 4;
/** What may stand behind a piece on its line. */
const behind = /=*["'\s]*$/;
const inBase64 = /[A-Za-z0-9+/_-]/;

/** A place in a text: which one, and where. */
interface Place {
  readonly text: string;
  readonly at: number;
}

/**
 * Hides pieces of secrets in base64 that a program has cut into lines (76 columns, 64 in PEM files): a line is written
 * before the next one is known, so each piece is told by itself, at the end of its line.
 */
export class WrappedSecrets {
  readonly #texts: readonly string[];
  readonly #longest: number;
  /** Where four characters in a row stand. Made when a line may have been cut: most runs have none. */
  #places: ReadonlyMap<string, readonly Place[]> | undefined;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#longest = Math.max(0, ...texts.map(({ length }) => length));
  }

  hide(line: string): string {
    const end = line.length - behind.exec(line.slice(-longRun))![0].length;
    let start = end;
    while (start > 0 && inBase64.test(line[start - 1]!)) start--;
    if (end - start >= longRun) this.#places ??= placesOf(this.#texts);
    if (!this.#places || end - start < shortest) return line;
    const run = line.slice(start, end);
    const head = this.#head(run);
    const tail = head === run.length ? 0 : this.#tail(run);
    if (head === 0 && tail === 0) return line;
    return (
      line.slice(0, start) +
      hidden(head) +
      run.slice(head, run.length - tail) +
      hidden(tail) +
      line.slice(end)
    );
  }

  /** How much of the run ends a text that lines before have begun, or goes on with it. */
  #head(run: string): number {
    const lengths = (this.#places!.get(run.slice(0, shortest)) ?? []).map(({ text, at }) => {
      const left = text.length - at;
      if (left <= run.length) return run.startsWith(text.slice(at)) ? left : 0;
      // A word of a sentence may stand in the middle of a text by chance; a whole line does not.
      return run.length >= longRun && text.startsWith(run, at) ? run.length : 0;
    });
    return Math.max(0, ...lengths);
  }

  /** How much of the run begins a text that the next lines end. */
  #tail(run: string): number {
    if (run.length < longRun) return 0;
    for (let from = Math.max(1, run.length - this.#longest); from <= run.length - shortest; from++) {
      const places = this.#places!.get(run.slice(from, from + shortest)) ?? [];
      if (places.some(({ text, at }) => at === 0 && text.startsWith(run.slice(from))))
        return run.length - from;
    }
    return 0;
  }
}

function placesOf(texts: readonly string[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const text of texts) {
    for (let at = 0; at <= text.length - shortest; at++) {
      const gram = text.slice(at, at + shortest);
      const known = places.get(gram);
      if (known) known.push({ text, at });
      else places.set(gram, [{ text, at }]);
    }
  }
  return places;
}
