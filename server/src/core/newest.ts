import { SourceFile } from './source-file.ts';
import type { ParsedFile } from './system.ts';

/** The newest version of each file, so that the next one can go on from what was made of it. */
export class NewestSources {
  readonly #sources = new Map<string, SourceFile>();

  /** The file with this text: the newest version, or the next one. */
  of(path: string, text: string): SourceFile {
    const newest = this.#sources.get(path);
    if (newest?.text === text) return newest;
    const next = new SourceFile(path, text, newest);
    this.#sources.set(path, next);
    return next;
  }

  /** Lets what is made of the file be kept from now on, as of one that was edited: somebody has opened it. */
  opened(path: string, text: string): void {
    const newest = this.#sources.get(path);
    if (newest?.isEdited) return;
    this.#sources.set(path, new SourceFile(path, text, newest ?? new SourceFile(path, text)));
  }

  drop(path: string): void {
    this.#sources.delete(path);
  }

  clear(): void {
    this.#sources.clear();
  }
}

/**
 * The newest parses, so that features need not read a file again on every request.
 * Limit: of 32 files; those of a whole platform would not fit a laptop's memory.
 */
export class NewestParses {
  readonly #files = new Map<string, ParsedFile>();

  get(path: string): ParsedFile | undefined {
    return this.#files.get(path);
  }

  keep(path: string, file: ParsedFile): ParsedFile {
    this.#files.delete(path);
    this.#files.set(path, file);
    if (this.#files.size > 32) this.#forgetOldest();
    return file;
  }

  #forgetOldest(): void {
    const [path, { source }] = this.#files.entries().next().value!;
    this.#files.delete(path);
    source.forget();
  }

  drop(path: string): void {
    this.#files.delete(path);
  }

  clear(): void {
    this.#files.clear();
  }
}
