import { expect, test } from 'vitest';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { offeredSteps, readTaskStep, taskArguments } from './task-step.ts';

test('a task is read as it stands in tasks.json', () => {
  expect(readTaskStep({ type: 'penstock', step: 'dbt:build' })).toEqual({
    step: 'dbt:build',
    parameters: {},
  });
  expect(
    readTaskStep({ step: 'pipeline:daily', parameters: { days: 7, full: true, scope: 'marts' } }),
  ).toEqual({
    step: 'pipeline:daily',
    parameters: { days: '7', full: 'true', scope: 'marts' },
  });
});

test.each([
  ['no step', {}],
  ['an empty step', { step: ' ' }],
  ['a list of parameters', { step: 'dbt:run', parameters: ['a'] }],
  ['a parameter without a value', { step: 'dbt:run', parameters: { a: null } }],
])('%s is no task', (_, definition) => {
  expect(readTaskStep(definition)).toBeUndefined();
});

test('what a task runs is what a terminal would run, and no value is read as an option', () => {
  const args = taskArguments({
    program: '/x/penstock.cjs',
    folder: '/w',
    step: 'pipeline:daily',
    parameters: { scope: '--all' },
    maxParallel: 2,
    environments: ['.venv'],
  });
  expect(args).toEqual([
    '/x/penstock.cjs',
    'run',
    '--folder',
    '/w',
    '--max-parallel',
    '2',
    '--environment=.venv',
    '--param=scope=--all',
    '--',
    'pipeline:daily',
  ]);
});

test('models are not offered one by one, nor what must be given a secret', () => {
  const step = (id: string, kind: string, more: Partial<StepAnswer> = {}): StepAnswer =>
    ({ id, kind, ...more }) as StepAnswer;
  const secret = { name: 'api_token', type: 'string' } as const;
  const offered = offeredSteps([
    step('dbt:build', 'command'),
    step('dbt:model/orders', 'model'),
    step('pipeline:a', 'pipeline', { parameters: [secret] }),
    step('pipeline:b', 'pipeline', { parameters: [{ ...secret, default: 'none' }] }),
  ]);
  expect(offered.map(({ id }) => id)).toEqual(['dbt:build', 'pipeline:b']);
});
