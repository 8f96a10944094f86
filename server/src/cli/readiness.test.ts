import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { fromFsPath } from '../files/node-files.ts';
import { plan } from '../systems/plan/index.ts';
import { runReadiness, type ReadinessArgs } from './readiness.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs `penstock readiness` over these files, named from the working directory. */
async function run(
  files: Readonly<Record<string, string>>,
  args: Partial<ReadinessArgs> = {},
): Promise<{ status: number; out: string; err: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'penstock-readiness-'));
  folders.push(cwd);
  const root = fromFsPath(cwd);
  const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
  const { platform } = await openFixture([plan, toy], texts, [root]);
  let out = '';
  let err = '';
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const status = await runReadiness(
    { path: undefined, format: 'text', ...args },
    {
      io,
      systems: [plan, toy],
      version: '0.0.0-test',
      pages: undefined,
      openWorkspace: async () => platform,
    },
  );
  return { status, out, err };
}

const done =
  '# Tasks\n\n*Last updated: May*\n\n| Task | Priority | Status |\n|--|--|--|\n| Load | P0 | Done |\n';
const open = `${done}| Test | P0 | Open |\n| Show | P1 | wip |\n\n## Success criteria\n- [ ] runs\n\n## Readiness\nOverall readiness: 90 %\n\n| Area | Completion |\n|--|--|\n| Loading | 80% |\n| Models | 55% |\n`;

test('prints claims beside evidence', async () => {
  const { status, out } = await run({
    'tasks.md': open,
    'a/toy.txt': 'a',
    'a/x.toy': 'bad\nuse gone\nrule\n',
    'b/toy.txt': 'b',
  });
  expect(status).toBe(1);
  expect(out).toBe(`Not ready: 1 P0 task open, 1 criterion open, 2 errors in Toy

Tasks (tasks.md, updated May)
  tasks      3: 1 planned, 1 in progress, 1 done
  open       1 P0, 1 P1
  criteria   0 of 1 met
  claimed    90 % overall; its table averages 67.5 %
    Loading   80 %
    Models    55 %

Evidence
  ✗ Toy (a): configuration has 2 errors, 1 warning; \`penstock check\` shows them
  ✓ Toy (b): configuration is valid

Checks: none, so what the plan claims stays a claim; write what would prove it as \`checks\` into penstock.yaml
`);
});

test('prints a snapshot as JSON', async () => {
  const { status, out } = await run({ 'tasks.md': done, 'a/toy.txt': 'a' }, { format: 'json' });
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    state: 'ready',
    verdict: 'ready as far as can be seen: 1 task done or skipped, configuration valid in 1 project',
    plans: [
      {
        file: 'tasks.md',
        title: 'Tasks',
        updated: 'May',
        total: 1,
        counts: { planned: 0, 'in-progress': 0, done: 1, blocked: 0, skipped: 0, unknown: 0 },
        open: [],
        claimedOverall: null,
        tableAverage: null,
        categories: [],
        criteria: { done: 0, open: 0 },
        blockers: 0,
        risks: 0,
      },
    ],
    evidence: [
      {
        kind: 'valid-configuration',
        system: 'toy',
        title: 'Toy',
        project: 'a',
        folder: 'a',
        state: 'passed',
        errors: 0,
        warnings: 0,
      },
    ],
  });
});

test('does not call a platform ready that only says so', async () => {
  const { status, out } = await run({ 'tasks.md': done });
  expect(status).toBe(1);
  expect(out).toMatch(/^Claimed only: 1 task done or skipped, and nothing found that could show it\n/);
});

test('says that a folder is missing', async () => {
  expect(await run({}, { path: 'gone' })).toEqual({
    status: 2,
    out: '',
    err: 'penstock readiness: there is no folder gone; name one that exists\n',
  });
});
