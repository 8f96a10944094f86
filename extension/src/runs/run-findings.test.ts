import { expect, test } from 'vitest';
import type { RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { hasFailures, latestFindings, stepOutcomes } from './run-findings.ts';

const at = '2026-11-23T10:00:00Z';

function run(step: string, status: RunStepSnapshot['status'], message?: string): RunSnapshot {
  const nodes = [
    {
      node: 'm',
      title: 'm',
      what: 'model',
      status: 'failed',
      startedAt: at,
      path: '/w/m.sql',
      line: 7,
      ...(message === undefined ? {} : { message }),
    },
    { node: 'n', title: 'n', what: 'test', status: 'failed', startedAt: at },
    { node: 'o', title: 'o', what: 'model', status: 'succeeded', startedAt: at, path: '/w/o.sql' },
  ] as const;
  return {
    id: 'r',
    title: step,
    requested: [step],
    status: 'failed',
    startedAt: at,
    cancelling: false,
    totals: { succeeded: 0, failed: 1, skipped: 0, warned: 0 },
    steps: [
      {
        id: step,
        step,
        title: step,
        system: 'x',
        needs: [],
        status,
        nodes: status === 'failed' ? nodes : [],
      },
    ],
  };
}

const findings = (...runs: readonly RunSnapshot[]): readonly string[] =>
  latestFindings(runs.flatMap(stepOutcomes)).map(
    ({ path, line, message, step }) => `${step} ${path}:${line} ${message}`,
  );

test('a failure with a file becomes a finding on its line', () => {
  expect(findings(run('x:build', 'failed', ' no such column\n'))).toEqual([
    'x:build /w/m.sql:6 no such column',
  ]);
  expect(findings(run('x:build', 'failed'))).toEqual(['x:build /w/m.sql:6 m failed']);
});

test('what a step printed counts where it failed, what was reported of it in any case', () => {
  const problems = [
    { path: '/w/a.py', line: 3, message: 'printed' },
    { path: '/w/s.json', line: 8, message: 'reported', reportedBy: 'gx' },
  ];
  const with_ = (status: RunStepSnapshot['status']): RunSnapshot => {
    const whole = run('x:check', status);
    return { ...whole, steps: whole.steps.map((step) => ({ ...step, nodes: [], problems })) };
  };
  expect(findings(with_('succeeded'))).toEqual(['x:check /w/s.json:7 reported']);
  expect(findings(with_('failed'))).toEqual(['x:check /w/a.py:2 printed', 'x:check /w/s.json:7 reported']);
  expect(findings(run('x:check', 'succeeded'), with_('failed'))).toEqual([]);
});

test('the next run of the same step replaces what the last one found', () => {
  expect(findings(run('x:build', 'succeeded'), run('x:build', 'failed', 'old'))).toEqual([]);
  expect(findings(run('x:build', 'failed', 'new'), run('x:build', 'failed', 'old'))).toEqual([
    'x:build /w/m.sql:6 new',
  ]);
});

test('another step, or a run that never came to its end, replaces nothing', () => {
  expect(findings(run('x:test', 'succeeded'), run('x:build', 'failed', 'old'))).toHaveLength(1);
  for (const status of ['cancelled', 'skipped', 'pending', 'running', 'not-started'] as const) {
    expect(findings(run('x:build', status), run('x:build', 'failed', 'old'))).toHaveLength(1);
  }
});

test('what several steps tell is shown once', () => {
  const both = run('x:build', 'succeeded');
  const problems = [{ message: 'reported', path: '/w/s.json', line: 8, reportedBy: 'y' }];
  const steps = ['x:a', 'x:b'].map((step) => ({ ...both.steps[0]!, step, nodes: [], problems }));
  expect(findings({ ...both, steps })).toEqual(['x:a /w/s.json:7 reported']);
});

test('an endless message is cut', () => {
  expect(findings(run('x:build', 'failed', 'y'.repeat(9_999)))[0]?.length).toBeLessThan(2_100);
});

test('what was printed of a step that failed counts, too, but not what a thing of it says already', () => {
  const failed = run('x:build', 'failed', 'no such column');
  const problems = [
    { message: 'the same', path: '/w/m.sql', line: 7 },
    { message: 'KeyError', path: '/w/load.py', line: 3 },
  ];
  const printed = { ...failed, steps: failed.steps.map((step) => ({ ...step, problems })) };
  expect(findings(printed)).toEqual(['x:build /w/m.sql:6 no such column', 'x:build /w/load.py:2 KeyError']);
  const coped = run('x:build', 'succeeded');
  expect(findings({ ...coped, steps: coped.steps.map((step) => ({ ...step, problems })) })).toEqual([]);
});

test('what failed in a run that ended well is looked for, too', () => {
  expect(hasFailures({ status: 'succeeded', failed: 0 })).toBe(false);
  expect(hasFailures({ status: 'succeeded', failed: 1 })).toBe(true);
  expect(hasFailures({ status: 'cancelled', failed: 0 })).toBe(true);
  const [step] = run('x:load', 'failed', 'no such column').steps;
  expect(findings({ ...run('x:load', 'succeeded'), steps: [{ ...step!, status: 'succeeded' }] })).toEqual([
    'x:load /w/m.sql:6 no such column',
  ]);
});

test('a test that failed tells its name, and what it is looked for by where its line was not told', () => {
  const { steps, ...rest } = run('x:build', 'failed');
  const [first] = steps;
  const failed = {
    what: 'test',
    status: 'failed',
    startedAt: at,
    path: '/w/m.yml',
    message: 'Got 1',
  } as const;
  const nodes = [
    { ...failed, node: 'test.x.one', title: 'one' },
    { ...failed, node: 'test.x.two', title: 'two' },
    { ...failed, node: 'test.x.three', title: 'three', line: 4 },
  ];
  const found = latestFindings(stepOutcomes({ ...rest, steps: [{ ...first!, cwd: '/w', nodes }] }));
  expect(found).toEqual([
    {
      path: '/w/m.yml',
      line: 0,
      message: 'one: Got 1',
      step: 'x:build',
      test: { cwd: '/w', names: ['one', 'test.x.one'] },
    },
    {
      path: '/w/m.yml',
      line: 0,
      message: 'two: Got 1',
      step: 'x:build',
      test: { cwd: '/w', names: ['two', 'test.x.two'] },
    },
    { path: '/w/m.yml', line: 3, message: 'three: Got 1', step: 'x:build' },
  ]);
});
