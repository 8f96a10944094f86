import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { withEdits } from '../../core/plan-edit.ts';
import { complete } from '../../language/complete.ts';
import { define } from '../../language/define.ts';
import { hover } from '../../language/hover.ts';
import { rename } from '../../language/rename.ts';
import { systems } from '../index.ts';
import { openPlan } from './fixtures/open-plan.ts';

const path = '/w/todo.md';
const todo = `# To do

- [ ] Load orders (@bo, due 2026-11-01)
- [x] Build **marts** @ann
- [ ] Publish (@ann, depends on: Load orders, Build marts; due 2026-12-01)
- [ ] Mail – depends on Publish
`;
const ideas = '# Ideas\n\n- [ ] Show it (after: Load orders)\n';

test('what a task waits for is told by titles alone', () => {
  const { plan } = openPlan(todo, path).model;
  expect(plan.items.map(({ id, title, dependencies }) => [id, title, dependencies])).toEqual([
    ['to-do/load-orders', 'Load orders', []],
    ['to-do/build-marts', 'Build marts', []],
    ['to-do/publish', 'Publish', ['Load orders', 'Build marts']],
    ['to-do/mail', 'Mail', ['Publish']],
  ]);
});

test('each dependency is told where it is written, or its line from there where marks hide it', () => {
  const text = '# Tasks\n- [ ] Depends on Kafka (depends on: **Load** it, Kafka) (after: Kafka)\n';
  const { model, source } = openPlan(text);
  expect(model.plan.items[0]!.dependencySpans!.map((span) => source.slice(span))).toEqual([
    ': **Load** it, Kafka) (after: Kafka)',
    'Kafka',
    'Kafka',
  ]);
});

test('what lies in an entry is called without what stands beside its title', () => {
  const text = '# Tasks\n- [ ] Load (@ann)\n  - [ ] part\n- [ ] P1: Show\n  - [ ] part\n';
  expect(openPlan(text).model.plan.items.map(({ id }) => id)).toEqual([
    'tasks/load',
    'tasks/load-part',
    'tasks/show',
    'tasks/p1-show-part',
  ]);
});

const findings = async (text: string): Promise<readonly string[]> => {
  const { platform } = await openFixture(systems, { [path]: text });
  return platform.findings(path).map(({ code }) => code);
};

test('what is done may be done again', async () => {
  const rotate = '- [x] Rotate the keys ✅ 2026-10-01\n- [x] Rotate the keys ✅ 2026-11-01\n';
  expect(await findings(`# To do\n${rotate}`)).toEqual([]);
});

test('what lies in an entry that is no task is a part of none', () => {
  const text = '# To do\n\n- [x] Load\n- Models:\n  - [x] Orders\n';
  const { items } = openPlan(text).model.plan;
  expect(items.map(({ title, parent }) => [title, parent])).toEqual([
    ['Load', undefined],
    ['Orders', undefined],
  ]);
});

test('a task may be waited for by the name that a sign gives it', async () => {
  const text = '# To do\n- [ ] Load 🆔 ab12\n- [ ] Publish ⛔ ab12,cd34 📅 2026-11-02\n';
  const { items } = openPlan(text).model.plan;
  expect(items.map(({ title, dependencies }) => [title, ...dependencies])).toEqual([
    ['Load'],
    ['Publish', 'ab12', 'cd34'],
  ]);
  expect(items[1]!.dependencySpans!.map(({ start, end }) => text.slice(start, end))).toEqual([
    'ab12',
    'cd34',
  ]);
  expect(await findings(`${text}- [ ] Show 🆔 cd34 ⛔ ef56\n- [ ] Mail 🆔 ef56 ⛔ cd34\n`)).toEqual([
    'plan/dependency-cycle',
  ]);
});

test('two people may each have a task of one title', async () => {
  expect(await findings('# To do\n- [ ] Review (@ann)\n- [ ] Review (@bo)\n')).toEqual([]);
  expect(await findings('# To do\n- [ ] Review (@ann)\n- [ ] Review (@ann, due 2026-11-01)\n')).toEqual([
    'plan/duplicate-item',
  ]);
});

test('the same task of two documents is told by its title alone', async () => {
  const { platform } = await openFixture(systems, {
    [path]: todo,
    '/w/roadmap.md': '# Roadmap\n\n- [ ] Load orders for all (@cy) – after: Staging\n',
    '/w/completed.md': '# Completed\n\n- [x] Load orders for all @bo\n',
  });
  expect(platform.findings('/w/roadmap.md').map(({ code, message }) => [code, message])).toEqual([
    ['plan/contradicting-items', expect.stringContaining('`Load orders for all`')],
  ]);
});

test('a hover says what it is about, and definition leads there', async () => {
  const { platform } = await openFixture(systems, { [path]: todo });
  expect(hover(platform, path, todo.indexOf('Publish'))?.markdown).toBe(
    [
      '**Publish**',
      'planned · @ann · due 2026-12-01',
      'Blocked by `Load orders`',
      'Depends on',
      '- Load orders: `Load orders` (planned)\n- Build marts: `Build marts` (done)',
      'Waited for by `Mail`',
    ].join('\n\n'),
  );
  const found = define(platform, path, todo.indexOf('Load orders, ') + 3);
  expect(found?.targets.map(({ span }) => todo.slice(span.start, span.end))).toEqual([
    'Load orders (@bo, due 2026-11-01)',
  ]);
});

test('a rename changes the title and what names it, and nothing beside them', async () => {
  const texts = { [path]: todo, '/w/ideas.md': ideas };
  const { platform } = await openFixture(systems, texts);
  for (const at of [todo.indexOf('Load orders (') + 2, todo.indexOf('Load orders, ') + 2]) {
    const found = rename(platform, path, at, 'Fetch sales');
    const edits = found && 'edits' in found ? found.edits : [];
    expect(
      withEdits(
        todo,
        edits.filter((edit) => edit.path === path),
      ),
    ).toBe(todo.replaceAll('Load orders', 'Fetch sales'));
    expect(
      withEdits(
        ideas,
        edits.filter((edit) => edit.path !== path),
      ),
    ).toBe(ideas.replaceAll('Load orders', 'Fetch sales'));
  }
});

test.each([
  ['Mail (depends on: <|>)', ['Load orders', 'Build marts', 'Publish', 'Mail it']],
  ['Mail (@ann, blocked by <|>', ['Load orders', 'Build marts', 'Publish', 'Mail it']],
  ['Mail – depends on Load orders, pub<|>', ['Publish']],
  ['Mail (depends on: lo<|>; due 2026-11-01)', ['Load orders']],
  ['Mail (depends on: Load orders) <|>', []],
  ['Mail that depends on <|>', []],
  ['Mail\n  - Owner: Ann\n  - **Depends on**: pub<|>', ['Publish']],
  [
    'Mail\n  - Depends on: Load orders, <|>\n- [ ] Rest',
    ['Load orders', 'Build marts', 'Publish', 'Mail it', 'Rest'],
  ],
  ['Mail\n- Depends on: <|>', []],
])('completion offers the other tasks where they are written: %s', async (entry, labels) => {
  const text = `${todo.replace('Mail –', 'Mail it –')}- [ ] ${entry}\n`;
  const { platform } = await openFixture(systems, { [path]: text.replace('<|>', '') });
  const { items } = complete(platform, path, text.indexOf('<|>'));
  expect(items.map(({ label }) => label)).toEqual(labels);
});
