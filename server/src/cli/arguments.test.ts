import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dbt } from '../systems/dbt/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { plan } from '../systems/plan/index.ts';
import { main } from './main.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true });
  }
});

const table = (...rows: readonly string[]): string =>
  `## Loading\n| Task | Priority | Status |\n|--|--|--|\n${rows.map((row) => `| ${row} |\n`).join('')}`;
const files = {
  'plans/tasks.md': `# Tasks\n\n${table('Load orders | P0 | Open', 'Returns | P1 | Open')}`,
  'plans/completed-tasks.md': `# Completed tasks\n\n${table('Returns | P1 | Done', 'Plan | P1 | Done')}`,
  'plans/ideas.md': '# Ideas\n\n- Contracts\n- Lineage\n- Forecasts\n',
};

function folderOf(texts: Readonly<Record<string, string>> = files): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-arguments-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function run(cwd: string, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const status = await main([...argv], { systems: [plan, penstock, dbt], version: '0', io });
  return { status, out, err };
}

test.each([
  [
    ['plan', 'plans/tasks.md', 'plans/ideas.md'],
    'penstock: `penstock plan` does not know what to do with `plans/ideas.md`',
  ],
  [['readiness', '.', 'plans'], 'penstock: `penstock readiness` does not know what to do with `plans`'],
  [['environment', 'plans'], 'penstock: `penstock environment` does not know what to do with `plans`'],
  [['graph', 'a', 'b'], 'penstock: `penstock graph` does not know what to do with `b`'],
  [['schema', 'readiness', 'b'], 'penstock: `penstock schema` does not know what to do with `b`'],
  [
    ['plan', 'touch', 'orders'],
    'penstock plan touch: this is about the whole document, and not about `orders`; --file names one',
  ],
  [
    ['plan', 'sett', 'orders', '--status', 'done'],
    'penstock: `penstock plan` has no verb `sett`; did you mean `set`?',
  ],
  [
    ['plan', 'plans'],
    'penstock plan: plans is a folder; name a document, or go there: without a name all documents below are read',
  ],
  [
    ['readiness', 'plans/tasks.md'],
    'penstock readiness: plans/tasks.md is a file; name the folder of a platform',
  ],
  [['readiness', '--min', 'most'], 'penstock: --min takes a percentage from 0 to 100, not `most`'],
  [['readiness', '--min', ''], 'penstock: --min takes a percentage from 0 to 100, not ``'],
  [
    ['plan', 'set', 'returns', '--status', 'done'],
    'penstock plan set: `returns` may be `loading/returns` of tasks.md, `loading/returns` of completed-tasks.md; name its document with --file',
  ],
  [
    ['plan', 'move', 'Lineage', '--group', 'Loading'],
    'penstock plan move: plans/ideas.md has no section `Loading`; name the document that has it: --to plans/tasks.md',
  ],
])('penstock %j says what is wrong and what to do', async (argv, message) => {
  expect(await run(folderOf(), ...argv)).toEqual({ status: 2, out: '', err: `${message}\n` });
});

test('a percentage may have its sign', async () => {
  const folder = folderOf({ 'a.txt': '', 'penstock.yaml': 'checks: { a: { file: a.txt } }\n' });
  expect((await run(folder, 'readiness', '--min', '80 %')).status).toBe(0);
});

test('a document that cannot be written is told in a sentence', async () => {
  // The name of its lock would be longer than names may be.
  const long = `${'t'.repeat(250)}.md`;
  const folder = folderOf({ [long]: files['plans/tasks.md'] });
  const refused = (why: string): object => ({
    status: 1,
    out: '',
    err: `penstock plan set: nothing was written into ${folder}: ${why}\n`,
  });
  const set = ['plan', 'set', 'orders', '--status', 'done'];
  expect(await run(folder, ...set)).toEqual(refused('ENAMETOOLONG'));
  // Who is root may write everywhere.
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  expect(await run(folder, ...set)).toEqual(refused(isRoot ? 'ENAMETOOLONG' : 'nobody here may write there'));
});

test('a check that several projects have is called by its project, also where one of them has a name', async () => {
  const project = (name: string): string => `name: ${name}\nprofile: ${name}\n`;
  const folder = folderOf({
    'shop/dbt_project.yml': project('shop'),
    'fin/dbt_project.yml': project('fin'),
    'penstock.yaml': "checks: { built: { check: 'dbt:results@shop' } }\n",
  });
  const { out } = await run(folder, 'readiness', '--format', 'json');
  const { checks } = JSON.parse(out) as { readonly checks: readonly { readonly id: string }[] };
  const ids = checks.map(({ id }) => id);
  expect(ids).toContain('built');
  expect(ids).toContain('dbt:results@fin');
  expect(ids).not.toContain('dbt:results');
});
