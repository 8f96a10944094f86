import type { ToolVersion } from '../../core/system.ts';
import { lowest, readSpecifier } from './version-specifier.ts';

/** Files beside `meltano.yml` that pin what is installed, the surest first. */
export const versionFiles = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'pylock.toml',
  'requirements.txt',
  'pyproject.toml',
];

/** Which Meltano a project's own files tell of, where no environment does: what is locked, then what is required. */
export function statedVersion(
  read: (name: string) => string,
  requires: string | undefined,
): ToolVersion | undefined {
  for (const name of versionFiles) {
    const version =
      name.endsWith('.lock') || name.startsWith('pylock') ? locked(read(name)) : pinned(read(name));
    if (version !== undefined) return { version, source: `from ${name}` };
  }
  const wanted = requires === undefined ? undefined : lowest(readSpecifier(requires) ?? []);
  return wanted === undefined ? undefined : { version: wanted, source: 'from `requires_meltano`' };
}

/** `[[package]]`, `name = "meltano"`, `version = "4.4.1"`, as all lock files in TOML have it. */
function locked(text: string): string | undefined {
  return /^name = "meltano"\r?\nversion = "([^"\n]+)"/m.exec(text)?.[1];
}

/** `meltano==4.4.1`, at the start of a line or in quotes. */
function pinned(text: string): string | undefined {
  return /^[ \t]*["']?meltano(?:\[[^\]\n]*\])?[ \t]*===?[ \t]*["']?([\d.]+\d)/m.exec(text)?.[1];
}
