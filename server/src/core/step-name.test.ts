import { expect, test } from 'vitest';
import { meantReading, nameIn, readingsOf } from './step-name.ts';

test('a text is read as a name first, then with a folder behind each sign, the longest name before', () => {
  const names = readingsOf('x:a@b@c').map(({ name, label }) => [name, label]);
  expect(names).toEqual([
    ['x:a@b@c', undefined],
    ['x:a@b', 'c'],
    ['x:a', 'b@c'],
  ]);
  expect(readingsOf('x:a')).toEqual([{ name: 'x:a' }]);
  expect(readingsOf('@a')).toEqual([{ name: '@a' }]);
});

test('the first whose step is there is meant; where none is, the shortest is missed', () => {
  const meant = (...steps: readonly string[]) => meantReading('x:a@b@c', (name) => steps.includes(name)).name;
  expect(meant('x:a', 'x:a@b')).toBe('x:a@b');
  expect(meant('x:a')).toBe('x:a');
  expect(meant()).toBe('x:a');
});

test.each([
  ['/w/daily', 'x:load', 'x:load'],
  ['/w/daily', 'x:load@daily', 'x:load'],
  ['/w', 'x:load@daily', 'x:load@daily'],
  ['/w', 'x:load@.', 'x:load'],
  ['/w/a', 'x:load@daily@a', 'x:load@daily'],
  ['file:///w/packages/%40acme/my%20shop', 'x:load@packages/@acme/my shop', 'x:load'],
  ['C:\\w\\a\\b', 'x:load@a/b', 'x:load'],
  ['', 'pipeline:daily@a', 'pipeline:daily'],
])('in %s `%s` is called `%s`', (folder, id, name) => {
  expect(nameIn(folder, id)).toBe(name);
});
