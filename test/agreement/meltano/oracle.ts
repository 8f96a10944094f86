import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, cached, fingerprint } from '../../../scripts/support/cache.mjs';
import { run, tryRun } from '../../../scripts/support/process.mjs';
import { platform } from '../../../scripts/support/project.mjs';
import { ensureUv, findPython, inVenv } from '../../../scripts/support/python.mjs';
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
  const folder = join(cacheFolder(), `meltano-3-${fingerprint([lock], python.version)}`);
  await cached(folder, async (draft: string) => {
    const uv = await ensureUv(python);
    const why = 'Meltano 3 could not be installed (is a package index reachable?)';
    await run(uv, ['venv', '--quiet', '--no-project', '--python', python.file, '--allow-existing', draft], {
      quiet: true,
      why,
    });
    await run(uv, ['pip', 'install', '--quiet', '--require-hashes', '--python', draft, '-r', lock], {
      quiet: true,
      why,
    });
  });
  return open('v3', folder);
}

async function open(id: string, environment: string): Promise<Oracle> {
  const python = join(environment, inVenv, 'python');
  const asked = await tryRun(python, ['-c', 'import importlib.metadata as m; print(m.version("meltano"))'], {
    quiet: true,
  });
  if (asked.code !== 0) throw new Error(`Meltano does not start: ${asked.output}`);
  const version = asked.stdout.trim();
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
