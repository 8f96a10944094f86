import { expect, test } from 'vitest';
import { claim, manifestUri, planUri, task, written, check } from '../panels/test-support/readiness.ts';
import { checksMeant, needTrust } from './checks-meant.ts';

const load = task('Load', 3);
const known = {
  checks: [written('exports', 'failed', 4), check('toy:valid', 'passed')],
  items: [claim(load, { checks: ['exports', 'toy:valid'] })],
};

test.each([
  ['its name', 'exports', ['exports']],
  ['names, as a lens of the server has them', { checks: ['exports', 'gone'] }, ['exports']],
  ['the row of a check', { data: { check: 'toy:valid' } }, ['toy:valid']],
  ['the row of a task', { data: { uri: planUri, item: load } }, ['exports', 'toy:valid']],
  ['a row of something else', { data: { uri: planUri } }, []],
])('by %s', (_name, argument, expected) => {
  expect(checksMeant(argument, known, { uri: manifestUri, line: 4 })).toEqual(expected);
});

test('by the cursor, in penstock.yaml and in the plan', () => {
  expect(checksMeant(undefined, known, { uri: manifestUri, line: 4 })).toEqual(['exports']);
  expect(checksMeant(undefined, known, { uri: planUri, line: 3 })).toEqual(['exports', 'toy:valid']);
  expect(checksMeant(undefined, known, { uri: planUri, line: 4 })).toEqual([]);
  expect(checksMeant(undefined, known, undefined)).toEqual([]);
});

test('some checks only a trusted workspace may look at', () => {
  const checks = (['instant', 'seconds', 'network', 'command'] as const).map((cost) => ({ id: cost, cost }));
  expect(needTrust(['network', 'command'], { checks })).toBe(true);
  expect(needTrust(['network', 'seconds'], { checks })).toBe(false);
  expect(needTrust(['instant'], { checks })).toBe(false);
});
