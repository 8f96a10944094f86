import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { penstock } from '../systems/penstock/index.ts';
import { plan } from '../systems/plan/index.ts';
import { main } from './main.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'penstock-plan-edit-'));
  folders.push(cwd);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly read: (name: string) => string;
}

/** Runs `penstock plan …` in a folder with these files. */
async function run(files: Readonly<Record<string, string>>, ...argv: string[]): Promise<Outcome> {
  const cwd = folderWith(files);
  let out = '';
  let err = '';
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const status = await main(['plan', ...argv], { systems: [plan, penstock], version: '0', io });
  return { status, out, err, read: (name) => readFileSync(join(cwd, name), 'utf8') };
}

const rows = ['| Load the orders | P0 | Todo |', '| Load the returns | P1 | Todo |', '| Test | P1 | Done |'];
const tasks = `# Tasks\n\n*Last Updated: 2025-07-01*\n\n| Task | Priority | Status |\n|--|--|--|\n${rows.join('\n')}\n\n## Success criteria\n- [ ] runs every day\n\n## Readiness: 50 %\n| Area | Done |\n|--|--|\n| Loading | 60% |\n| Models | 80% |\n`;
const files = { 'tasks.md': tasks };

test('sets what is said of a task, named by a part of its title', async () => {
  const { status, out, err, read } = await run(
    files,
    'set',
    'orders',
    '--status',
    'in progress',
    '--priority',
    'P2',
  );
  expect([status, err]).toEqual([0, '']);
  const row = '| Load the orders | P2 | In Progress |';
  expect(read('tasks.md')).toBe(tasks.replace(rows[0]!, row));
  expect(out).toBe(`tasks.md:7\n- ${rows[0]}\n+ ${row}\n`);
});

test('writes a document of another folder as its own team does', async () => {
  const table = (status: string): string => `# Tasks\n\n| Task | Status |\n|--|--|\n| Load | ${status} |\n`;
  const words = 'plan:\n  status-words:\n    done: [erledigt]\n';
  const file = join(folderWith({ 'tasks.md': table('open'), 'penstock.yaml': words }), 'tasks.md');
  const { err } = await run({}, 'set', 'Load', '--status', 'done', '--file', file);
  expect([err, readFileSync(file, 'utf8')]).toEqual(['', table('erledigt')]);
});

test('means what is outstanding before what is completed, and finds a section in whichever document has it', async () => {
  const several = {
    'archive.md': '# Completed tasks\n\n*Last Updated: 2025-06-01*\n\n- [x] Old\n',
    'roadmap.md': '# Roadmap\n\n## Later\n\n- Marts\n- Tests\n- Docs\n',
    'tasks.md': tasks,
  };
  const touched = await run(several, 'touch', '--date', '2026-12-01');
  expect(touched.out).toContain('tasks.md:3\n');
  const added = await run(several, 'add', 'Prices', '--group', 'later');
  expect([added.err, added.out]).toEqual(['', 'roadmap.md:8\n+ - Prices\n']);
  const nowhere = await run(several, 'add', 'Prices', '--group', 'soon');
  expect([nowhere.status, nowhere.err]).toEqual([
    2,
    'penstock plan add: there is no section `soon`; `penstock plan` lists what there is\n',
  ]);
});

test('says where nothing is to change', async () => {
  const { status, out, read } = await run(files, 'set', 'test', '--status', 'done');
  expect([status, out, read('tasks.md')]).toEqual([
    0,
    'nothing to change: the plan says so already\n',
    tasks,
  ]);
});

test('shows a diff that can be applied, and writes nothing', async () => {
  const { status, out, read } = await run(files, 'tick', 'runs every day', 'orders', '--diff');
  expect([status, read('tasks.md')]).toEqual([0, tasks]);
  const cwd = folderWith(files);
  writeFileSync(join(cwd, 'change.diff'), out);
  execFileSync('git', ['apply', 'change.diff'], { cwd });
  expect(readFileSync(join(cwd, 'tasks.md'), 'utf8')).toBe(
    tasks.replace('- [ ] runs', '- [x] runs').replace(rows[0]!, '| Load the orders | P0 | Done |'),
  );
});

