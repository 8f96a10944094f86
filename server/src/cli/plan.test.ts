import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { compose } from '../systems/compose/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { plan } from '../systems/plan/index.ts';
import { garbledPlan } from '../systems/plan/fixtures/garbled-plan.ts';
import { silentLog } from '../core/log.ts';
import type { PlanJson } from './plan-json.ts';
import { runPlan, type PlanArgs } from './plan.ts';
import { openFolder, openWorkspace } from './workspace.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs `penstock plan` in a folder with these files, or in one below it. */
async function run(
  files: Readonly<Record<string, string>>,
  args: Partial<PlanArgs> = {},
  below = '',
): Promise<{ status: number; out: string; err: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-plan-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const cwd = join(folder, below);
  let out = '';
  let err = '';
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const systems = [plan, penstock, compose];
  const host = {
    systems,
    io,
    openFolder: (folder: string) => openFolder({ systems, folder, log: silentLog }),
    openWorkspace: (folder: string) => openWorkspace({ systems, folder, log: silentLog }),
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
  const alone = { parent: null, owner: null, due: null, finished: null, code: null, blockedBy: [] };
  expect(JSON.parse(out)).toEqual({
    documents: [
      {
        file: 'docs/tasks.md',
        title: 'Small plan',
        role: 'outstanding',
        updated: null,
        review: null,
        claimedOverall: null,
        phases: [],
      },
    ],
    items: [
      {
        ...alone,
        document: 'docs/tasks.md',
        ready: false,
        dependsOn: [{ kind: 'text' }, { kind: 'text' }],
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
        ...alone,
        document: 'docs/tasks.md',
        ready: false,
        dependsOn: [],
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
    criteria: [{ id: 'criteria/runs', text: 'runs', done: true }],
    blockers: [{ text: 'Access missing' }],
    risks: [{ text: 'Late', impact: 'High', probability: null, mitigation: null }],
    updated: null,
    claimedOverall: null,
    next: [{ document: 'docs/tasks.md', id: 'small-plan/load', title: 'Load' }],
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

Next
  ◐ P0 Load (in progress, effort High, once there: Access, server)
`);
});

test('prints all documents of a plan, what is outstanding first, and what to do next over them', async () => {
  const { status, out, err } = await run({
    'docs/completed-tasks.md': '# Completed tasks\n- ✅ Orders\n- ✅ Returns\n- Prices\n',
    'docs/outstanding-tasks.md':
      '# Outstanding tasks\n| Task | Priority | Status | Effort | Dependencies |\n|--|--|--|--|--|\n| Step 1: Load | P0 | Done | Low | |\n| Step 2: Model | P0 | Open | High | Step 1 completion |\n| Step 3: Show | P0 | Open | Low | Step 2 |\n| Write it down | P1 | In progress | Low | |\n',
  });
  expect([status, err]).toEqual([0, '']);
  expect(out.match(/^\S.*$/gm)).toEqual([
    'Outstanding tasks',
    'docs/outstanding-tasks.md',
    '4 tasks: 1 done, 1 in progress, 2 planned · 3 P0, 1 P1',
    'Outstanding tasks (1 of 4 done)',
    'Completed tasks',
    'docs/completed-tasks.md',
    '3 tasks: 3 done',
    'Completed tasks (3 of 3 done)',
    'Next',
  ]);
  expect(out).toMatch(
    /\nNext\n {2}○ P0 Step 2: Model \(planned, effort High, docs\/outstanding-tasks.md\)\n {2}◐ P1 Write it down/,
  );
});

test('tells in JSON what each task waits for, and what is ready', async () => {
  const { out } = await run(
    {
      'tasks.md':
        '# Tasks\n| Task | Status | Dependencies |\n|--|--|--|\n| Step 1: Load | Open | |\n| Step 2: Show | Open | Step 1 completion, Wishes |\n',
    },
    { format: 'json' },
  );
  const { items } = JSON.parse(out) as PlanJson;
  const first = { document: 'tasks.md', id: 'tasks/step-1-load', title: 'Step 1: Load' };
  expect(items.map(({ ready, blockedBy }) => [ready, blockedBy])).toEqual([
    [true, []],
    [false, [first]],
  ]);
  expect(items[1]!.dependsOn).toEqual([{ kind: 'items', items: [first] }, { kind: 'text' }]);
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

test('says whose a task is and until when', async () => {
  const { out } = await run({
    'tasks.md':
      '# Tasks\n| Task | Status | Owner | Due |\n|--|--|--|--|\n| Load | Open | Ada | 2999-12-01 |\n| Show | Open | | |\n| Test | Open | | 2026-02-28 |\n| Tell | Done | | Q1 2026 |\n',
  });
  expect(out).toContain('  ○ Load (planned, Ada, due 2999-12-01, tasks.md:4)\n');
  expect(out).toContain('  ○ Show (planned, tasks.md:5)\n');
  expect(out).toContain('  ○ Test (planned, overdue since 2026-02-28, tasks.md:6)\n');
  expect(out).toContain('  ✓ Tell (done, due Q1 2026, tasks.md:7)\n');
  expect(out).toContain('  ○ Test (planned, overdue since 2026-02-28)\n');
});

test.each([
  ['tasks.md', ''],
  ['notes/any.md', ''],
  ['../tasks.md', 'notes'],
])(
  'reads a document that is named by the words of its team, and beside what is there: %s',
  async (file, below) => {
    const { out, err } = await run(
      {
        'notes/other.md': '# Notes\n',
        [join(below, file)]:
          '# Aufgaben\n\n| Task | Status | Needs |\n|--|--|--|\n| Laden | Erledigt | |\n| Zeigen | Offen | Redis |\n',
        'penstock.yaml': 'version: 1\nplan:\n  status-words:\n    done: [Erledigt]\n    planned: [Offen]\n',
        'compose.yaml': 'services:\n  redis:\n    image: redis:7\n',
      },
      { file, format: 'json' },
      below,
    );
    const { items } = JSON.parse(out) as PlanJson;
    expect([err, ...items.map(({ title, status }) => `${title} ${status}`)]).toEqual([
      '',
      'Laden done',
      'Zeigen planned',
    ]);
    expect(items[1]).toMatchObject({ ready: true, dependsOn: [{ kind: 'services', names: ['redis'] }] });
  },
);
