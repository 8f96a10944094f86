import { baseName, folderOf, pathFrom } from './path.ts';
import type { ToolVersion } from './system.ts';

/** Files that pin what is installed, the surest first. */
const pinningFiles: readonly string[] = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'pylock.toml',
  'requirements.txt',
  'pyproject.toml',
];

/** Whether a file may pin versions for the projects in its folder and below. */
export function mayPin(path: string): boolean {
  return pinningFiles.includes(baseName(path));
}

/**
 * The version at which the files of a project's folder, or of the nearest folder above that has one and is `isCovered`,
 * hold a Python distribution; of several the first counts. `read` gives '' where there is no file. Undefined where none is pinned.
 */
export function pinnedVersion(
  root: string,
  { read, isCovered }: PinnedIn,
  distributions: readonly string[],
): ToolVersion | undefined {
  for (let folder = root; isCovered(folder); folder = folderOf(folder)) {
    for (const name of pinningFiles) {
      const path = `${folder}/${name}`;
      const text = read(path);
      const version = text === '' ? undefined : versionIn(name, text, distributions);
      if (version !== undefined) return { version, source: `from ${pathFrom(root, path)}` };
    }
  }
  return undefined;
}

/** The files that are there. */
interface PinnedIn {
  readonly read: (path: string) => string;
  /** Whether a folder is in the workspace. */
  readonly isCovered: (folder: string) => boolean;
}

function versionIn(name: string, text: string, distributions: readonly string[]): string | undefined {
  const isLock = name.endsWith('.lock') || name.startsWith('pylock');
  for (const distribution of distributions) {
    const version = isLock ? locked(text, distribution) : pinned(text, distribution);
    if (version !== undefined) return version;
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