test('prints what changed as JSON', async () => {
  const { out } = await run(
    files,
    'add',
    'New | task',
    '--group',
    'tasks',
    '--priority',
    'P0',
    '--format',
    'json',
  );
  expect(JSON.parse(out)).toEqual({
    written: true,
    files: [
      { file: 'tasks.md', changes: [{ line: 10, removed: [], added: ['| New \\| task | P0 | Todo |'] }] },
    ],
  });
});

const changes: readonly (readonly [argv: readonly string[], from: string, to: string])[] = [
  [['remove', 'tasks/test'], `${rows[2]}\n`, ''],
  [['move', 'test', '--before', 'orders'], rows.join('\n'), [rows[2], rows[0], rows[1]].join('\n')],
  [['touch', '--date', '2026-11-29'], '2025-07-01', '2026-11-29'],
  [['figures'], '50 %', '70 %'],
  [['figures', '--category', 'loading=100', '--overall', '55'], 'Readiness: 50 %\n| Area | Done |\n|--|--|\n| Loading | 60%', 'Readiness: 55 %\n| Area | Done |\n|--|--|\n| Loading | 100%'],
  [['untick', 'test'], rows[2]!, '| Test | P1 | Todo |'],
]; // prettier-ignore

for (const [argv, from, to] of changes) {
  test(`penstock plan ${argv.join(' ')}`, async () => {
    const { status, err, read } = await run(files, ...argv);
    expect([status, err]).toEqual([0, '']);
    expect(read('tasks.md')).toBe(tasks.replace(from, to));
  });
}

test('writes what is proven into the categories, with the total and the day', async () => {
  const checks = `checks:
  a: { file: a.csv, categories: [loading] }
  b: { file: b.csv, categories: [Loading] }
  c: { port: 1, categories: [Cost] }
`;
  const { status, err, read } = await run(
    { 'ideas.md': '# Ideas\n- a\n- b\n- c\n', ...files, 'penstock.yaml': checks, 'a.csv': '' },
    'figures',
    '--proven',
  );
  expect([status, err]).toEqual([0, '']);
  const today = /\d{4}-\d{2}-\d{2}/.exec(read('tasks.md'))![0];
  expect(today > '2026').toBe(true);
  expect(read('tasks.md')).toBe(
    tasks.replace('2025-07-01', today).replace('50 %', '65 %').replace('60%', '50%'),
  );
});

test('moves a finished task to the document of the finished ones', async () => {
  const log =
    '# Completed Tasks\n\n| Task | Completed on | Status |\n|--|--|--|\n| Old | 2026-01-01 | ✅ |\n';
  const { status, err, read } = await run(
    { 'docs/tasks.md': tasks, 'docs/completed.md': log },
    'complete',
    'orders',
    '--date',
    '2026-11-29',
  );
  expect([status, err]).toEqual([0, '']);
  expect(read('docs/tasks.md')).toBe(tasks.replace(`${rows[0]}\n`, ''));
  expect(read('docs/completed.md')).toBe(`${log}| Load the orders | 2026-11-29 | ✅ |\n`);
});

test('begins the list of finished tasks where the document of them is a title alone', async () => {
  const complete = ['complete', 'orders', '--date', '2026-11-29'] as const;
  const title = '# Completed\r\n\r\nWhat is done moves here.\r\n';
  const { status, err, read } = await run({ 'tasks.md': tasks, 'completed.md': title }, ...complete);
  expect([status, err]).toEqual([0, '']);
  const begun = `${title}\r\n- [x] Load the orders (2026-11-29) (P0)\r\n`;
  expect(read('completed.md')).toBe(begun);
  const one = begun.replace('Load the orders', 'Begin');
  const again = await run({ 'tasks.md': tasks, 'completed.md': one }, ...complete);
  expect(again.read('completed.md')).toBe(`${one}- [x] Load the orders (2026-11-29) (P0)\r\n`);
});

