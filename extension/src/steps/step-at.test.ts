import { expect, test } from 'vitest';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { lensTitle } from './lens-title.ts';
import { stepsAt, stepsIn } from './step-at.ts';

const uri = 'file:///w/tool.yml';
const text = `jobs:
- name: load
  tasks:
    - a b

- name: publish
  tasks:
    # and more
    - c d
schedules:
- name: daily
  job: load`.split('\n');

function step(id: string, line?: number, file = uri): StepAnswer {
  const range =
    line === undefined ? {} : { range: { start: { line, character: 8 }, end: { line, character: 12 } } };
  return {
    id,
    title: id,
    detail: '',
    system: 'tool',
    systemTitle: 'Tool',
    icon: 'tools',
    kind: 'job',
    projectUri: 'file:///w',
    folderUri: 'file:///w',
    uri: file,
    ...range,
  };
}

const steps = [step('publish', 5), step('load', 1), step('other', 0, 'file:///w/other.sql')];
const at = (line: number): readonly string[] =>
  stepsAt(steps, uri, line, (each) => text[each] ?? '').map(({ id }) => id);

test('a step is meant on its own line and in the block below it', () => {
  expect(at(1)).toEqual(['load']);
  expect(at(3)).toEqual(['load']);
  expect(at(4)).toEqual(['load']);
  expect(at(5)).toEqual(['publish']);
  expect(at(8)).toEqual(['publish']);
});

test('outside every block all steps of the file are to choose from', () => {
  expect(at(0)).toEqual(['load', 'publish']);
  expect(at(9)).toEqual(['load', 'publish']);
  expect(at(11)).toEqual(['load', 'publish']);
});

test('the only step of a file is meant everywhere in it', () => {
  expect(
    stepsAt([...steps, step('model', undefined, 'file:///w/m.sql')], 'file:///w/m.sql', 40, () => ''),
  ).toHaveLength(1);
});

test('a file without steps means nothing', () => {
  expect(stepsIn(steps, 'file:///w/none.yml')).toEqual([]);
  expect(stepsAt(steps, 'file:///w/none.yml', 0, () => '')).toEqual([]);
});

test('a lens says which step it means where several stand on one line', () => {
  const load = step('load', 1);
  expect(lensTitle(load, [load, step('publish', 5)])).toBe('$(play) Run');
  expect(lensTitle(load, [load, step('$(x)', 1)])).toBe('$(play) load');
  expect(lensTitle(step('$(x)', 1), [load, step('$(x)', 1)])).toBe('$(play) $ (x)');
});

test('forms of one step on one line are told by what they do', () => {
  const load = step('load', 1);
  const check = { ...step('load, checked', 1), verb: 'Test' };
  expect([load, check].map((each) => lensTitle(each, [load, check]))).toEqual([
    '$(play) Run',
    '$(play) Test',
  ]);
});
