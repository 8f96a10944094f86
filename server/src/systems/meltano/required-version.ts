import type { ToolVersion } from '../../core/system.ts';
import { lowest, readSpecifier } from './version-specifier.ts';

/** Which Meltano a project requires; counts where nothing tells which one it has. */
export function requiredVersion(requires: string | undefined): ToolVersion | undefined {
  const wanted = requires === undefined ? undefined : lowest(readSpecifier(requires) ?? []);
  return wanted === undefined ? undefined : { version: wanted, source: 'from `requires_meltano`' };
}
