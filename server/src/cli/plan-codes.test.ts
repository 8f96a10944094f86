import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { plan } from '../systems/plan/index.ts';
import { main } from './main.ts';
import type { PlanJson } from './plan-json.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'penstock-plan-codes-'));
  folders.push(cwd);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

async function run(
  cwd: string,
  ...argv: string[]
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const status = await main(argv, { systems: [plan], version: '0', io });
  return { status, out, err };
}

/** Each item with what it waits for: `2 Build <- Load`. */
async function waiting(text: string): Promise<readonly string[]> {
  const cwd = folderWith({ 'tasks.md': text });
  const { out } = await run(cwd, 'plan', '--format', 'json');
  return (JSON.parse(out) as PlanJson).items.map(({ code, title, dependencies, dependsOn }) => {
    const about = dependsOn.map(({ kind, items }, at) =>
      items ? items.map((item) => item.title).join(' + ') : `${kind} ${dependencies[at]}`,
    );
    return `${code} ${title}${about.length === 0 ? '' : ` <- ${about.join(', ')}`}`;
  });
}

const columns = '| Task | Priority | Status | Effort | Depends on | Owner |\n|--|--|--|--|--|--|--|';
const steps = `# Tasks\n\n| Step ${columns}
| 1 | Load | P0 | Done | 2 d | – | ann |
| 2 | Build | P0 | Planned | 3 d | Step 1 completion | bob |
| 3 | Show | P1 | Planned | 1 w | Previous steps, 1, Step 9 | |
`;

test('steps that a column numbers are called by their tasks, and others wait for their numbers', async () => {
  expect(await waiting(steps)).toEqual([
    'Step 1 Load',
    'Step 2 Build <- Load',
    'Step 3 Show <- Load + Build, Load, missing Step 9',
  ]);
  const { out } = await run(folderWith({ 'tasks.md': steps }), 'plan');
  expect(out).toContain('  ✓ P0 Step 1: Load (done, effort 2 d, ann, tasks.md:5)\n');
});

test('codes and numbers in a column of their own name the rows', async () => {
  const coded = `# Tasks\n\n| ID ${columns}
| T1 | Load | P0 | Done | | | |
| T2 | Build | P0 | Planned | | T1 | |
| T3 | Show | P1 | Planned | | T1, T2, T9 | |
| see below | Tell | P1 | Planned | | | |
`;
  expect(await waiting(coded)).toEqual([
    'T1 Load',
    'T2 Build <- Load',
    'T3 Show <- Load, Build, text T9',
    'null Tell',
  ]);
  const numbered = `# Tasks\n\n| # ${columns}
| 1 | Load | P0 | Done | | | |
| 2 | Build | P0 | Planned | | 1 | |
| 3 | Show | P1 | Planned | | #2, Task 1 | |
`;
  expect(await waiting(numbered)).toEqual([
    'Task 1 Load',
    'Task 2 Build <- Load',
    'Task 3 Show <- Build, Load',
  ]);
});

test('a task is named by its code on the command line, and takes it along when it is finished', async () => {
  const finished = '# Completed tasks\n\n| Task | Completed on |\n|--|--|\n| Plan | 2026-01-01 |\n';
  const cwd = folderWith({ 'tasks.md': steps, 'completed.md': finished });
  expect(await run(cwd, 'plan', 'set', 'step 2', '--status', 'done')).toMatchObject({ status: 0, err: '' });
  expect(await run(cwd, 'plan', 'complete', 'Step 2', '--date', '2026-12-01')).toMatchObject({ status: 0 });
  expect(readFileSync(join(cwd, 'completed.md'), 'utf8')).toBe(`${finished}| Step 2: Build | 2026-12-01 |\n`);
  // A column of that name keeps it.
  writeFileSync(
    join(cwd, 'completed.md'),
    finished.replace('| Task', '| Step | Task').replace('|--|', '|--|--|').replace('| Plan', '| 0 | Plan'),
  );
  await run(cwd, 'plan', 'complete', 'Step 1', '--date', '2026-12-01');
  expect(readFileSync(join(cwd, 'completed.md'), 'utf8')).toContain('| 1 | Load | 2026-12-01 |\n');
});
