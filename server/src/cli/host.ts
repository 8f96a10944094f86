import type { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import type { CliIo } from './io.ts';

/** What the outside gives every command. */
export interface CliHost {
  readonly systems: readonly System[];
  readonly io: CliIo;
  /** Reads the platform that a folder (file-system path) belongs to. */
  readonly openWorkspace: (folder: string) => Promise<Platform>;
  /** Reads one workspace folder (file-system path) and nothing above it, as an editor does that has it open. */
  readonly openFolder: (folder: string) => Promise<Platform>;
}
