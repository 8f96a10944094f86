import { expect, test } from 'vitest';
import type { RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { commandText } from './command-text.ts';

test('what a run started can be pasted, one step a line', () => {
  const step = (more: Partial<RunStepSnapshot>): RunStepSnapshot => ({ ...more }) as RunStepSnapshot;
  const steps = [
    step({ command: ['/w/.venv/bin/dbt', 'build', '--vars', '{a: 1}'], cwd: '/w/my dbt' }),
    step({ status: 'skipped' }),
    step({ command: ['sh', '-c', 'echo ***'], cwd: '/w' }),
  ];
  expect(commandText({ steps }, 'linux')).toBe(
    "cd '/w/my dbt' && /w/.venv/bin/dbt build --vars '{a: 1}'\ncd /w && sh -c 'echo ***'",
  );
});
