// What npm runs after an installation: builds what is not built yet, so that the package can be had from git.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** True where npm put the development dependencies in place. */
function canBuild() {
  try {
    createRequire(import.meta.url).resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}

/** Under `npm install --global` npm installs a git package's own dependencies globally, too, so that they are not here. */
function installHere() {
  const { npm_config_global: _global, npm_config_location: _location, ...env } = process.env;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  });
}

if (!existsSync(join(root, 'dist', 'penstock.cjs'))) {
  if (!canBuild()) installHere();
  await import('./build.mjs');
}
