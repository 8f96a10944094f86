import { expect, test } from 'vitest';
import { driverArguments, driverFailure } from './driver-arguments.ts';

test('names of steps stand behind everything that could be an option', () => {
  const args = driverArguments({
    program: '/x/penstock.cjs',
    folder: '/w',
    runId: '1',
    maxParallel: 2,
    where: 'service',
    environments: ['.venv', '--odd'],
    steps: ['a:b', '--evil'],
  });
  expect(args.slice(0, 2)).toEqual(['/x/penstock.cjs', 'run']);
  expect(args.slice(args.indexOf('--'))).toEqual(['--', 'a:b', '--evil']);
  expect(args).toContain('/w');
  expect(args).toContain('--environment=--odd');
  expect(args).toContain('--in=service');
});

test('a run that could not start says why in the words of the program', () => {
  expect(driverFailure(2, 'penstock: there is no step `x:y`\n\n')).toBe(
    'The run could not start: there is no step `x:y`',
  );
  expect(driverFailure(1, ' \n')).toContain('with status 1');
  expect(driverFailure(null, '')).toContain('by a signal');
});

test('parameters and the run to go on with are words of their own, before the steps', () => {
  const args = driverArguments({
    program: '/x/penstock.cjs',
    folder: '/w',
    runId: 'r',
    maxParallel: 2,
    where: 'service',
    environments: [],
    steps: ['a:b'],
    parameters: { tag: '--odd = 1', empty: '' },
    resume: 'earlier',
  });
  expect(args.slice(args.indexOf('--param=tag=--odd = 1'))).toEqual([
    '--param=tag=--odd = 1',
    '--param=empty=',
    '--resume=earlier',
    '--',
    'a:b',
  ]);
});
