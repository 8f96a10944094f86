import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { neverCancelled } from '../../core/cancellation.ts';
import type { Finding } from '../../core/finding.ts';
import { silentLog } from '../../core/log.ts';
import { Platform } from '../../core/platform.ts';
import { MemoryFiles } from '../../../../test/support/memory-files.ts';
import { plan } from './index.ts';

type Texts = Readonly<Record<string, string>>;

/** The findings of one code, as `path 'text' message`. */
async function findings(texts: Texts, code: string): Promise<readonly string[]> {
  const { platform } = await openFixture([plan], texts);
  return [...platform.paths()]
    .sort()
    .flatMap((path) => platform.findings(path).map((finding) => shown(platform, path, finding, code)))
    .filter((line) => line !== '');
}

function shown(platform: Platform, path: string, finding: Finding, code: string): string {
  if (finding.code !== `plan/${code}`) return '';
  return `${path} '${platform.source(path)!.slice(finding.span)}' ${finding.severity}: ${finding.message}`;
}

const table = (...rows: readonly string[]): string =>
  `# Tasks\n| Task | Status | Dependencies |\n|--|--|--|\n${rows.map((row) => `| ${row} |\n`).join('')}`;

test('reports a step that the plan has not', async () => {
  const text = table('Step 1: Load | Open | ', 'Step 2: Model | Open | Step 9 completion, Wishes');
  expect(await findings({ '/w/tasks.md': text }, 'undefined-dependency')).toEqual([
    "/w/tasks.md 'Step 9 completion' warning: the plan has no `Step 9`; correct the dependency or add the item",
  ]);
});

test('reports a slip in a name where dependencies name items', async () => {
  const rows = [
    'Load shop orders | Open | ',
    'Build sales marts | Open | Load shop orders',
    'Show sales report | Open | Build sales marts',
  ];
  const slip = table(...rows, 'Mail the report | Open | Show sales raport');
  expect(await findings({ '/w/tasks.md': slip }, 'undefined-dependency')).toEqual([
    "/w/tasks.md 'Show sales raport' warning: the plan has no item `Show sales raport`; did you mean `Show sales report`?",
  ]);
  const words = table(
    rows[0]!,
    'Mail the report | Open | Load shop ordres',
    'Rest | Open | Wishes',
    'More | Open | Money',
  );
  expect(await findings({ '/w/tasks.md': words }, 'undefined-dependency')).toEqual([]);
});

test('reports items that wait for each other, once', async () => {
  const text = table(
    'Load orders | Open | Show reports',
    'Build marts | Open | Load orders',
    'Show reports | Open | Build marts',
  );
  expect(await findings({ '/w/tasks.md': text }, 'dependency-cycle')).toEqual([
    "/w/tasks.md 'Show reports' warning: `Load orders` waits for `Show reports`, which waits for `Build marts`, which waits for `Load orders`; take one of these dependencies away",
  ]);
  expect(
    await findings(
      { '/w/tasks.md': table('Load orders | Open | ', 'Build marts | Open | Load orders') },
      'dependency-cycle',
    ),
  ).toEqual([]);
});

test('reports what is done before what it depends on', async () => {
  const text = table(
    'Load orders | Open | ',
    'Build marts | Done | Load orders',
    'Show reports | Open | Load orders',
  );
  expect(await findings({ '/w/tasks.md': text }, 'done-before-dependency')).toEqual([
    "/w/tasks.md 'Load orders' warning: `Build marts` is done, but `Load orders`, which it depends on, is planned; correct a status or the dependency",
  ]);
});

test('looks again at one document when another one changes', async () => {
  const done = '# Completed tasks\n- ✅ Build sales marts\n- ✅ Load shop orders\n';
  const open = table('Show sales reports | Done | Build sales marts', 'Mail them | Open | ');
  const { platform, files } = await openFixture([plan], { '/w/completed.md': done, '/w/tasks.md': open });
  const codes = (): readonly string[] => platform.findings('/w/tasks.md').map(({ code }) => code);
  expect(codes()).toEqual([]);
  files.texts.set('/w/completed.md', done.replace('✅ Build', '🚧 Build'));
  expect(platform.update(['/w/completed.md'])).toContain('/w/tasks.md');
  expect(codes()).toEqual(['plan/done-before-dependency']);
});

