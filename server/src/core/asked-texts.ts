/** What a rule wants to know of another file's text. A function of the text alone; what it answers is compared by `===`. */
export type TextQuestion = (text: string) => string | undefined;

/** What rules over facts learnt from the texts of other files than the one they looked at, and on whose findings that tells. */
export class AskedTexts {
  readonly #read: (path: string) => string;
  readonly #answers = new Map<string, Map<TextQuestion, string | undefined>>();
  /** Those whose findings rest on a file's text, by that file, and the other way round. */
  readonly #askers = new Map<string, Set<string>>();
  readonly #asked = new Map<string, Set<string>>();

  constructor(read: (path: string) => string) {
    this.#read = read;
  }

  /** The answer of the text at `path`, read once until that changes. */
  ask(asker: string, path: string, question: TextQuestion): string | undefined {
    this.note(asker, [path]);
    let answers = this.#answers.get(path);
    if (!answers) this.#answers.set(path, (answers = new Map()));
    if (!answers.has(question)) answers.set(question, question(this.#read(path)));
    return answers.get(question);
  }

  /** Takes in that the findings of `asker` rest on the texts at `paths`. */
  note(asker: string, paths: readonly string[]): void {
    for (const path of paths) {
      addTo(this.#askers, path, asker);
      addTo(this.#asked, asker, path);
    }
  }

  /** The files on whose texts the findings of `asker` rest. */
  askedBy(asker: string): readonly string[] {
    return [...(this.#asked.get(asker) ?? [])];
  }

  /** The findings of `asker` are forgotten. */
  forget(asker: string): void {
    for (const path of this.#asked.get(asker) ?? []) this.#askers.get(path)?.delete(asker);
    this.#asked.delete(asker);
  }

  /** Of files that changed: those whose findings rest on a text that answers otherwise now. */
  *touchedBy(paths: Iterable<string>): Iterable<string> {
    for (const path of paths) {
      const askers = this.#askers.get(path);
      const known = this.#answers.get(path);
      this.#answers.delete(path);
      if (!askers || askers.size === 0) continue;
      const text = known ? this.#read(path) : '';
      const now = new Map([...(known ?? [])].map(([question]) => [question, question(text)] as const));
      if (known) this.#answers.set(path, now);
      // What an earlier start was answered nobody knows any more.
      if (!known || [...known].some(([question, answer]) => now.get(question) !== answer)) yield* askers;
    }
  }

  clear(): void {
    this.#answers.clear();
    this.#askers.clear();
    this.#asked.clear();
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
