import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, textAt } from './disk.ts';

/** The interpreter of a Python environment. */
export interface Python {
  readonly path: string;
  /** As the environment's own files tell it. */
  readonly version?: string;
}

/** The interpreter of an environment's folder, which is not run; undefined where the folder has none. */
export function pythonOf(environment: string): Python | undefined {
  const path = [join('bin', 'python'), join('Scripts', 'python.exe'), 'python.exe']
    .map((each) => join(environment, each))
    .find((each) => existsSync(each));
  if (path === undefined) return undefined;
  const version = writtenVersion(environment) ?? libraryVersion(environment);
  return { path, ...(version === undefined ? {} : { version }) };
}

/** `venv` and uv write `version = 3.12.3` or `version_info = 3.12.3`, virtualenv `3.12.3.final.0`. */
function writtenVersion(environment: string): string | undefined {
  const text = textAt(join(environment, 'pyvenv.cfg')) ?? '';
  return /^version(?:_info)?\s*=\s*(\d+(?:\.\d+){1,2})/mu.exec(text)?.[1];
}

function libraryVersion(environment: string): string | undefined {
  return namesIn(join(environment, 'lib'))
    .map((name) => /^python(3\.\d+)$/u.exec(name)?.[1])
    .find((each) => each !== undefined);
}
