import type { ParsedFile } from './system.ts';

/**
 * A JSON file in which a tool leaves behind what it found or did. It may be very large, so only what `read` makes of
 * each entry is remembered, in a text, and nothing is read before somebody wants to know.
 */
export interface Artifact {
  readonly path: string;
  /** The names of the objects or arrays, right below the file's root, whose members are its entries. */
  readonly sections: readonly string[];
  /** What to remember of an entry and under which id; undefined for what nobody asks about. `key` is '' in an array. */
  readonly read: (entry: unknown, key: string) => readonly [id: string, text: string] | undefined;
}

/** The entries of artifacts by id, as far as they were read; undefined for a file that is not there. */
export type Artifacts = (path: string) => ReadonlyMap<string, string> | undefined;

export const noArtifacts: Artifacts = () => undefined;

/** What else there is to look at for who answers a question about one place. */
export interface Surroundings {
  /** Another file as its system reads it; undefined where nobody claims it. */
  parsed(path: string): ParsedFile | undefined;
  /** A file's text, also where its system does not want it read; '' where there is none. */
  text(path: string): string;
  readonly artifacts: Artifacts;
}

/** For who has nothing else to look at. */
export const noSurroundings: Surroundings = {
  parsed: () => undefined,
  text: () => '',
  artifacts: noArtifacts,
};
