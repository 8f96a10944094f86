import type { ToolVersion } from './system.ts';

/** Files beside a project's marker that pin what is installed, the surest first. */
export const pinningFiles: readonly string[] = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'pylock.toml',
  'requirements.txt',
  'pyproject.toml',
];

/** The version at which these files hold a Python distribution; of several the first counts. Undefined where none is pinned. */
export function pinnedVersion(
  read: (name: string) => string,
  distributions: readonly string[],
): ToolVersion | undefined {
  for (const name of pinningFiles) {
    const text = read(name);
    if (text === '') continue;
    for (const distribution of distributions) {
      const isLock = name.endsWith('.lock') || name.startsWith('pylock');
      const version = isLock ? locked(text, distribution) : pinned(text, distribution);
      if (version !== undefined) return { version, source: `from ${name}` };
    }
  }
  return undefined;
}

/** `[[package]]`, `name = "meltano"`, `version = "4.4.1"`, as all lock files in TOML have it. */
function locked(text: string, name: string): string | undefined {
  return new RegExp(`^name = "${name}"\\r?\\nversion = "([^"\\n]+)"`, 'm').exec(text)?.[1];
}

/** `meltano==4.4.1`, at the start of a line or in quotes. */
function pinned(text: string, name: string): string | undefined {
  const pattern = `^[ \\t]*["']?${name}(?:\\[[^\\]\\n]*\\])?[ \\t]*===?[ \\t]*["']?([\\d.]+\\d(?:(?:a|b|rc)\\d+)?)`;
  return new RegExp(pattern, 'm').exec(text)?.[1];
}
