import { pinnedVersion } from '../../core/pinned-version.ts';
import type { ToolVersion } from '../../core/system.ts';
import { lowest, readSpecifier } from './version-specifier.ts';

/** Which Meltano a project's own files tell of, where no environment does: what is locked, then what is required. */
export function statedVersion(
  read: (name: string) => string,
  requires: string | undefined,
): ToolVersion | undefined {
  const pinned = pinnedVersion(read, ['meltano']);
  if (pinned) return pinned;
  const wanted = requires === undefined ? undefined : lowest(readSpecifier(requires) ?? []);
  return wanted === undefined ? undefined : { version: wanted, source: 'from `requires_meltano`' };
}
