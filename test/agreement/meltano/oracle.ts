import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../../../scripts/support/cache.mjs';
import { isWindows, tryRun } from '../../../scripts/support/process.mjs';
import { platform } from '../../../scripts/support/project.mjs';
import { ensureVenv, findPython, inVenv } from '../../../scripts/support/python.mjs';
import type { Oracle } from '../oracles/answer.ts';
import type { Place } from '../kind.ts';
import { askPython, sharedScript } from '../oracles/ask-python.ts';
import { base } from './base.ts';

const script = fileURLToPath(new URL('./oracle.py', import.meta.url));
const lock = fileURLToPath(new URL('./requirements/meltano-3.txt', import.meta.url));

/** What is asked of a sound project: both load it, and each looks where the other does not. */
export const everything = ['compile', 'run --dry-run --no-install load report'];

/** Nobody answers here, so Meltano is told at once that its Hub is out of reach. */
const nowhere = 'http://127.0.0.1:1';

/** Meltano of the environment that `npm run example:setup` makes. */
export function openMeltano4(): Promise<Oracle> {
  return open('v4', join(platform, '.venvs', 'meltano'));
}

/** The last Meltano 3, in an environment of its own in the cache. */
export async function openMeltano3(): Promise<Oracle> {
  const python = await findPython();
  const name = `meltano-3-${fingerprint([lock], python.version)}`;
  const packages = ['--require-hashes', '-r', lock];
  return open('v3', await ensureVenv(name, python, { packages, what: 'Meltano 3' }));
}

async function open(id: string, environment: string): Promise<Oracle> {
  const python = join(environment, inVenv, 'python');
  const program = join(environment, inVenv, isWindows ? 'meltano.exe' : 'meltano');
  const asked = await tryRun(program, ['--version'], { quiet: true });
  const version = /version (\S+)/.exec(asked.stdout)?.[1];
  if (asked.code !== 0 || version === undefined) throw new Error(`Meltano does not start: ${asked.output}`);
  const env = {
    MELTANO_HUB_URL: nowhere,
    MELTANO_HUB_API_ROOT: nowhere,
    MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
    MELTANO_CLI_DISABLE_VERSION_CHECK: 'true',
    NO_COLOR: '1',
  };
  const setting = { warm: base, commands: everything };
  return {
    id,
    version,
    key: fingerprint([script, sharedScript], version, nowhere),
    ask: (cases, hear) =>
      askPython({ tool: 'Meltano', python, script, setting, env, places: placesIn }, cases, hear),
  };
}

/** `in "config/a.yml", line 3, column 5`; the last one is where the fault is, others tell of what is around it. */
function placesIn(says: string, files: readonly string[]): readonly Place[] {
  const last = [...says.matchAll(/in "([^"]+)", line (\d+)/g)].at(-1);
  return last && files.includes(last[1]!) ? [{ file: last[1]!, line: Number(last[2]) }] : [];
}
