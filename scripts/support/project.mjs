import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';
import { run, which } from './process.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const platform = join(root, 'examples', 'platform');

/** Installs what package-lock.json asks for, when node_modules holds something else. */
export async function ensureDependencies() {
  if (dependenciesStand()) return;
  if (!which('npm')) throw new Problem('npm is missing: install Node 20 or later with npm (nodejs.org).');
  console.log('Installing the npm packages …');
  await run('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    quiet: true,
    why: 'The npm packages could not be installed',
  });
}

/** npm writes what it installed beside it; optional packages of other platforms are rightly absent. */
function dependenciesStand() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version,
  );
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** The Node that the project pins; the system's own may be older. */
export function projectNode() {
  const bin = join(root, 'node_modules', 'node', 'bin');
  for (const file of [join(bin, 'node'), join(bin, 'node.exe')]) {
    if (existsSync(file)) return file;
  }
  throw new Problem('node_modules/node is not installed whole: delete node_modules and run `npm ci`.');
}

/** Puts the project's Node and programs first, as npm does for its scripts. */
export function projectEnv() {
  const first = [dirname(projectNode()), join(root, 'node_modules', '.bin')];
  return { PATH: [...first, process.env.PATH ?? ''].join(delimiter) };
}
