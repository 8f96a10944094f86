import { noSurroundings } from '../../core/artifact.ts';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { FactIndex } from '../../core/fact-index.ts';
import { garbledPlan } from './fixtures/garbled-plan.ts';
import { openPlan } from './fixtures/open-plan.ts';
import { plan } from './index.ts';

async function findings(text: string): Promise<readonly string[]> {
  const { platform } = await openFixture([plan], { '/w/tasks.md': text });
  return platform.findings('/w/tasks.md').map(({ code, severity, message, span }) => {
    return `${severity} ${code} '${platform.source('/w/tasks.md')!.slice(span)}': ${message}`;
  });
}

test('reports a status that nobody can tell, and no empty one', async () => {
  expect(
    await findings('# Tasks\n| Task | Status |\n|--|--|\n| a | **Frobbed** |\n| b | |\n| c | Done |\n'),
  ).toEqual([
    "information plan/unknown-status '**Frobbed**': `Frobbed` is no status that can be told, so the task counts as neither open nor done; write planned, in progress, done, blocked or skipped",
  ]);
});

test('reports a box whose mark no legend explains', async () => {
  const list = '- [ ] a\n- [>] b\n';
  expect(await findings(`# Tasks\n${list}`)).toEqual([
    "information plan/unknown-status '>': `[>]` is no status that can be told, so the task counts as neither open nor done; say in a legend what it means (`Legend: [>] in progress`), or tick the box or empty it",
  ]);
  expect(await findings(`# Tasks\nLegend: [>] in progress\n\n${list}`)).toEqual([]);
});

test('reports a total that its table does not bear out', async () => {
  expect(await findings(garbledPlan)).toEqual([
    "warning plan/missing-reference 'docs/search-assistant.md': there is no file `docs/search-assistant.md`; correct the path or write the document",
    "warning plan/overall-contradicts-table '68%': the table averages 78.3 %, not 68 %; correct the total or the table",
  ]);
});

test('accepts a total that is rounded, and one beside two tables', async () => {
  const table = '| Area | Completion |\n|--|--|\n| a | 80% |\n| b | 61% |\n';
  expect(await findings(`# Task readiness\nOverall readiness: 70 %\n\n${table}`)).toEqual([]);
  expect(
    await findings(
      `# Task readiness\nOverall readiness: 30 %\n\n${table}\n## Readiness of the rest\n${table}`,
    ),
  ).toEqual([]);
});

test('reports a task that stands twice in one group, and points at the first', async () => {
  const text =
    '# Tasks\n## A\n| Task | Status |\n|--|--|\n| Load it | Done |\n| load it | Open |\n## B\n| Task | Status |\n|--|--|\n| Load it | Open |\n';
  expect(await findings(text)).toEqual([
    "warning plan/duplicate-item 'load it': task `load it` stands twice in `A`; remove one or tell them apart",
  ]);
  const { platform } = await openFixture([plan], { '/w/tasks.md': text });
  const [related] = platform.findings('/w/tasks.md')[0]!.related!;
  expect(related!.span.start).toBe(text.indexOf('Load it'));
});

test('takes tasks of one name under different labels for different tasks', async () => {
  const list = '- [ ] Load\n- [ ] Document it\n';
  expect(await findings(`# Tasks\n**Orders**\n\n${list}\n**Returns**\n\n- [ ] Document it\n`)).toEqual([]);
});

test('takes parts of one name under different entries of a check list for different tasks', async () => {
  expect(await findings('# Tasks\n- [ ] Orders\n  - [ ] Test\n- [ ] Returns\n  - [ ] Test\n')).toEqual([]);
});

test.each([
  ['of a heading what the lines below it say', '**Status**: Planned', '**Status**: Done'],
  ['of a document what it holds', '# Ideas', '# Roadmap'],
  ['where an item stands', '# Ideas', '# Ideas\n\nMore of them.'],
])('says %s after an edit as after a fresh reading', async (_, was, is) => {
  const path = '/w/docs/work.md';
  const before =
    '# Ideas\n\n### Task 1: Load `dbt:model/orders`\n**Status**: Planned\n**Priority**: P1\n\n## More\n| Task | Status |\n|--|--|\n| Load `dbt:model/items` | Done |\n';
  const after = before.replace(was, is);
  const { platform, files } = await openFixture([plan], { [path]: before });
  platform.update([path]);
  files.texts.set(path, after);
  platform.update([path]);
  const { platform: fresh } = await openFixture([plan], { [path]: after });
  expect(fresh.facts.of(path)).not.toEqual([]);
  expect(platform.facts.of(path)).toEqual(fresh.facts.of(path));
});

