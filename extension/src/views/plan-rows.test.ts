import { expect, test } from 'vitest';
import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { nextOpenTask } from './next-task.ts';
import { planRows, planSummary, type PlanShown } from './plan-rows.ts';
import { filterMessage, taskFilter, usableFilters, type PlanSelection } from './plan-filter.ts';
import type { PlanEvidence } from './plan-row-data.ts';
import type { Row } from './row.ts';
import { below, flatten, outline } from './test-support/rows.ts';

const uri = 'file:///w/docs/the%20plan.md';

function item(
  title: string,
  line: number,
  status: PlanStatus,
  more: Partial<PlanItemAnswer> = {},
): PlanItemAnswer {
  return {
    id: title,
    title,
    group: 'Load',
    status,
    statusText: '',
    dependencies: [],
    line,
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
    ...more,
  };
}

const plan: PlanAnswer = {
  version: null,
  uri,
  title: 'Plan',
  groups: ['Load', 'Serve'],
  items: [
    item('sources', 3, 'done', { priority: 'P0', effort: 'High' }),
    item('secrets', 4, 'blocked', {
      priority: 'P1',
      dependencies: ['a vault (any)', 'time'],
      statusText: '⛔ Blocked',
    }),
    item('dashboards', 9, 'planned', { group: 'Serve', priority: 'P0' }),
    item('polish', 10, 'planned', { group: 'Serve' }),
  ],
  readiness: [
    { category: 'Security', claimed: 60, status: 'in-progress', statusText: '', next: 'keys', line: 20 },
  ],
  criteria: [
    { text: 'loads daily', done: true, line: 30 },
    { text: 'is watched', done: false, line: 31 },
  ],
  blockers: [{ text: 'no access', line: 40 }],
  risks: [{ text: 'late data', impact: 'High', probability: 'Low', mitigation: 'alerts', line: 50 }],
  updated: undefined,
  claimedOverall: 78,
};

test('the groups of a plan of very many tasks are closed at first', () => {
  const ofMany = (count: number): readonly (boolean | undefined)[] => {
    const items = Array.from({ length: count }, (_, at) => item(`task ${at}`, at, 'planned'));
    return planRows([{ ...plan, items }], { grouping: 'section' })
      .filter(({ context }) => context === 'planGroup')
      .map(({ expanded }) => expanded);
  };
  expect(ofMany(500)).toEqual([true]);
  expect(ofMany(501)).toEqual([false]);
});

test('the rows of a group are made when somebody looks into it', () => {
  const asked: string[] = [];
  const evidence: PlanEvidence = {
    of: (_, id) => {
      asked.push(id);
      return undefined;
    },
  };
  const [load] = planRows([plan], { grouping: 'section', evidence });
  expect(asked).toEqual([]);
  expect(below(load)).toBe(below(load));
  expect(asked).toEqual(plan.items.filter(({ group }) => group === 'Load').map(({ id }) => id));
});

test('shows sections with their progress, then what else the document says', () => {
  expect(outline(planRows([plan], { grouping: 'section' }))).toEqual([
    'Load | 1 of 2 done · 1 blocked',
    '  sources | P0 · High',
    '  secrets | P1',
    'Serve | 0 of 2 done',
    '  dashboards | P0',
    '  polish',
    'Readiness | 78 % claimed',
    '  Security | 60 % claimed · next: keys',
    'Criteria | 1 of 2 met',
    '  loads daily',
    '  is watched',
    'Blockers | 1',
    '  no access',
    'Risks | 1',
    '  late data | Impact High · Probability Low',
  ]);
});

test('groups by priority with what has none last, and by status with what is going on first', () => {
  const groups = (rows: readonly Row[]): readonly string[] => rows.slice(0, 3).map((row) => row.label);
  expect(groups(planRows([plan], { grouping: 'priority' }))).toEqual(['P0', 'P1', 'No Priority']);
  expect(groups(planRows([plan], { grouping: 'status' }))).toEqual(['Blocked', 'Planned', 'Done']);
});

test('gives each document a root where there are several', () => {
  const rows = planRows([plan, { ...plan, uri: 'file:///w/b.md', title: '' }], { grouping: 'section' });
  expect(rows.map((row) => row.label)).toEqual(['Plan', 'b.md']);
  expect(planRows([], { grouping: 'section' })).toEqual([]);
});

test('a task tells its state by icon and in words, and opens its line', () => {
  const [load] = planRows([plan], { grouping: 'section' });
  const [, secrets] = below(load);
  expect(secrets).toMatchObject({
    icon: { id: 'error' },
    spoken: 'secrets, Blocked, P1',
    open: { kind: 'file', uri, line: 4 },
    context: 'planItem',
  });
  expect(secrets?.tooltip).toContain('- Depends on: a vault \\(any\\); time');
  expect(secrets?.tooltip).toContain('[the plan\\.md, line 5](file:///w/docs/the%20plan.md#L5)');
});

