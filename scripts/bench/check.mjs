// `penstock check` as a process, from nothing and from what an earlier start kept.
import { appendFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { best, timed } from './processes.mjs';

/** A file written this short a time ago is read again, whatever its times say; see `server/src/files/node-files.ts`. */
const settlesMs = 2200;

/** Times of whole processes, start and end included, and the most memory of each. */
export async function measureCheck(programs, project, work) {
  const cache = join(work, 'cache');
  const env = { XDG_CACHE_HOME: cache };
  const check = (...args) =>
    timed(process.execPath, [join(programs, 'penstock.cjs'), 'check', ...args], { cwd: project, env });
  const forget = () => rmSync(cache, { recursive: true, force: true });
  await setTimeout(settlesMs);
  const cold = await best(5, () => check('--no-cache'), forget);
  const keeping = await best(3, () => check(), forget);
  const warm = await best(5, () => check());
  const edited = await best(3, () => check(), (round) => edit(project, 1, round)); // prettier-ignore
  const many = await best(3, () => check(), (round) => edit(project, 100, round)); // prettier-ignore
  const size = readdirSync(join(cache, 'penstock'), { withFileTypes: true })
    .filter(({ name }) => name.endsWith('.kept'))
    .reduce((sum, { name }) => sum + statSync(join(cache, 'penstock', name)).size, 0);
  forget();
  return { cold, keeping, warm, edited, many, size };
}

/** Writes a comment into some properties files, long enough ago to be believed. */
async function edit(project, count, round) {
  const files = readdirSync(join(project, 'models'), { recursive: true })
    .filter((name) => name.endsWith('.yml'))
    .slice(0, count);
  for (const name of files) appendFileSync(join(project, 'models', name), `# edit ${round}\n`);
  await setTimeout(settlesMs);
}

/** What nobody can be quicker than, in a process of its own: list the tree and read every file as text. */
export async function measureFloor(project, work) {
  const script = join(work, 'floor.mjs');
  writeFileSync(
    script,
    `import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
let characters = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true }))
  if (entry.isFile()) characters += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
`,
  );
  return best(5, () => timed(process.execPath, [script, project], { cwd: project, env: {} }));
}
