import type { CancellationToken } from './cancellation.ts';

/** The world's files, as core asks for them. Paths are URI paths. */
export interface Files {
  /** Every file under `root` that is not excluded, a batch a folder, each file once, whatever loops links make. */
  list(root: string, token: CancellationToken): AsyncIterable<readonly string[]>;
  /** True where `list(root)` would yield the file if it existed: it lies below and is not excluded. */
  covers(root: string, path: string): boolean;
  /** The text of a file as it is now; never throws. */
  read(path: string): FileText;
}

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  /** It vanished, or nobody may read it. */
  | { readonly kind: 'missing' }
  /** Larger than `maxTextBytes`; reading it would make typing slow. */
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Limit: configuration beyond this is generated data; a finding says that it was left out. */
export const maxTextBytes = 5_000_000;
