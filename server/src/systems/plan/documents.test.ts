import { expect, test } from 'vitest';
import { joinPlans, groupDocuments, sameItems } from '../../core/plan-set.ts';
import { openFixture } from '../../../../test/support/check.ts';
import { penstock } from '../penstock/index.ts';
import { openPlan } from './fixtures/open-plan.ts';
import { plan } from './index.ts';

const tasks = '# Tasks\n| Task | Status |\n|--|--|\n| Load | Open |\n| Test | Done |\n';
const report = '# Report\n- ✅ Orders\n- ✅ Returns\n';

/** The documents that are a part of the plan. */
async function plans(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { platform } = await openFixture([plan, penstock], texts);
  return [...platform.paths()].filter((path) => platform.systemOf(path) === plan).sort();
}

test('takes a document that a plan names for a part of it, and what that one names', async () => {
  expect(
    await plans({
      '/w/docs/tasks.md': `${tasks}\nSee [the report](../report.md).\n`,
      '/w/report.md': `${report}\nBefore that: **docs/old/report.md**\n`,
      '/w/docs/old/report.md': report,
      '/w/docs/other.md': report,
    }),
  ).toEqual(['/w/docs/old/report.md', '/w/docs/tasks.md', '/w/report.md']);
});

test('takes ideas, a roadmap and what is completed for a part of the plan that names them, however short', async () => {
  expect(
    await plans({
      '/w/tasks.md': `${tasks}\n[ideas](ideas.md), [road](roadmap.md), [done](completed.md)\n`,
      '/w/ideas.md': '# Ideas\n\n- **Lineage**: in the catalog\n- Forecast\n',
      '/w/roadmap.md': '# Roadmap\n\n## Phase 1\n- [ ] Marts\n',
      '/w/completed.md': '# Completed tasks\n\n- Warehouse\n',
    }),
  ).toEqual(['/w/completed.md', '/w/ideas.md', '/w/roadmap.md', '/w/tasks.md']);
});

test('leaves documents alone that a plan names and that are none', async () => {
  expect(
    await plans({
      '/w/tasks.md': `${tasks}\n[How](how.md), [README](README.md), [gone](gone.md)\n`,
      '/w/how.md': '# How\n- first\n- then\n',
      '/w/README.md': report,
    }),
  ).toEqual(['/w/tasks.md']);
});

test('lets a document join and leave as it is named and no longer is', async () => {
  const named = `${tasks}\n[Report](report.md)\n`;
  const { platform, files } = await openFixture([plan], { '/w/tasks.md': tasks, '/w/report.md': report });
  expect(platform.has('/w/report.md')).toBe(false);
  files.texts.set('/w/tasks.md', named);
  expect([...platform.update(['/w/tasks.md'])].sort()).toEqual(['/w/report.md', '/w/tasks.md']);
  expect(platform.systemOf('/w/report.md')).toBe(plan);
  files.texts.set('/w/tasks.md', tasks);
  platform.update(['/w/tasks.md']);
  expect(platform.has('/w/report.md')).toBe(false);
});

test('lets a document join that is written after it was named', async () => {
  const { platform, files } = await openFixture([plan], { '/w/tasks.md': `${tasks}\n[Report](report.md)\n` });
  files.texts.set('/w/report.md', report);
  platform.update(['/w/report.md']);
  expect(platform.systemOf('/w/report.md')).toBe(plan);
});

test('takes the documents that penstock.yaml names, as a path, a list or a mapping', async () => {
  const texts = { '/w/a.md': '# Notes\n- a\n', '/w/b.md': '# Notes\n- b\n' };
  expect(await plans({ ...texts, '/w/penstock.yaml': 'plan: a.md\n' })).toEqual(['/w/a.md']);
  expect(await plans({ ...texts, '/w/penstock.yaml': 'plan: [a.md, b.md]\n' })).toEqual([
    '/w/a.md',
    '/w/b.md',
  ]);
  expect(await plans({ ...texts, '/w/penstock.yaml': 'plan:\n  documents: [b.md]\n' })).toEqual(['/w/b.md']);
});

const german =
  '# Tasks\n| Aufgabe | Status |\n|--|--|\n| Laden | erledigt |\n| Testen | In Arbeit |\n- Berichte (erledigt)\n';
const words = 'plan:\n  status-words:\n    done: [erledigt, fertig]\n    in-progress: in Arbeit\n';

test("reads statuses in the team's own words", async () => {
  const { platform, files } = await openFixture([plan, penstock], {
    '/w/tasks.md': german,
    '/w/penstock.yaml': words,
  });
  const read = (): readonly string[] =>
    plan.readPlan!(platform.parsed('/w/tasks.md')!)!.items.map(({ title, status }) => `${status} ${title}`);
  expect(read()).toEqual(['done Laden', 'in-progress Testen', 'done Berichte']);
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
  files.texts.set('/w/penstock.yaml', 'version: 1\n');
  platform.update(['/w/penstock.yaml']);
  expect(platform.has('/w/tasks.md')).toBe(false);
});

test('says what is no list of words', async () => {
  const { platform } = await openFixture([plan, penstock], {
    '/w/penstock.yaml': 'plan:\n  status-words:\n    finished: [erledigt]\n',
  });
  expect(platform.findings('/w/penstock.yaml').map(({ code }) => code)).toEqual(['penstock/unknown-key']);
});

const read = (path: string, text: string): ReturnType<typeof openPlan>['model']['plan'] =>
  openPlan(text, path).model.plan;

test('puts what is to be done first and what is done last', () => {
  const set = joinPlans([
    read('/w/completed.md', report),
    read('/w/docs/tasks.md', tasks),
    read('/w/IDEAS.md', '# Ideas\n- a\n'),
    read('/w/ROADMAP.md', '# Roadmap\n- a\n'),
    read('/w/tasks.md', tasks),
  ]);
  expect(set.documents.map(({ path }) => path)).toEqual([
    '/w/tasks.md',
    '/w/docs/tasks.md',
    '/w/ROADMAP.md',
    '/w/IDEAS.md',
    '/w/completed.md',
  ]);
  expect(set.items.map(({ item }) => item.title)).toEqual([
    'Load',
    'Test',
    'Load',
    'Test',
    'a',
    'a',
    'Orders',
    'Returns',
  ]);
});

test('finds items that several documents name alike, where the name says enough', () => {
  const set = joinPlans([
    read(
      '/w/tasks.md',
      '# Tasks\n- [ ] Load the shop orders\n- [ ] Tests\n- [ ] Twice the same thing\n- [ ] Twice the same thing\n',
    ),
    read('/w/completed.md', '# Completed tasks\n- **Load the shop orders**: all of it\n- Tests\n'),
  ]);
  expect(
    sameItems(set.items).map((same) => same.map(({ plan: { path }, item }) => `${path} ${item.title}`)),
  ).toEqual([['/w/tasks.md Load the shop orders', '/w/completed.md Load the shop orders']]);
});

test('groups documents of one folder and those that name each other', () => {
  const document = (
    path: string,
    ...links: readonly string[]
  ): { path: string; links: readonly string[] } => ({ path, links });
  const groups = groupDocuments([
    document('/w/a/tasks.md', '/w/ROADMAP.md'),
    document('/w/b/tasks.md'),
    document('/w/a/done.md'),
    document('/w/ROADMAP.md'),
  ]);
  expect(groups.map((group) => group.map(({ path }) => path))).toEqual([
    ['/w/a/tasks.md', '/w/ROADMAP.md', '/w/a/done.md'],
    ['/w/b/tasks.md'],
  ]);
});
