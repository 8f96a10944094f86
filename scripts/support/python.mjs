import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, cached, fingerprint } from './cache.mjs';
import { Problem } from './problem.mjs';
import { isWindows, run, tryRun, which } from './process.mjs';
import { platform } from './project.mjs';

/** The oldest Python that the example and its tools start with. */
export const oldestPython = [3, 10];

/** Where a virtual environment keeps its programs. */
export const inVenv = isWindows ? 'Scripts' : 'bin';

const uvLock = join(platform, 'requirements', 'uv.txt');

/** The first Python on PATH that is new enough. */
export async function findPython() {
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
export async function ensureUv(python) {
  const folder = join(cacheFolder(), `uv-${fingerprint([uvLock], python.version, process.arch)}`);
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
      uvLock,
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

/**
 * The folder of an environment in the cache, with what pip is told to install into it. It is made in one folder and
 * used in another, so its programs must find their Python by themselves: relocatable.
 */
export async function ensureVenv(name, python, { packages, what }) {
  const options = ['--quiet', '--relocatable', '--no-project', '--python', python.file];
  const folder = await cached(join(cacheFolder(), `${name}-relocatable`), async (draft) => {
    const uv = await ensureUv(python);
    const venv = join(draft, 'venv');
    const why = `${what} could not be installed (is a package index reachable?)`;
    await run(uv, ['venv', ...options, venv], { quiet: true, why });
    await run(uv, ['pip', 'install', '--quiet', '--python', venv, ...packages], { quiet: true, why });
  });
  return join(folder, 'venv');
}
