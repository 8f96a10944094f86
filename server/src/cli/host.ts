import type { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import type { Shadow } from '../files/shadow.ts';
import type { CliIo } from './io.ts';

/** What the outside gives every command. */
export interface CliHost {
  readonly systems: readonly System[];
  readonly io: CliIo;
  /** Reads the platform that a folder (file-system path) belongs to. */
  readonly openWorkspace: (folder: string, shadow?: Shadow) => Promise<Platform>;
  /** Reads one workspace folder (file-system path) and nothing above it, as an editor does that has it open. */
  readonly openFolder: (folder: string) => Promise<Platform>;
}

/** What a report says of Penstock itself. */
export interface ReportHost extends CliHost {
  readonly version: string;
  /** The folder (file-system path) with the pages of codes, where it is at hand. */
  readonly pages: string | undefined;
}
