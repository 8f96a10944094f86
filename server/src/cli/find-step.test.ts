import { expect, test } from 'vitest';
import type { Step } from '../core/step.ts';
import { findStep } from './find-step.ts';

function step(id: string, project: string): Step {
  return {
    id,
    title: id,
    detail: '',
    system: 'x',
    project,
    kind: 'command',
    work: { kind: 'pipeline', steps: [] },
  };
}

const steps = [
  step('x:build@a', '/w/a'),
  step('x:build@b', '/w/b'),
  step('x:only', '/w/a'),
  step('x:build@b/inner', '/w/b/inner'),
];
const idOf = (name: string, cwd: string): string | undefined =>
  findStep(name, steps, { folder: '/w', cwd }).step?.id;

test('a name that only one project has needs no more', () => {
  expect(idOf('x:only', '/w')).toBe('x:only');
});

test('of several projects the innermost around the working directory is meant', () => {
  expect(idOf('x:build', '/w/a/models')).toBe('x:build@a');
  expect(idOf('x:build', '/w/b/inner')).toBe('x:build@b/inner');
  expect(idOf('x:build@b', '/w/a')).toBe('x:build@b');
});

test('where the working directory does not tell, the user has to', () => {
  expect(findStep('x:build', steps, { folder: '/w', cwd: '/w' })).toEqual({
    step: undefined,
    message: 'several projects have a step `x:build`; say which: `x:build@a`, `x:build@b`, `x:build@b/inner`',
  });
});

test('a label is seen from the folder, also where the name is not ambiguous there', () => {
  expect(idOf('x:only@a', '/w')).toBe('x:only');
  expect(idOf('x:only@b', '/w')).toBeUndefined();
});

test('an unknown name gets the nearest, or where to look', () => {
  expect(findStep('x:onyl', steps, { folder: '/w', cwd: '/w' })).toMatchObject({
    message: 'there is no step `x:onyl`; did you mean `x:only`?',
  });
  expect(findStep('gx:other', steps, { folder: '/w', cwd: '/w' })).toMatchObject({
    message: 'there is no step `gx:other`; `penstock steps` lists them',
  });
});
