import { expect, test } from 'vitest';
import { globToRegExp } from './glob.ts';

test.each([
  ['inc/*.yml', 'inc/a.yml', true],
  ['inc/*.yml', 'inc/deep/a.yml', false],
  ['**/*.meltano.yml', 'a.meltano.yml', true],
  ['**/*.meltano.yml', 'x/y/a.meltano.yml', true],
  ['./extract/**/*.yml', 'extract/a/b.yml', true],
  ['jobs-?.yml', 'jobs-1.yml', true],
  ['jobs-[0-9].yml', 'jobs-x.yml', false],
  ['jobs-[!0-9].yml', 'jobs-x.yml', true],
  ['a+b(1).yml', 'a+b(1).yml', true],
  ['a.yml', 'axyml', false],
])('%s on %s: %s', (pattern, path, matches) => {
  expect(globToRegExp(pattern)?.test(path)).toBe(matches);
});

test.each(['../other/*.yml', '/etc/*.yml', '', '.', 'inc/**'])(
  '%s includes no file of the project',
  (pattern) => {
    expect(globToRegExp(pattern)).toBeUndefined();
  },
);
