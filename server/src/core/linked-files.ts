/** Files that other ones name as a part of what they say: documents of a plan, what a compose file includes. */
export class LinkedFiles {
  readonly #targets = new Map<string, readonly string[]>();
  /** How many files name each. */
  readonly #counts = new Map<string, number>();

  readonly #changed = new Set<string>();

  has(path: string): boolean {
    return this.#counts.has(path);
  }

  /** Puts what a file names in place of what it named. */
  replace(from: string, targets: readonly string[]): void {
    const before = this.#targets.get(from) ?? [];
    if (before.length === 0 && targets.length === 0) return;
    const now = [...new Set(targets)].filter((target) => target !== from);
    const known = new Set([...before, ...now].filter((path) => this.has(path)));
    for (const target of before) this.#count(target, -1);
    for (const target of now) this.#count(target, 1);
    if (now.length > 0) this.#targets.set(from, now);
    else this.#targets.delete(from);
    for (const path of new Set([...before, ...now]))
      if (known.has(path) !== this.has(path)) this.#changed.add(path);
  }

  /** The paths that are named now and were not, or the other way round, since this was last asked. */
  changed(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Every path that some file names. */
  all(): Iterable<string> {
    return this.#counts.keys();
  }

  clear(): void {
    this.#targets.clear();
    this.#counts.clear();
    this.#changed.clear();
  }

  #count(path: string, more: number): void {
    const count = (this.#counts.get(path) ?? 0) + more;
    if (count > 0) this.#counts.set(path, count);
    else this.#counts.delete(path);
  }
}
