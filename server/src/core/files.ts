import type { CancellationToken } from './cancellation.ts';
import type { YamlEvents } from './yaml/yaml-events.ts';

/** The world's files, as core asks for them. Paths are URI paths. */
export interface Files {
  /** Every file under `root` that is not excluded, a batch a folder, each file once, whatever loops links make. */
  list(root: string, token: CancellationToken): AsyncIterable<readonly string[]>;
  /** True where `list(root)` would yield the file if it existed: it lies below and is not excluded. */
  covers(root: string, path: string): boolean;
  /** Whether a file or a folder is there, excluded or not; never throws. */
  has(path: string): boolean;
  /** The text of a file as it is now; never throws. */
  read(path: string): FileText;
  /**
   * Tells two versions of a file apart without reading it: while its stamp is the same, so is its text.
   * Undefined where that cannot be promised: in a buffer, in a file written a moment ago, where there is none.
   */
  stamp?(path: string): FileStamp | undefined;
  /**
   * Tells which files are asked for next, and nearly in which order, so that they can be fetched meanwhile. Until what it
   * returns is called, `read` may tell of any moment since, and `stamp` then of none that is later.
   */
  expect?(paths: ReadonlySet<string>, what: Expected): (() => void) | undefined;
}

export interface Expected {
  /** Whether stamps are asked for, too. */
  readonly withStamps: boolean;
}

/** Times in milliseconds, with as much of a fraction as a number holds. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
  /** When anything about the file changed last, its times included: nobody can set it back. */
  readonly changedMs: number;
  readonly inode: number;
}

export type FileText =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** What js-yaml says of it without its outer white space, where somebody has found that out besides. */
      readonly yaml?: YamlEvents;
    }
  /** It vanished, or nobody may read it. */
  | { readonly kind: 'missing' }
  /** Larger than `maxTextBytes`; reading it would make typing slow. */
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Limit: configuration beyond this is generated data; a finding says that it was left out. */
export const maxTextBytes = 5_000_000;
