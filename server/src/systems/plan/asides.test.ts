import { expect, test } from 'vitest';
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
