import type { Fact, Located } from './facts.ts';
import type { FileStamp } from './files.ts';
import type { Finding } from './finding.ts';
import type { Suppression } from './suppressions.ts';
import type { Claim } from './system.ts';

/**
 * What readings of a platform leave behind for its next start. Nobody needs it: without it every file is
 * read anew. It holds neither texts nor trees, and nothing of a file whose facts or findings name a secret.
 */
export interface Kept {
  readonly files: ReadonlyMap<string, KeptFile>;
  /** The findings about names, by path where there are some; true only while every file and `environment` is as it was. */
  readonly names: ReadonlyMap<string, readonly Finding[]>;
  /** The other files on whose texts those findings, or that there are none, rest. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
  /** The variables that uses were held against, and whether each was set. */
  readonly environment: ReadonlyMap<string, boolean>;
}

/** One file as it was read. */
export interface KeptFile {
  readonly ground: Ground;
  /** Undefined where no system claims the file, and where nothing of it may be kept. */
  readonly reading: KeptReading | undefined;
  /** What was read of it tells a secret: the next start reads it anew, and cannot know what it said. */
  readonly isUntold?: boolean;
}

/** What a reading rests on: while it is the same, so is the reading. */
export interface Ground {
  /** In place of the text. */
  readonly stamp: FileStamp;
  /** The projects around the file, with all that their systems read of them. */
  readonly projects: string;
}

export interface KeptReading {
  readonly system: string;
  readonly claim: Claim;
  readonly facts: readonly Located<Fact>[];
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly hasSecrets: boolean;
  /** As its claim has it, for who asks of every file and must not have the claims of all unpacked. */
  readonly isAside?: boolean;
  /** As `FileState` has it, for the same reason. */
  readonly isDated?: boolean;
}

/** Where a platform keeps what it read. */
export interface ParseCache {
  /** What was kept last for these folders by the same build of Penstock; undefined where there is none that can be trusted. */
  read(folders: readonly string[]): Kept | undefined;
  /** Replaces what was kept. Never throws: a cache that cannot be written is one that is not there. */
  write(folders: readonly string[], kept: Kept): Promise<void>;
}

/** The projects of a file that is read anew at each start: no ground is like it. What the file said is kept for who relied on it. */
export const readAnewAlways = 'read anew';

export function isSameGround(a: Ground | undefined, b: Ground): boolean {
  return a !== undefined && a.projects === b.projects && isSameStamp(a.stamp, b.stamp);
}

function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return (
    a.size === b.size && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs && a.inode === b.inode
  );
}