test('reports files that a plan leads to and that are not there', async () => {
  const text = `${table('Write docs/new.md | Open | ', 'Wrote docs/old.md | Done | ')}\nReference: **docs/assistant.md**, see [the road](road.md#now), [here](docs/here.md), [out](../../out.md), [folder](docs), **data/plan.txt**\n`;
  const texts = {
    '/w/docs/tasks.md': text,
    '/w/docs/docs/here.md': '# Here\n',
    '/w/docs/assistant.md': '# A\n',
  };
  expect(await findings(texts, 'missing-reference')).toEqual([
    "/w/docs/tasks.md 'road.md' warning: there is no file `road.md`; correct the path or write the document",
  ]);
  expect(await findings({ '/w/tasks.md': text }, 'missing-reference')).toEqual([
    "/w/tasks.md 'docs/assistant.md' warning: there is no file `docs/assistant.md`; correct the path or write the document",
    "/w/tasks.md 'road.md' warning: there is no file `road.md`; correct the path or write the document",
    "/w/tasks.md 'docs/here.md' warning: there is no file `docs/here.md`; correct the path or write the document",
  ]);
});

test('takes a finding back once the file is there', async () => {
  const { platform, files } = await openFixture([plan], {
    '/w/tasks.md': `${table('a | Open | ', 'b | Done | ')}\n[x](x.sql)\n`,
  });
  expect(platform.findings('/w/tasks.md').map(({ code }) => code)).toEqual(['plan/missing-reference']);
  files.texts.set('/w/x.sql', 'select 1');
  expect(platform.update(['/w/x.sql'])).toContain('/w/tasks.md');
  expect(platform.findings('/w/tasks.md')).toEqual([]);
  files.texts.delete('/w/x.sql');
  platform.update(['/w/x.sql']);
  expect(platform.findings('/w/tasks.md')).toHaveLength(1);
});

test('reports an item that is done in one document and open in another', async () => {
  const texts = {
    '/w/docs/completed.md':
      '# Completed tasks\n- ✅ Load shop orders\n- ✅ Tests\n- ✅ Other thing entirely\n',
    '/w/docs/tasks.md': table('Load shop orders | Open | ', 'Tests | Open | '),
    '/w/docs/roadmap.md': '# Roadmap\n- Load shop orders\n- a\n- b\n',
    '/w/other/tasks.md': table('Other thing entirely | Open | ', 'b | Open | '),
  };
  expect(await findings(texts, 'contradicting-items')).toEqual([
    "/w/docs/roadmap.md 'Load shop orders' warning: `Load shop orders` is done in `completed.md`, and planned here; mark it or take it away",
    "/w/docs/tasks.md 'Load shop orders' warning: `Load shop orders` is done in `completed.md`, and planned here; mark it or take it away",
  ]);
});

test('reports an item that is open in two documents of one kind', async () => {
  const texts = {
    '/w/a.md': table('Load shop orders | Open | ', 'a | Open | '),
    '/w/b.md': table('Load shop orders | Open | ', 'b | Open | '),
  };
  expect(await findings(texts, 'contradicting-items')).toEqual([
    "/w/b.md 'Load shop orders' information: `Load shop orders` stands in `a.md`, too; keep it in one document",
  ]);
});