test('rows keep their ids when only the status changed, and differ everywhere', () => {
  const ids = (rows: readonly Row[]): readonly string[] => flatten(rows).map(({ id }) => id);
  const before = ids(planRows([plan], { grouping: 'section' }));
  const after = ids(
    planRows([{ ...plan, items: plan.items.map((each) => ({ ...each, status: 'done' as const })) }], {
      grouping: 'section',
    }),
  );
  expect(after).toEqual(before);
  expect(new Set(before).size).toBe(before.length);
});

test('sums up all documents in one line', () => {
  expect(planSummary([plan], 'section')).toBe('1 of 4 done · 1 blocked · by section');
  expect(planSummary([], 'section')).toBe('');
});

test('the next open task is the one below the cursor, and the first again after the last', () => {
  const after = (line: number): string | undefined => nextOpenTask([plan], { uri, line })?.item.title;
  expect([after(0), after(4), after(9), after(10)]).toEqual(['secrets', 'dashboards', 'polish', 'secrets']);
});

test('away from a planning document the next open task is the most urgent one', () => {
  expect(nextOpenTask([plan])?.item.title).toBe('dashboards');
  expect(nextOpenTask([plan], { uri: 'file:///w/x.sql', line: 3 })?.item.title).toBe('dashboards');
  const going = { ...plan, items: [...plan.items, item('going', 99, 'in-progress', { priority: 'P0' })] };
  expect(nextOpenTask([going])?.item.title).toBe('going');
  const later = { ...plan, items: [...plan.items, item('later', 99, 'in-progress', { priority: 'P1' })] };
  expect(nextOpenTask([later])?.item.title).toBe('dashboards');
});

test('of tasks that are in an order the first one is next', () => {
  const items = plan.items.map((each) => (each.id === 'polish' ? { ...each, next: [0] } : each));
  expect(nextOpenTask([{ ...plan, items }])?.item.title).toBe('polish');
});

test('nothing is next when everything is done or left out', () => {
  expect(nextOpenTask([{ ...plan, items: [item('a', 1, 'done'), item('b', 2, 'skipped')] }])).toBeUndefined();
});

const everything: PlanSelection = { filter: 'all', search: '', owner: '' };
const failing: PlanEvidence = {
  of: (_uri, id) =>
    id === 'sources'
      ? {
          standing: 'ticked-but-failing',
          state: 'failed',
          checks: [
            {
              id: 'x',
              title: 'the exports are there',
              kind: 'file',
              cost: 'instant',
              weight: 1,
              state: 'failed',
              expected: '1 file',
              seen: 'none',
              next: 'load them',
              items: ['sources'],
              systems: [],
              categories: [],
            },
          ],
        }
      : undefined,
};
const standing: PlanAnswer = {
  ...plan,
  items: plan.items.map((each) =>
    each.id === 'dashboards'
      ? { ...each, owner: 'Ann, Bo', ready: true }
      : each.id === 'polish'
        ? {
            ...each,
            blockedBy: [{ id: 'dashboards', title: 'dashboards', uri }],
          }
        : each,
  ),
};

const filtered: readonly (readonly [Partial<PlanSelection>, readonly string[]])[] = [
  [{ filter: 'open' }, ['secrets', 'dashboards', 'polish']],
  [{ filter: 'blocked' }, ['secrets', 'polish']],
  [{ filter: 'ready' }, ['dashboards']],
  [{ filter: 'p0' }, ['dashboards']],
  [{ filter: 'failing' }, ['sources']],
  [{ filter: 'mine', owner: 'Bo' }, ['dashboards']],
  [{ search: 'serve  POL' }, ['polish']],
  [{ filter: 'open', search: 'p1' }, ['secrets']],
  [{ search: 'nothing like it' }, []],
];

for (const [selection, titles] of filtered) {
  test(`shows of ${JSON.stringify(selection)} only ${titles.join(', ') || 'nothing'}`, () => {
    const filter = taskFilter({ ...everything, ...selection }, failing)!;
    const rows = planRows([standing], { grouping: 'section', filter, evidence: failing });
    expect(rows.flatMap((group) => below(group).map(({ label }) => label))).toEqual(titles);
  });
}

test('shows all without a filter, and offers only those that mean anything', () => {
  expect(taskFilter(everything, failing)).toBeUndefined();
  expect(usableFilters([plan], false)).toEqual(['all', 'open', 'blocked', 'ready', 'p0']);
  expect(usableFilters([standing], true)).toEqual(expect.arrayContaining(['mine', 'failing']));
});

test('a row says by when an open task is due, and when that is over', () => {
  const due = (when: string): string | undefined => {
    const items = plan.items.map((each) => ({ ...each, due: when }));
    const rows = planRows([{ ...plan, items }], { grouping: 'section' }).flatMap((group) => below(group));
    return rows.map(({ label, description }) => `${label}: ${description}`).join('\n');
  };
  expect(due('2999-01-01')).toMatch(/^secrets: .*due 2999-01-01$/m);
  expect(due('January 2026')).toMatch(/^secrets: .*overdue since January 2026$/m);
  expect(due('next week')).toMatch(/^secrets: .*due next week$/m);
  expect(due('2026-01-01')).toMatch(/^sources: (?!.*due)/m);
});

