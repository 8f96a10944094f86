import type { Files } from '../../server/src/core/files.ts';

/** Files that live in a map, for tests. */
export class MemoryFiles implements Files {
  readonly texts: Map<string, string>;

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  async *list(root: string): AsyncIterable<readonly string[]> {
    yield [...this.texts.keys()].filter((path) => path.startsWith(`${root}/`));
  }

  covers(root: string, path: string): boolean {
    return path.startsWith(`${root}/`);
  }

  read(path: string): ReturnType<Files['read']> {
    const text = this.texts.get(path);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  }
}