test('compares no items of which a document has several, and no steps that are called by a word', async () => {
  const steps = (name: string): string =>
    table(`${name} | Open | `, 'Step 2: Commit | Open | ', 'Step 3: Load shop orders | Open | ');
  const twice = `${steps('Step 1: Write the test')}\n## More tasks\n- [ ] Step 1: Write the test\n`;
  expect(
    await findings(
      { '/w/plans/a.md': twice, '/w/plans/b.md': steps('Step 1: Write the test') },
      'contradicting-items',
    ),
  ).toEqual([
    "/w/plans/b.md 'Step 3: Load shop orders' information: `Step 3: Load shop orders` stands in `a.md`, too; keep it in one document",
  ]);
});

test('compares no items of a document in two languages', async () => {
  const text = '# Roadmap\n- [ ] Load shop orders\n- [ ] b\n- [ ] c\n';
  const done = text.replace('[ ] Load', '[x] Load');
  const texts = {
    '/w/ROADMAP.md': `${text}\n[de](i18n/de/ROADMAP.md)\n`,
    '/w/ROADMAP.zh-CN.md': done,
    '/w/i18n/de/ROADMAP.md': done,
  };
  expect(await findings(texts, 'contradicting-items')).toEqual([]);
  expect(
    await findings({ '/w/ROADMAP.md': text, '/w/ROADMAP.2025.md': done }, 'contradicting-items'),
  ).toEqual([
    "/w/ROADMAP.md 'Load shop orders' warning: `Load shop orders` is done in `ROADMAP.2025.md`, and planned here; mark it or take it away",
  ]);
});

test("misses no file of somebody's machine", async () => {
  const text = `${table('Load | Done | ', 'Show | Done | ')}\n[log](/tmp/load.log) [notes](/docs/notes.md)\n`;
  expect(await findings({ '/w/tasks.md': text }, 'missing-reference')).toEqual([
    "/w/tasks.md '/docs/notes.md' warning: there is no file `/docs/notes.md`; correct the path or write the document",
  ]);
});

test('reports a priority that cannot be told among those that can', async () => {
  const rows = (...all: readonly string[]): string =>
    `# Tasks\n| Task | Priority | Status |\n|--|--|--|\n${all.map((priority, at) => `| t${at} | ${priority} | Open |\n`).join('')}`;
  expect(await findings({ '/w/tasks.md': rows('P0', 'High', 'Px', '') }, 'unknown-priority')).toEqual([
    "/w/tasks.md 'Px' information: `Px` is no priority that can be told, so the task comes after all others; write one as the other tasks have it",
  ]);
  expect(await findings({ '/w/tasks.md': rows('A', 'B', 'C', 'P0') }, 'unknown-priority')).toEqual([]);
});

/** The findings about reviews on a day. */
async function reviewed(line: string, today: string): Promise<readonly Finding[]> {
  const platform = new Platform({
    systems: [plan],
    files: new MemoryFiles({ '/w/tasks.md': `${table('a | Open | ', 'b | Done | ')}\n${line}\n` }),
    log: silentLog,
    pause: async () => {},
    clock: () => Date.parse(today),
  });
  await platform.load(['/w'], neverCancelled);
  return platform.findings('/w/tasks.md');
}

test('reports a review that is overdue, with a fix that writes the day as the old one is written', async () => {
  const [finding] = await reviewed('*Last Updated: July 2025 | Review: Weekly*', '2026-11-29');
  expect(finding).toMatchObject({
    code: 'plan/review-overdue',
    message:
      "this plan is to be reviewed 'Weekly', and was last updated July 2025, 15 months ago; go through it and write the day",
  });
  expect(finding!.fixes![0]!.edits[0]!.newText).toBe('November 2026');
});