test('a check tells in its tooltip what was expected, seen and waived, names as code', () => {
  const state = 'waived';
  const evidence: PlanEvidence = {
    of: (...task) => {
      const shown = failing.of(...task);
      const waiver = {
        check: 'x',
        reason: 'moved',
        by: 'Ann',
        until: '2026-12-24',
        uri,
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } },
      };
      const told = { expected: 'a file at `data/*.csv`', where: 'data', whereUri: 'file:///w/data', waiver };
      return shown && { ...shown, checks: shown.checks.map((each) => ({ ...each, ...told, state })) };
    },
  };
  const [exports] = below(below(planRows([standing], { grouping: 'section', evidence })[0])[0]);
  expect(exports).toMatchObject({ context: 'planCheckWaived', description: 'waived · none' });
  expect(exports?.tooltip).toBe(
    [
      '**the exports are there**\n',
      '- State: waived',
      '- Expected: a file at `data/*.csv`',
      '- Seen: none',
      '- Where: [data](file:///w/data)',
      '- Waived: [moved](file:///w/docs/the%20plan.md#L3) by Ann until 2026-12-24',
    ].join('\n'),
  );
});

test('a check leads to what asks for it, also where a folder lacks the file; one that nobody wrote to what was seen', () => {
  const opened = (told: object): unknown => {
    const evidence: PlanEvidence = {
      of: (...task) => {
        const shown = failing.of(...task);
        return shown && { ...shown, checks: shown.checks.map((each) => ({ ...each, ...told })) };
      },
    };
    return below(below(planRows([standing], { grouping: 'section', evidence })[0])[0])[0]?.open;
  };
  const written = 'file:///w/penstock.yaml';
  const range = { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } };
  const whereUri = 'file:///w/data';
  expect(opened({ uri: written, range, whereUri })).toEqual({ kind: 'file', uri: written, line: 4 });
  expect(opened({ whereUri })).toEqual({ kind: 'file', uri: whereUri });
  expect(opened({})).toBeUndefined();
});

test('a task that names a step, or is proved by its runs, can be run from its row', () => {
  const steps = ['dbt:build', 'pipeline:daily'].map((id) => ({ id, folderUri: 'file:///w', detail: '' }));
  const items = [
    item('run dbt:build nightly', 3, 'planned'),
    item('run dbt:build/orders', 4, 'planned'),
    item('sources', 5, 'done'),
  ];
  const evidence: PlanEvidence = {
    of: (...task) => {
      const shown = failing.of(...task);
      const ran = { kind: 'ran', expected: 'the last run of `pipeline:daily` succeeded' } as const;
      return shown && { ...shown, checks: shown.checks.map((each) => ({ ...each, ...ran })) };
    },
  };
  const contexts = (shown: Partial<PlanShown>) =>
    below(planRows([{ ...plan, items }], { grouping: 'section', ...shown })[0]).map(({ context }) => context);
  expect(contexts({ steps, evidence })).toEqual(['planItemRunnable', 'planItem', 'planItemCheckedRunnable']);
  expect(contexts({ evidence })).toEqual(['planItem', 'planItem', 'planItemChecked']);
});

test('says how many tasks are shown, and which', () => {
  const said = (selection: Partial<PlanSelection>): string =>
    filterMessage([standing], { ...everything, ...selection }, failing);
  expect(said({})).toBe('');
  expect(said({ filter: 'open' })).toBe('3 of 4 tasks: Open');
  expect(said({ filter: 'mine', owner: 'Bo', search: ' dash ' })).toBe('1 of 4 tasks: Mine (Bo) · "dash"');
  expect(said({ search: 'nothing like it' })).toBe('None of 4 tasks: "nothing like it"');
});

test('a group counts all its tasks, also those that a filter hides', () => {
  const filter = taskFilter({ ...everything, filter: 'open' }, failing)!;
  const [load] = planRows([plan], { grouping: 'section', filter });
  expect(load?.description).toBe('1 of 2 done · 1 blocked');
});

test('a task shows what it waits for, and what checks show of it beside what is claimed', () => {
  expect(outline(planRows([standing], { grouping: 'section', evidence: failing })).slice(0, 8)).toEqual([
    'Load | 1 of 2 done · 1 blocked',
    '  sources | ticked but failing · P0 · High',
    '    the exports are there | failed · none',
    '  secrets | P1',
    'Serve | 0 of 2 done',
    '  dashboards | P0 · Ann, Bo · ready',
    '  polish | waits for dashboards',
    '    dashboards | is open',
  ]);
  const [sources] = below(planRows([standing], { grouping: 'section', evidence: failing })[0]);
  expect(sources?.mark).toMatchObject({ letter: '!', text: 'ticked but failing' });
  expect(sources?.tooltip).toContain(
    '- Evidence: ticked but failing; 0 of 1 check passed\n- Next: load them',
  );
});
