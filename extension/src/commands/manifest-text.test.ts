import { parse } from 'yaml';
import { expect, test } from 'vitest';
import type { StepAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';
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

function system(id: string, title: string): SystemAnswer {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  const project = { name: id, uri: 'file:///w', openUri: 'file:///w', findings, files: 1, silent: [] };
  return { id, title, icon: 'tools', projects: [project] };
}

const claims = (...names: readonly string[]) =>
  names.map((category) => ({
    category,
    claimed: 0,
    status: 'planned' as const,
    statusText: '',
    line: 0,
  }));

test('names the plan, makes a pipeline of jobs and what builds upon them, and checks of what is there', () => {
  const steps = [
    step('b:build', 'command'),
    step('b:test', 'command'),
    step('a:job/load', 'job'),
    step('a:job/odd name', 'job'),
  ];
  const plans = [{ path: 'docs/plan.md', readiness: claims('**Pipeline Operations**', 'Tool B models') }];
  const systems = [system('a', 'Tool A'), system('b', 'Tool B'), system('plan', 'Plan')];
  const text = manifestText({ plans, steps, systems });
  expect(parse(text)).toEqual({
    plan: 'docs/plan.md',
    pipelines: {
      daily: { title: 'Load and build everything', steps: ['a:job/load', 'a:job/odd name', 'b:build'] },
    },
    checks: {
      a: { title: 'The configuration of Tool A is valid', valid: 'a' },
      b: { title: 'The configuration of Tool B is valid', valid: 'b', categories: ['Tool B models'] },
      daily: {
        title: 'The daily pipeline ran well',
        ran: 'pipeline:daily',
        'max-age': '1d12h',
        categories: ['Pipeline Operations'],
      },
    },
  });
  expect(text).toContain('# Checks count in categories of the plan: Pipeline Operations, Tool B models.');
});

test('lists several plans', () => {
  const plans = ['a.md', 'b: c.md'].map((path) => ({ path, readiness: [] }));
  expect(parse(manifestText({ plans, steps: [step('b:build', 'command')], systems: [] }))).toMatchObject({
    plan: ['a.md', 'b: c.md'],
    checks: { daily: { ran: 'pipeline:daily' } },
  });
});

test('is all comment where nothing is there yet, and works as soon as the marks are taken off', () => {
  const text = manifestText({ plans: [], steps: [], systems: [] });
  expect(parse(text)).toBeNull();
  const marks = /^# (?=\s*(plan|pipelines|daily|title|steps|checks|ran|max-age|- ).*)/gm;
  expect(parse(text.replaceAll(marks, ''))).toMatchObject({
    plan: 'docs/tasks.md',
    pipelines: { daily: { steps: ['tool:job/load', 'tool:build'] } },
    checks: { daily: { ran: 'pipeline:daily' } },
  });
});

test('without a pipeline the checks of what is there still stand', () => {
  const text = manifestText({ plans: [], steps: [], systems: [system('a', 'Tool A')] });
  expect(parse(text)).toEqual({
    checks: { a: { title: 'The configuration of Tool A is valid', valid: 'a' } },
  });
});
