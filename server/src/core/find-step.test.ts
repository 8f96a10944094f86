import { expect, test } from 'vitest';
import type { Step } from './step.ts';
import { findStep, findWritten } from './find-step.ts';

/** What stands behind `@` is a label where nothing else is said. */
function step(id: string, project: string, label: string | undefined = id.split('@')[1]): Step {
  return {
    id,
    ...(label === undefined || label === '' ? {} : { label }),
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
    isAmbiguous: true,
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
    findWritten(name, steps, { folder }).step?.id;
  expect(idFrom('/w', 'x:build@b')).toBe('x:build@b');
  expect(idFrom('/w/b', 'x:build@inner')).toBe('x:build@b/inner');
  expect(idFrom('/w/b', 'x:build@b')).toBeUndefined();
  expect(idFrom('/w/b', 'x:build@../a')).toBe('x:build@a');
  expect(idFrom('/w/b', 'x:build')).toBe('x:build@b');
});

test('of a folder without the step, those that have it are told as they are named from there', () => {
  const why = (folder: string, name: string) => findWritten(name, steps, { folder });
  const message = (text: string) => ({ step: undefined, message: text });
  expect(why('/w', 'x:only@gone')).toEqual(
    message('no project at `gone` has a step `x:only`; there is `x:only@a`'),
  );
  expect(why('/w/a', 'x:build@b')).toEqual(
    message(
      'no project at `b` has a step `x:build`; there is `x:build@.`, `x:build@../b`, `x:build@../b/inner`',
    ),
  );
  expect(why('/w', 'x:build')).toEqual({
    ...message(
      'several projects have a step `x:build`; say which: `x:build@a`, `x:build@b`, `x:build@b/inner`',
    ),
    isAmbiguous: true,
  });
  expect(findStep('x:only@gone', steps, { folder: '/w', cwd: '/w' })).toMatchObject({
    message: 'no project at `gone` has a step `x:only`; there is `x:only`',
  });
});

test('a step whose own name holds the sign is meant before a folder, and folders may hold it, too', () => {
  const jobs = [
    step('x:job/load@daily', '/w', ''),
    step('x:job/load', '/w/daily', ''),
    step('x:job/other', '/w/packages/@acme/shop', ''),
    step('x:job/twice@daily@a', '/w/a', 'a'),
    step('x:job/twice@daily@b', '/w/b', 'b'),
  ];
  const found = (name: string): string | undefined => {
    const asked = findStep(name, jobs, { folder: '/w', cwd: '/w' }).step;
    expect(findWritten(name, jobs, { folder: '/w' }).step).toBe(asked);
    return asked && `${asked.id} of ${asked.project}`;
  };
  expect(found('x:job/load@daily')).toBe('x:job/load@daily of /w');
  expect(found('x:job/load@daily@.')).toBe('x:job/load@daily of /w');
  expect(found('x:job/load@daily@daily')).toBeUndefined();
  expect(found('x:job/other@packages/@acme/shop')).toBe('x:job/other of /w/packages/@acme/shop');
  expect(found('x:job/twice@daily@b')).toBe('x:job/twice@daily@b of /w/b');
  expect(found('x:job/twice@daily')).toBeUndefined();
  expect(
    findStep('x:job/load@daily', [step('x:job/load', '/w/daily', '')], { folder: '/w', cwd: '/w' }).step,
  ).toMatchObject({ project: '/w/daily' });
});
