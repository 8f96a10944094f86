import { fileURLToPath } from 'node:url';
import { fingerprint } from '../../../scripts/support/cache.mjs';
import { tryRun } from '../../../scripts/support/process.mjs';
import { base } from '../base.ts';
import type { Oracle } from './answer.ts';
import { askPython, sharedScript } from './ask-python.ts';
import { placesIn } from './places.ts';
import { dbtProgram } from './programs.ts';

const script = fileURLToPath(new URL('./core.py', import.meta.url));

/** dbt Core, through Python, two projects at a time. */
export async function openCore(python = dbtProgram('python')): Promise<Oracle> {
  const asked = await tryRun(
    python,
    ['-c', 'import importlib.metadata as m; print(m.version("dbt-core"), m.version("dbt-duckdb"))'],
    { quiet: true },
  );
  const [version = '', adapter = ''] = asked.stdout.trim().split(' ');
  if (asked.code !== 0) throw new Error(`dbt Core does not start: ${asked.output}`);
  return {
    id: 'core',
    version,
    key: fingerprint([script, sharedScript], version, adapter),
    ask: (cases, hear) =>
      askPython({ tool: 'dbt Core', python, script, setting: { warm: base }, places: placesIn }, cases, hear),
  };
}
