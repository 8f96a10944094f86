import type { Files, FileStamp } from '../../server/src/core/files.ts';

/** Files that live in a map, for tests. */
export class MemoryFiles implements Files {
  readonly texts: Map<string, string>;
  /** The text that each stamp was given for, and how often there was a new one. */
  readonly #stamped = new Map<string, { readonly text: string; readonly count: number }>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  async *list(root: string): AsyncIterable<readonly string[]> {
    yield [...this.texts.keys()].filter((path) => path.startsWith(`${root}/`));
  }

  covers(root: string, path: string): boolean {
    return path.startsWith(`${root}/`);
  }

  has(path: string): boolean {
    return this.texts.has(path) || [...this.texts.keys()].some((each) => each.startsWith(`${path}/`));
  }

  read(path: string): ReturnType<Files['read']> {
    const text = this.texts.get(path);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  }

  stamp(path: string): FileStamp | undefined {
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    let known = this.#stamped.get(path);
    if (known?.text !== text) this.#stamped.set(path, (known = { text, count: (known?.count ?? 0) + 1 }));
    return { size: text.length, modifiedMs: known.count, changedMs: 0, inode: 0 };
  }
}
