/**
 * Prepares examples/platform: one virtual environment a tool from its lock, Meltano's plugins, the raw data.
 * What stands is left alone. `--lock` writes the locks anew from requirements/*.in instead.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheFolder, cached, fingerprint, isStamped, stamp } from './support/cache.mjs';
import { Problem, runScript } from './support/problem.mjs';
import { isWindows, run, tryRun, which } from './support/process.mjs';
import { platform, root } from './support/project.mjs';

const tools = ['dbt', 'meltano'];
const oldestPython = [3, 10];
const inVenv = isWindows ? 'Scripts' : 'bin';

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

/** The first Python on PATH that is new enough. */
async function findPython() {
  const tried = [];
  for (const name of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const file = which(name);
    if (!file) continue;
    const said = await tryRun(
      file,
      ['-c', 'import sys; print(sys.executable); print(*sys.version_info[:3])'],
      {
        quiet: true,
      },
    );
    const [executable, version] = said.stdout.trim().split(/\r?\n/);
    if (said.code !== 0 || !version) continue;
    const [major, minor] = version.split(' ').map(Number);
    if (major === oldestPython[0] && minor >= oldestPython[1]) return { file: executable, version };
    tried.push(`${name} is ${version.replaceAll(' ', '.')}`);
  }
  const found = tried.length ? ` Found: ${tried.join(', ')}.` : ' None was found on PATH.';
  throw new Problem(
    `The example needs Python ${oldestPython.join('.')} or later.${found} Install it from python.org or your system's packages.`,
  );
}

/** uv of the pinned version, from the cache; put there by pip when it is missing. */
async function ensureUv(python) {
  const folder = join(cacheFolder(), `uv-${fingerprint([lockOf('uv')], python.version, process.arch)}`);
  await cached(folder, async (draft) => {
    const venv = join(draft, 'venv');
    const made = await tryRun(python.file, ['-m', 'venv', venv], { quiet: true });
    if (made.code !== 0) {
      throw new Problem(
        `${python.file} cannot make a virtual environment, which the example needs. ` +
          `On Debian or Ubuntu: \`apt-get install python3-venv\`.\n${made.output.trim()}`,
      );
    }
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '-r',
      lockOf('uv'),
    ];
    await run(join(venv, inVenv, 'python'), pip, {
      quiet: true,
      why: 'uv, which installs the example, could not be installed with pip (is a package index reachable?)',
    });
  });
  const uv = join(folder, 'venv', inVenv, isWindows ? 'uv.exe' : 'uv');
  if (existsSync(uv)) return uv;
  throw new Problem(`The cache is damaged: delete ${folder} and try again.`);
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
