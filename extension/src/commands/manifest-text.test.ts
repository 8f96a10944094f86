import { parse } from 'yaml';
import { expect, test } from 'vitest';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { manifestText } from './manifest-text.ts';

function step(id: string, kind: string): StepAnswer {
  return {
    id,
    kind,
    title: id,
    detail: '',
    system: 's',
    systemTitle: 'S',
    icon: 'tools',
    projectUri: 'file:///w',
    folderUri: 'file:///w',
  };
}

test('names the plan and makes a pipeline of jobs and what builds upon them', () => {
  const steps = [
    step('b:build', 'command'),
    step('b:test', 'command'),
    step('a:job/load', 'job'),
    step('a:job/odd name', 'job'),
  ];
  expect(parse(manifestText({ plans: ['docs/plan.md'], steps }))).toEqual({
    plan: 'docs/plan.md',
    pipelines: {
      daily: { title: 'Load and build everything', steps: ['a:job/load', 'a:job/odd name', 'b:build'] },
    },
  });
});

test('lists several plans', () => {
  expect(
    parse(manifestText({ plans: ['a.md', 'b: c.md'], steps: [step('b:build', 'command')] })),
  ).toMatchObject({ plan: ['a.md', 'b: c.md'] });
});

test('is all comment where nothing is there yet, and works as soon as the marks are taken off', () => {
  const text = manifestText({ plans: [], steps: [] });
  expect(parse(text)).toBeNull();
  expect(parse(text.replaceAll(/^# (?=\s*(plan|pipelines|daily|title|steps|- ))/gm, ''))).toMatchObject({
    plan: 'docs/tasks.md',
    pipelines: { daily: { steps: ['tool:job/load', 'tool:build'] } },
  });
});
