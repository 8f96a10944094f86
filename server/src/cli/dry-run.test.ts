import { expect, test } from 'vitest';
import type { Step } from '../core/step.ts';
import { createRedactor } from '../runs/redact.ts';
import { planRun } from '../runs/run-plan.ts';
import { dryRunText, type DryRun } from './dry-run.ts';

const build: Step = {
  id: 'dbt:build',
  title: 'Build',
  detail: '',
  system: 'dbt',
  project: '/w/dbt',
  kind: 'command',
  work: {
    kind: 'command',
    executable: { name: 'dbt', install: '' },
    args: ['build', '--vars', '{a: "b"}', '--token', 'open-sesame'],
    cwd: '/w/dbt',
    env: { PASSWORD: 'open-sesame' },
    writes: [],
    cancel: [],
  },
};
const daily: Step = {
  ...build,
  id: 'pipeline:daily',
  work: {
    kind: 'pipeline',
    steps: [
      { id: 'build', step: 'dbt:build', needs: [] },
      { id: 'gone', step: 'dbt:gone', needs: ['build'] },
    ],
  },
};

function shown(format: DryRun['format']): string {
  const planned = planRun({
    requested: [daily],
    find: (id) => (id === build.id ? build : undefined),
  });
  return dryRunText({ planned, format, cwd: '/w', redact: createRedactor(['open-sesame']) });
}

test('what would run stands there as a person could paste it, secrets masked, and why something does not', () => {
  const [first, second] = shown('text').split('\n');
  expect(first).toBe(`cd dbt && PASSWORD='***' dbt build --vars '{a: "b"}' --token '***'`);
  expect(second).toMatch(/^# pipeline:daily\/gone: .*dbt:gone/);
});

test('as JSON', () => {
  const { steps } = JSON.parse(shown('json')) as { steps: readonly Record<string, unknown>[] };
  expect(steps[0]).toEqual({
    id: 'pipeline:daily/build',
    command: ['dbt', 'build', '--vars', '{a: "b"}', '--token', '***'],
    cwd: '/w/dbt',
    env: { PASSWORD: '***' },
  });
});
