import { expect, test } from 'vitest';
import type { Step } from './step.ts';
import { findStep, findWritten } from './find-step.ts';

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

test('a step that is another form of a listed one is made of that, of the project that is meant', () => {
  const forms = {
    listedName: (name: string) => name.replace('x:test/', 'x:model/'),
    variant: (of: Step) => ({ ...of, id: of.id.replace('x:model/', 'x:test/') }),
  };
  const models = [step('x:model/m@a', '/w/a'), step('x:model/m@b', '/w/b'), step('x:model/n', '/w/a')];
  const found = (name: string, cwd = '/w') => findStep(name, models, { folder: '/w', cwd, forms });
  expect(found('x:test/n').step?.id).toBe('x:test/n');
  expect(found('x:test/m@b').step).toMatchObject({ id: 'x:test/m@b', project: '/w/b' });
  expect(found('x:test/m', '/w/a/models').step?.id).toBe('x:test/m@a');
  expect(found('x:test/m')).toMatchObject({
    message: expect.stringContaining('`x:test/m@a`, `x:test/m@b`') as string,
  });
  expect(found('x:test/gone')).toMatchObject({
    message: expect.stringContaining('there is no step `x:test/gone`') as string,
  });
});

test('a name in a file is seen from its folder, the label of another step too', () => {
  const idFrom = (folder: string, name: string): string | undefined =>
    findWritten(name, steps, { folder })?.id;
  expect(idFrom('/w', 'x:build@b')).toBe('x:build@b');
  expect(idFrom('/w/b', 'x:build@inner')).toBe('x:build@b/inner');
  expect(idFrom('/w/b', 'x:build@b')).toBeUndefined();
  expect(idFrom('/w/b', 'x:build@../a')).toBe('x:build@a');
  expect(idFrom('/w/b', 'x:build')).toBe('x:build@b');
});
