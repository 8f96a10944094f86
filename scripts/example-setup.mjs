/**
 * Prepares examples/platform: one virtual environment a tool from its lock, Meltano's plugins, the raw data.
 * What stands is left alone. `--lock` writes the locks anew from requirements/*.in instead.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fingerprint, isStamped, stamp } from './support/cache.mjs';
import { runScript } from './support/problem.mjs';
import { run } from './support/process.mjs';
import { platform, root } from './support/project.mjs';
import { ensureUv, findPython, inVenv, oldestPython } from './support/python.mjs';

const tools = ['dbt', 'meltano'];

const lockOf = (name) => join(platform, 'requirements', `${name}.txt`);
const venvOf = (tool) => join(platform, '.venvs', tool);

await runScript(async (args) => {
  if (args.includes('--lock')) return writeLocks();
  const began = Date.now();
  const python = await findPython();
  for (const tool of tools) await prepareTool(tool, python);
  await preparePlugins();
  await prepareData(python);
  console.log(`The example platform is ready (${seconds(began)}): ${relative(root, platform)}`);
});

async function prepareTool(tool, python) {
  const venv = venvOf(tool);
  const wanted = fingerprint([lockOf(tool)], python.version, venv);
  const mark = join(venv, '.installed-lock');
  if (isStamped(mark, wanted)) return;
  const began = Date.now();
  process.stdout.write(`Installing ${tool} into ${relative(root, venv)} … `);
  const uv = await ensureUv(python);
  rmSync(venv, { recursive: true, force: true });
  const why = `${tool} could not be installed (a package index must be reachable, or its packages be in uv's cache)`;
  await run(uv, ['venv', '--quiet', '--no-project', '--python', python.file, venv], { quiet: true, why });
  await run(uv, ['pip', 'install', '--quiet', '--require-hashes', '--python', venv, '-r', lockOf(tool)], {
    quiet: true,
    why,
  });
  stamp(mark, wanted);
  console.log(seconds(began));
}

/** Meltano installs its plugins itself, into environments of their own under .meltano. */
async function preparePlugins() {
  // Only the packages decide: meltano.yml is there to be edited, and broken, by whoever tries the example.
  const packages = readFileSync(join(platform, 'meltano.yml'), 'utf8').match(/^.*pip_url:.*$/gm) ?? [];
  const wanted = fingerprint([lockOf('meltano')], platform, ...packages);
  const mark = join(platform, '.meltano', '.installed-plugins');
  if (isStamped(mark, wanted)) return;
  const began = Date.now();
  process.stdout.write('Installing the Meltano plugins … ');
  await run(join(venvOf('meltano'), inVenv, 'meltano'), ['install'], {
    cwd: platform,
    env: { MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    quiet: true,
    why: 'The Meltano plugins could not be installed',
  });
  stamp(mark, wanted);
  console.log(seconds(began));
}

async function prepareData(python) {
  const script = join(platform, 'data', 'generate.py');
  const raw = join(platform, 'data', 'raw');
  mkdirSync(join(platform, 'warehouse'), { recursive: true });
  const wanted = fingerprint([script]);
  if (isStamped(join(raw, '.generated-by'), wanted)) return;
  await run(python.file, [script], { cwd: platform, quiet: true, why: 'The raw data could not be written' });
  stamp(join(raw, '.generated-by'), wanted);
}

async function writeLocks() {
  const uv = await ensureUv(await findPython());
  for (const name of [...tools, 'uv']) {
    const folder = join(platform, 'requirements');
    const options = [
      '--universal',
      '--python-version',
      oldestPython.join('.'),
      '--generate-hashes',
      '--no-annotate',
    ];
    const header = ['--custom-compile-command', 'node scripts/example-setup.mjs --lock'];
    await run(uv, ['pip', 'compile', '--quiet', ...options, ...header, '-o', `${name}.txt`, `${name}.in`], {
      cwd: folder,
      quiet: true,
      why: `The lock of ${name} could not be written`,
    });
    console.log(`${relative(root, lockOf(name))} stands`);
  }
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