test('defines every item as a name', async () => {
  const { platform } = await openFixture([plan], { '/w/tasks.md': garbledPlan });
  const [definition] = platform.facts.definitions({
    namespace: 'plan.item',
    scope: '/w',
    name: 'dashboards/self-service-charts',
  });
  expect(definition).toMatchObject({
    what: 'task',
    data: {
      title: 'Self-service charts',
      group: 'Dashboards',
      status: 'planned',
      priority: 'P2',
      effort: 'Low',
    },
  });
  const names = [...platform.facts.all('plan.item')];
  expect(names.filter(({ what }) => what === 'task')).toHaveLength(26);
  expect(names.filter(({ what }) => what === 'criterion')).toHaveLength(5);
});

test('outlines sections and their items', () => {
  const symbols = plan.symbols!(openPlan(garbledPlan));
  expect(symbols.map(({ name, detail, children }) => [name, detail, children.length])).toEqual([
    ['Warehouse Search Assistant (NEW)', '0 of 6 done', 6],
    ['Sources & Loading', '0 of 4 done', 4],
    ['Tests & Quality', '0 of 4 done', 4],
    ['Dashboards', '0 of 4 done', 4],
    ['Servers & Operation', '0 of 4 done', 4],
    ['Debts & Repairs', '0 of 4 done', 4],
  ]);
  expect(symbols[1]!.children[0]).toMatchObject({
    name: 'Connect the live shop database',
    detail: 'P0 · in progress',
  });
  for (const { span, selection, children } of symbols) {
    expect(span.start <= selection.start && selection.end <= span.end).toBe(true);
    for (const child of children)
      expect(span.start <= child.span.start && child.span.end <= span.end).toBe(true);
  }
});

test('says on hover where an item stands', () => {
  const file = openPlan(
    '# Tasks\n| Task | Priority | Status | Effort | Depends on |\n|--|--|--|--|--|\n| Load `a_b` | P0 | wip | High | Redis, Kafka |\n',
  );
  const { offset } = { offset: file.source.text.indexOf('wip') };
  expect(plan.hover!(file, offset, new FactIndex())?.markdown).toBe(
    '**Load a\\_b**\n\nP0 · in progress · effort High',
  );
  expect(plan.hover!(file, 3, new FactIndex())).toBeUndefined();
});

/** Suggested labels at `<|>`. */
function suggest(text: string): readonly string[] {
  const offset = text.indexOf('<|>');
  const file = openPlan(text.replace('<|>', ''));
  return plan.complete!(file, offset, new FactIndex(), noSurroundings).map(({ label }) => label);
}

test('completes statuses in the words of the document, then others in its style', () => {
  const text =
    '# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| a | P0 | Todo |\n| b | P5 | <|> |\n| c | P1 | Finished |\n';
  expect(suggest(text)).toEqual(['Todo', 'In Progress', 'Finished', 'Blocked', 'Skipped']);
});

test('completes a status at the end of a row being typed', () => {
  expect(suggest('# Tasks\n| Task | Status |\n|--|--|\n| a | ✅ Done |\n| b | <|>')).toEqual([
    '📋 Planned',
    '🚧 In Progress',
    '✅ Done',
    '⛔ Blocked',
    '⏭️ Skipped',
  ]);
});

test('completes priorities', () => {
  expect(
    suggest('# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| a | P5 | Todo |\n| b | <|> | Todo |\n'),
  ).toEqual(['P0', 'P1', 'P2', 'P3', 'P5']);
  expect(
    suggest('# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| a | High | Todo |\n| b | L<|> | Todo |\n'),
  ).toEqual(['High', 'L']);
  expect(suggest('# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| a<|> | High | Todo |\n')).toEqual([]);
});

test('shows the emoji of a garbled document and writes its spelling', () => {
  const at = garbledPlan.indexOf('ğŸ“‹ Planned') + 2;
  const [first, second] = plan.complete!(openPlan(garbledPlan), at, new FactIndex(), noSurroundings);
  expect([first!.label, first!.insertText]).toEqual(['📋 Planned', 'ğŸ“‹ Planned']);
  expect([second!.label, second!.insertText]).toEqual(['🚧 In Progress', 'ğŸš§ In Progress']);
});

test('says on hover whose an item is and until when', () => {
  const file = openPlan(
    '# Tasks\n| Task | Status | Owner | Due |\n|--|--|--|--|\n| Load | Open | Ada | 2026-12-01 |\n',
  );
  expect(plan.hover!(file, file.source.text.indexOf('Load'), new FactIndex())?.markdown).toBe(
    '**Load**\n\nplanned · Ada · due 2026-12-01',
  );
});
