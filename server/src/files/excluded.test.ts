import { expect, test } from 'vitest';
import { createExclusion } from './excluded.ts';

test.each([
  ['/w/old/a.yml', true],
  ['/w/old', false],
  ['/w/new/old/a.yml', false],
  ['/w/.hidden/x.sql', true],
  ['/elsewhere/old/a.yml', false],
])('%s excluded: %s', (path, isExcluded) => {
  expect(createExclusion(['/w'], ['old/**/*', '**/.hidden/**'])(path)).toBe(isExcluded);
});