test.each([
  ['Last updated: 2026-03-12 | Review: Weekly', '2026-03-20', false],
  ['Last updated: 2026-03-12 | Review: Weekly', '2026-03-30', true],
  ['Last updated: 12 March 2026 | Review: every two weeks', '2026-03-30', false],
  ['Last updated: 12 March 2026 | Review: every two weeks', '2026-04-10', true],
  ['Last updated: March 2026 | Review: Monthly', '2026-05-10', false],
  ['Last updated: 03/04/2026 | Review: Weekly', '2026-04-10', false],
  ['Last updated: Q1 2026 | Review: Quarterly', '2026-06-30', false],
  ['Last updated: yesterday | Review: Weekly', '2026-06-30', false],
  ['Last updated: March 2026 | Review: Every second Monday', '2026-04-12', false],
  ['Last updated: March 2026 | Review: Every second Monday', '2026-05-12', true],
  ['Last updated: 2026-03-12', '2030-01-01', false],
  ['Review: Weekly', '2030-01-01', false],
  ['Next review: 2026-05-27', '2026-05-28', false],
  ['Next review: 2026-05-27', '2026-06-01', true],
])('on %j of %s is overdue: %s', async (line, today, expected) => {
  expect((await reviewed(line, today)).map(({ code }) => code)).toEqual(
    expected ? ['plan/review-overdue'] : [],
  );
});

test('says nothing of days where nobody tells the time', async () => {
  expect(
    await findings(
      {
        '/w/tasks.md': `${table('a | Open | ', 'b | Done | ')}\nLast updated: 2001-01-01 | Review: Weekly\n`,
      },
      'review-overdue',
    ),
  ).toEqual([]);
});

const tallies = (total: string, ...rows: readonly string[]): string =>
  `# Roadmap\n## Progress\n| Phase | Tasks | Done | Progress |\n|--|--|--|--|\n${rows.map((row) => `| ${row} |\n`).join('')}| **Total** | 100 | 19 | ${total} |\n`;

test.each([
  ['a total by what its table counts', tallies('19%', 'Load | 19 | 19 | 100%', 'Model | 81 | 0 | 0%'), []],
  [
    'a total that is not what its table counts',
    tallies('25%', 'Load | 19 | 19 | 100%', 'Model | 81 | 0 | 0%'),
    ["/w/roadmap.md '25%' warning: the table averages 19 %, not 25 %; correct the total or the table"],
  ],
  ['counts that do not tell', tallies('60%', 'Load | 19 | 19 | 80%', 'Model | 81 | 0 | 10%'), []],
  [
    'a share of more than all',
    tallies('60%', 'Load | 19 | 40 | 210%', 'Model | 81 | 0 | 0%', 'Rest | 8 | 4 | 50%'),
    [],
  ],
])('holds a total against its table: %s', async (_, text, expected) => {
  expect(await findings({ '/w/roadmap.md': text }, 'overall-contradicts-table')).toEqual(expected);
});

test('asks for no priority of what is done', async () => {
  const rows = ['a | P0 | Open', 'b | P1 | Open', 'c | P1 | Open', 'd | ✅ COMPLETED | Done'];
  const text = (row: string): string =>
    `# Tasks\n| Task | Priority | Status |\n|--|--|--|\n${[...rows, row].map((each) => `| ${each} |\n`).join('')}`;
  expect(await findings({ '/w/tasks.md': text('e | P2 | Open') }, 'unknown-priority')).toEqual([]);
  expect(await findings({ '/w/tasks.md': text('e | COMPLETED | Open') }, 'unknown-priority')).toHaveLength(1);
});

test.each([
  ['68 %', '68'],
  ['68,5%', '68,5'],
  ['**68.0%**', '68.0'],
])('offers to write what the table comes to in place of %s', async (written, replaced) => {
  const text = `# Plan\n\nOverall readiness: ${written}\n\n| Area | Completion |\n|--|--|\n| a | 95% |\n| b | 60.6% |\n`;
  const { platform } = await openFixture([plan], { '/w/plan.md': text });
  const [found] = platform
    .findings('/w/plan.md')
    .filter(({ code }) => code === 'plan/overall-contradicts-table');
  const [edit] = found!.fixes![0]!.edits;
  expect(text.slice(edit!.span.start, edit!.span.end)).toBe(replaced);
  expect(edit!.newText).toBe({ '68': '78', '68,5': '77,8', '68.0': '77.8' }[replaced]);
});
