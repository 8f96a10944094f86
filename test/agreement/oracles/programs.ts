import { join } from 'node:path';
import { platform } from '../../../scripts/support/project.mjs';

const isWindows = process.platform === 'win32';

/** A program of the environment that `npm run example:setup` makes. */
export function dbtProgram(name: string): string {
  return join(platform, '.venvs', 'dbt', isWindows ? 'Scripts' : 'bin', isWindows ? `${name}.exe` : name);
}

/** What a program needs to start, and nothing that the project under test could come to depend on. */
export function bareEnvironment(home: string): Record<string, string> {
  const kept = ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'LANG'];
  const inherited = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    USERPROFILE: home,
    RUST_BACKTRACE: '0',
    PYTHONWARNINGS: 'ignore',
    PYTHONDONTWRITEBYTECODE: '1',
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
  };
}
