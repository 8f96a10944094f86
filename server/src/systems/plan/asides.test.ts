import { describe, expect, test } from 'vitest';
import type { AsidePlace } from './aside-facts.ts';
import { asidesOf } from './asides.ts';

/** What is said beside a title, and the title where it is another than the text. */
function read(text: string): object {
  const { title, owner, due, priority, dependencies } = asidesOf(text);
  const said = {
    ...(title === text ? {} : { title }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    owner,
    due,
    priority,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

const title = 'Load the orders';

test('whose an entry is and by when it is due stands at its end, and is no part of its title', () => {
  expect(read('Load the orders @ann')).toEqual({ title, owner: '@ann' });
  expect(read('Load the orders (@ann, due 2026-11-01) — P0')).toEqual({
    title,
    owner: '@ann',
    due: '2026-11-01',
    priority: 'P0',
  });
  expect(read('Load the orders 📅 2026-11-01')).toEqual({ title, due: '2026-11-01' });
  expect(read('Load the orders [Due: 2026-11-01].')).toEqual({ title, due: '2026-11-01' });
  expect(read('Load the orders - @ann-b, @bo')).toEqual({ title, owner: '@ann-b, @bo' });
  expect(read('Load the orders: @ann')).toEqual({ title, owner: '@ann' });
});

test('or at its beginning', () => {
  expect(read('@ann: load the orders')).toEqual({ title: 'load the orders', owner: '@ann' });
  expect(read('P1: @ann, @bo: load the orders')).toEqual({
    title: 'load the orders',
    owner: '@ann, @bo',
    priority: 'P1',
  });
});

test('a priority may stand among them, but there is one', () => {
  expect(read('Load the orders (@ann, P1, due 2026-11-01)')).toEqual({
    title,
    owner: '@ann',
    due: '2026-11-01',
    priority: 'P1',
  });
  expect(read('Load the orders (P1) (@ann)')).toEqual({ title, owner: '@ann', priority: 'P1' });
  expect(read('P0: Load the orders (@ann, P1)')).toEqual({
    title: 'Load the orders (@ann, P1)',
    owner: '@ann',
    priority: 'P0',
  });
});

test.each([
  ['Publish (depends on: Load orders, Staging)', ['Load orders', 'Staging']],
  ['Publish (depends on Load orders)', ['Load orders']],
  ['Publish [blocked by: Load orders]', ['Load orders']],
  ['Publish (waits for Load orders)', ['Load orders']],
  ['Publish (waiting for Load orders).', ['Load orders']],
  ['Publish (Waiting on Load orders)', ['Load orders']],
  ['Publish (dependencies: Load orders; Staging)', ['Load orders', 'Staging']],
  ['Publish (after: Load orders)', ['Load orders']],
  ['Publish (needs: Services (Redis, Kafka), Staging)', ['Services (Redis, Kafka)', 'Staging']],
  ['Publish (requires: Load orders)', ['Load orders']],
  ['Publish – depends on Load orders', ['Load orders']],
  ['Publish - blocked by: Load – daily', ['Load – daily']],
  ['Publish — needs: Services (Redis, Kafka)', ['Services (Redis, Kafka)']],
  ['Publish (after: Load orders) (needs: Staging)', ['Load orders', 'Staging']],
])('what a task waits for is no part of its title: %s', (text, dependencies) => {
  expect(read(text)).toEqual({ title: 'Publish', dependencies });
});

test.each([
  'Publish (@ann, depends on: Load orders; due 2026-11-01)',
  'Publish (depends on: Load orders, due 2026-11-01, @ann)',
  'Publish – depends on Load orders (@ann, due 2026-11-01)',
  'Publish (@ann) – depends on: Load orders, due 2026-11-01',
  'Publish – depends on Load orders @ann 📅 2026-11-01',
])('also among others: %s', (text) => {
  expect(read(text)).toEqual({
    title: 'Publish',
    dependencies: ['Load orders'],
    owner: '@ann',
    due: '2026-11-01',
  });
});

test('where it waits for nothing, that is said beside the title, too', () => {
  expect(read('Publish (depends on: none)')).toEqual({ title: 'Publish' });
});

test('what is no aside, or may be none, stays in the title', () => {
  for (const text of [
    'Ask @ann about the orders',
    'Write to ann@shop.example',
    'Update @types/node',
    'Run it with dbt@1.12',
    'Load what came since 2026-11-01',
    'Load all of 2026-11-01',
    '@types/node is old',
    'Load the orders',
    'Test that the app depends on Redis',
    'Publish (after the orders)',
    'Publish (needs review)',
    'Publish (requires Python 3.12)',
    'Publish (dependencies are pinned)',
    'Publish (depends on: )',
    'Publish (waiting for the vendor. They answer in May)',
    'Publish (depends on (one (or (two))))',
    'Publish (depends on Load orders) every day',
  ])
    expect(read(text), text).toEqual({});
});

test('who is named by a sentence may do it, and the sentence stays whole', () => {
  for (const text of ['Go through it with @ann', 'Ask @ann', 'Load (see @ann)', '@ann loads the orders'])
    expect(read(text), text).toEqual({ owner: '@ann' });
});

test('where nothing would be left of the title, the text stays as it is', () => {
  expect(read('(@ann, due 2026-11-01)')).toEqual({ owner: '@ann', due: '2026-11-01' });
  expect(read('@ann')).toEqual({ owner: '@ann' });
  expect(read('– depends on Load orders')).toEqual({});
});

test('a long entry is looked at once', () => {
  const many = (text: string): string => text.repeat(20_000);
  expect(read(`${many('@a ')}end`)).toEqual({ owner: '@a' });
  expect(read(`x ${many('(@a ')}!`)).toEqual({});
  const started = performance.now();
  for (const text of [
    `x ${many('– depends on ')}`,
    `x (depends on: ${many('(a) ')})`,
    `x ${many('(depends on: a) ')}`,
    `x ${many(', ; ')}@ann`,
    many('@a, '),
    many('@a – P1 '),
    `x${many(')')}`,
  ])
    asidesOf(text);
  expect(performance.now() - started).toBeLessThan(1_000);
});

describe('who did it and when', () => {
  const said = (text: string, place?: AsidePlace): readonly unknown[] => {
    const { title, owner, finished, day, status } = asidesOf(text, place);
    return [title, owner, finished ?? day, status];
  };

  test.each([
    ['Load (done 2026-11-03 by @ann)', '@ann', '2026-11-03', 'done 2026-11-03'],
    ['Load (by @ann on 2026-11-03)', '@ann', '2026-11-03', undefined],
    ['Load (@ann, 2026-11-03)', '@ann', '2026-11-03', undefined],
    ['Load – @ann, 2026-11-03', '@ann', '2026-11-03', undefined],
    ['Load (done, 2026-11-03)', undefined, '2026-11-03', 'done, 2026-11-03'],
    ['Load – completed Nov 3, 2026', undefined, 'Nov 3, 2026', 'completed Nov 3, 2026'],
    ['Load (shipped in May 2026)', undefined, 'May 2026', 'shipped in May 2026'],
    ['Load (closed on 3.11.2026)', undefined, '3.11.2026', 'closed on 3.11.2026'],
    ['Load (completed by Ann Lee on 2026-11-03)', 'Ann Lee', '2026-11-03', 'completed'],
    ['Load ✅ 2026-11-03', undefined, '2026-11-03', '✅ 2026-11-03'],
    ['Load (in progress, @ann)', '@ann', undefined, 'in progress'],
    ['Load (owner: Ann Lee)', 'Ann Lee', undefined, undefined],
  ])('%s', (text, ...rest) => {
    expect(said(text)).toEqual(['Load', ...rest]);
  });

  test.each(['Load (2026-11-03)', 'Load (Nov 3, 2026)', '2026-11-03: Load', '3 Nov 2026 – Load'])(
    'a day alone tells that among what is finished: %s',
    (text) => {
      expect(said(text, { isFinished: true })[0]).toBe('Load');
      expect(said(text)).toEqual([text, undefined, undefined, undefined]);
    },
  );

  test.each([
    'Load (done by Friday)',
    'Load (done)',
    'Load (in progress)',
    'Load (all of 2026-11-03)',
    'Load (planned by Ann Lee)',
    'Load (Berlin, 2026-11-03)',
    'Load what was done 2026-11-03',
    'Load (deployed 2 of 3)',
  ])('what says more stays in the title: %s', (text) => {
    expect(said(text)[0]).toBe(text);
  });
});

describe("signs of Obsidian's tasks", () => {
  test('stand behind a title in any order', () => {
    const text =
      'Load #data 🔁 every week, when done ⏫ 🆔 ab-12 ⛔ cd34, ef56 🛫 2026-10-30 ⏳ 2026-11-01 📅 2026-11-02 #ops ^load-1';
    expect(asidesOf(text, { isBoxed: true })).toMatchObject({
      title: 'Load #data',
      priority: 'High',
      due: '2026-11-02',
      code: 'ab-12',
      dependencies: ['cd34', 'ef56'],
      notes: ['🔁 every week, when done', '🛫 2026-10-30', '⏳ 2026-11-01', '#ops', '^load-1'],
    });
  });

  test('or as fields of Dataview', () => {
    const text = 'Load [due:: 2026-11-01] [priority:: high] [completion:: 2026-11-02] [id:: ab12]';
    expect(asidesOf(text, { isBoxed: true })).toMatchObject({
      title: 'Load',
      priority: 'High',
      due: '2026-11-01',
      finished: '2026-11-02',
      code: 'ab12',
    });
  });

  test('only behind a box, where people mean these by them', () => {
    for (const text of ['Costs 🔽', 'Load ⛔ staging', 'Load ⏳ 2026-11-01'])
      expect(read(text), text).toEqual({});
  });
});
