import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { plan } from '../systems/plan/index.ts';
import { garbledPlan } from '../systems/plan/fixtures/garbled-plan.ts';
import { silentLog } from '../core/log.ts';
import { runPlan, type PlanArgs, type PlanJson } from './plan.ts';
import { openFolder } from './workspace.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs `penstock plan` in a folder with these files. */
async function run(
  files: Readonly<Record<string, string>>,
  args: Partial<PlanArgs> = {},
): Promise<{ status: number; out: string; err: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'penstock-plan-'));
  folders.push(cwd);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  let out = '';
  let err = '';
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const systems = [plan];
  const host = {
    systems,
    io,
    openFolder: (folder: string) => openFolder({ systems, folder, log: silentLog }),
  };
  const status = await runPlan({ file: undefined, format: 'text', ...args }, host);
  return { status, out, err };
}

const small =
  '# Small plan\n\n| Task | Priority | Effort | Status | Dependencies |\n|--|--|--|--|--|\n| Load | **P0** | High | 🚧 In Progress | Access, server |\n| Test | | | Done | |\n\n## Success criteria\n- [x] runs\n\n## Blockers\n1. **Access** missing\n\n## Risks\n| Risk | Impact |\n|--|--|\n| Late | High |\n';

test('prints a plan as JSON', async () => {
  const { status, out, err } = await run(
    { 'docs/tasks.md': small, 'README.md': '# Shop\n- [ ] a\n' },
    { format: 'json' },
  );
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual({
    items: [
      {
        id: 'small-plan/load',
        title: 'Load',
        group: 'Small plan',
        status: 'in-progress',
        priority: 'P0',
        effort: 'High',
        dependencies: ['Access', 'server'],
        line: 5,
      },
      {
        id: 'small-plan/test',
        title: 'Test',
        group: 'Small plan',
        status: 'done',
        priority: null,
        effort: null,
        dependencies: [],
        line: 6,
      },
    ],
    groups: ['Small plan'],
    readiness: [],
    criteria: [{ text: 'runs', done: true }],
    blockers: [{ text: 'Access missing' }],
    risks: [{ text: 'Late', impact: 'High', probability: null, mitigation: null }],
    updated: null,
    claimedOverall: null,
  });
});

test('counts a whole plan', async () => {
  const { out } = await run({ 'plan.md': garbledPlan }, { format: 'json' });
  const json = JSON.parse(out) as PlanJson;
  const count = (key: 'status' | 'priority', value: string): number =>
    json.items.filter((item) => item[key] === value).length;
  expect([json.items.length, json.groups.length]).toEqual([26, 6]);
  expect(['P0', 'P1', 'P2'].map((priority) => count('priority', priority))).toEqual([6, 11, 9]);
  expect(['planned', 'in-progress'].map((status) => count('status', status))).toEqual([25, 1]);
  expect(json.readiness.map(({ claimed }) => claimed)).toEqual([95, 90, 100, 85, 60, 40]);
  expect([
    json.criteria.length,
    json.blockers.length,
    json.risks.length,
    json.claimedOverall,
    json.updated,
  ]).toEqual([5, 3, 3, 68, 'March 2026']);
});

test('prints a plan as a tree', async () => {
  const { status, out } = await run({ 'tasks.md': small });
  expect(status).toBe(0);
  expect(out).toBe(`Small plan
tasks.md
2 tasks: 1 done, 1 in progress · 1 P0

Small plan (1 of 2 done)
  ◐ P0 Load (in progress, effort High, tasks.md:5)
       needs Access, server
  ✓    Test (done, tasks.md:6)

Criteria
  ✓ runs

Blockers
  ✗ Access missing

Risks
  ! Late, impact High
`);
});

test('takes the nearest document and names the others', async () => {
  const { out, err } = await run({
    'a/tasks.md': small,
    'z.md': small.replace('Small', 'Near'),
    'b/c/plan.md': small,
  });
  expect(out).toMatch(/^Near plan\n/);
  expect(err).toBe('penstock plan: read z.md; there is also a/tasks.md, b/c/plan.md\n');
});

test('reads a document that is named, whatever it is called', async () => {
  const { status, out } = await run({ 'README.md': '# Shop\n## Work\n- [ ] a\n' }, { file: 'README.md' });
  expect(status).toBe(0);
  expect(out).toContain('○ a (planned, README.md:3)');
});

const refused: readonly (readonly [
  files: Readonly<Record<string, string>>,
  file: string | undefined,
  message: string,
])[] = [
  [
    { 'README.md': '# Shop\n' },
    undefined,
    'penstock plan: no planning document found here; name one, or write a Markdown table with the columns Task, Priority and Status\n',
  ],
  [{}, 'gone.md', 'penstock plan: there is no file gone.md that can be read; name one that exists\n'],
  [
    { 'a.md': '# Nothing\n' },
    'a.md',
    'penstock plan: a.md holds no tasks; name a Markdown document with a table of tasks or a check list\n',
  ],
];

for (const [files, file, message] of refused) {
  test(`says '${message.trim()}'`, async () => {
    expect(await run(files, { file, format: 'json' })).toEqual({ status: 2, out: '', err: message });
  });
}
