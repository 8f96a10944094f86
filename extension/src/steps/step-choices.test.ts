import { expect, test } from 'vitest';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { stepChoices } from './step-choices.ts';

function step(id: string, kind: string, project = 'file:///w/a'): StepAnswer {
  const system = id.slice(0, id.indexOf(':'));
  return {
    id,
    title: `Title of ${id}`,
    detail: `runs ${id}`,
    system,
    systemTitle: system.toUpperCase(),
    icon: 'tools',
    kind,
    projectUri: project,
    folderUri: 'file:///w',
  };
}

const steps = [step('x:model/m', 'model'), step('x:build', 'command'), step('y:job/load', 'job')];
const labels = (recent: readonly string[], given = steps): readonly string[] =>
  stepChoices(given, recent).map((choice) =>
    choice.kind === 'heading' ? `— ${choice.label}` : choice.label,
  );

test('stands steps under their system and kind, commands before models', () => {
  expect(labels([])).toEqual([
    '— X · Commands',
    'x:build',
    '— X · Models',
    'x:model/m',
    '— Y · Jobs',
    'y:job/load',
  ]);
});

test('puts what ran lately on top, once, and leaves out what is gone', () => {
  expect(labels(['y:job/load', 'y:job/gone'])).toEqual([
    '— Recently Run',
    'y:job/load',
    '— X · Commands',
    'x:build',
    '— X · Models',
    'x:model/m',
  ]);
});

test('names the project only where a system has several', () => {
  const [, first] = stepChoices(steps, []);
  expect(first).toMatchObject({
    label: 'x:build',
    description: 'Title of x:build',
    detail: 'runs x:build',
  });
  const several = stepChoices([step('x:build', 'command'), step('x:build', 'command', 'file:///w/b')], []);
  expect(several.slice(1).map((choice) => choice.kind === 'step' && choice.description)).toEqual([
    'Title of x:build · a',
    'Title of x:build · b',
  ]);
});