test.each([
  ['bullets', '# Completed\n\n- Old one\n', '- Load the orders (2026-11-29) (P0)\n'],
  [
    'rows',
    '# Completed\n\n| Task | Completed on |\n|--|--|\n| Old one | 2026-01-02 |\n',
    '| Load the orders | 2026-11-29 |\n',
  ],
])('moves a finished task among %s that only a title tells of', async (_, kept, added) => {
  const { status, err, read } = await run(
    { 'tasks.md': tasks, 'log.md': kept },
    'complete',
    'orders',
    '--date',
    '2026-11-29',
  );
  expect([status, err, read('log.md')]).toEqual([0, '', `${kept}${added}`]);
});

test('changes a document that only its name tells of', async () => {
  const { status, read } = await run(
    { 'README.md': '# Shop\n## Work\n- [ ] a\n' },
    'tick',
    'a',
    '--file',
    'README.md',
  );
  expect([status, read('README.md')]).toEqual([0, '# Shop\n## Work\n- [x] a\n']);
});

const refused: readonly (readonly [status: number, message: string, ...argv: string[]])[] = [
  [2, 'there is no task `ordres`; did you mean `tasks/load-the-orders`?', 'set', 'ordres', '--status', 'done'],
  [2, '`load` may be `tasks/load-the-orders`, `tasks/load-the-returns`; name one of them', 'remove', 'load'],
  [2, 'there is no status `finished`; use planned, in-progress, done, blocked, skipped', 'set', 'test', '--status', 'finished'],
  [2, 'say what to set: --status, --priority or --effort', 'set', 'test'],
  [2, 'name a task; `penstock plan` lists what there is', 'remove'],
  [2, 'say where to: --before TASK, --after TASK or --group SECTION', 'move', 'test'],
  [2, 'there is no section `later`; `penstock plan` lists what there is', 'move', 'test', '--group', 'later'],
  [2, 'no readiness table has a row `Cost`; there is `Loading`, `Models`', 'figures', '--category', 'Cost=1'],
  [2, 'no check that was looked at counts in a category of the plan; bind one with `categories` in penstock.yaml', 'figures', '--proven'],
  [2, '--overall takes a percentage from 0 to 100, not `many`', 'figures', '--overall', 'many'],
  [2, 'there is no document gone.md that can be read; name one that exists', 'touch', '--file', 'gone.md'],
  [1, 'there is no place for an effort where `Test` is written', 'set', 'test', '--effort', 'High'],
  [1, 'there is no priority `anything`; use P0, P1 as the document does, or P0 to P9, Critical, High, Medium or Low', 'set', 'test', '--priority', 'anything'],
  [1, 'no document or section keeps finished tasks; write one, or name the document that they go to', 'complete', 'test'],
]; // prettier-ignore

for (const [status, message, ...argv] of refused) {
  test(`says '${message}'`, async () => {
    const outcome = await run(files, ...argv);
    expect([outcome.status, outcome.err]).toEqual([status, `penstock plan ${argv[0]}: ${message}\n`]);
    expect(outcome.read('tasks.md')).toBe(tasks);
  });
}

test('tells which verb an option belongs to', async () => {
  const { status, err } = await run(files, 'remove', 'test', '--status', 'done');
  expect([status, err]).toEqual([
    2,
    'penstock: --status belongs to `penstock plan set`, `penstock plan add`\n',
  ]);
});

const program = fileURLToPath(new URL('test-support/penstock-plan.ts', import.meta.url));

test('writers at the same time lose nothing of each other', async () => {
  const count = 6;
  const names = Array.from({ length: count }, (_, at) => `item ${at}`);
  const list = `# Tasks\n${names.map((name) => `- [ ] ${name}\n`).join('')}`;
  const cwd = folderWith({ 'tasks.md': list });
  const penstock = (...argv: string[]): Promise<unknown> =>
    promisify(execFile)(process.execPath, [program, ...argv], { cwd });
  await Promise.all([
    ...names.map((name) => penstock('tick', name)),
    ...names.map((name) => penstock('add', `after ${name}`, '--after', name)),
  ]);
  expect(readFileSync(join(cwd, 'tasks.md'), 'utf8')).toBe(
    `# Tasks\n${names.map((name) => `- [x] ${name}\n- [ ] after ${name}\n`).join('')}`,
  );
  expect(readdirSync(cwd)).toEqual(['tasks.md']);
});
