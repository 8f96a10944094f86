import type { ToolVersion } from '../../core/system.ts';
import { fits, lowest, readSpecifier } from './version-specifier.ts';

/** Which Meltano a project requires; counts where nothing tells which one it has. */
export function requiredVersion(requires: string | undefined): ToolVersion | undefined {
  const clauses = readSpecifier(requires ?? '') ?? [];
  const wanted = lowest(clauses) ?? newestBelow(clauses);
  return wanted === undefined ? undefined : { version: wanted, source: 'from `requires_meltano`' };
}

/** Where only what is too new is told (`<4`), the last before it. */
function newestBelow(clauses: Parameters<typeof fits>[1]): string | undefined {
  return !fits(early4, clauses) && fits(last3, clauses) ? last3 : undefined;
}

const last3 = '3.9';
const early4 = '4.0.1';
