import { expect, test } from 'vitest';
import type { NodeSnapshot, RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { KnownRun, Whereabouts } from '../../../server/src/runs/last-runs.ts';
import { NodeRuns } from './node-runs.ts';

const now = new Date(2026, 10, 23, 12, 0);

function run(
  step: string,
  day: number,
  nodes: readonly Partial<NodeSnapshot>[],
  cwd = step.endsWith('@b') ? '/w/b' : '/w/a',
): KnownRun {
  const startedAt = new Date(2026, 10, day, 8, 32).toISOString();
  const steps = [
    {
      id: '1',
      step,
      title: step,
      system: 'tool',
      cwd,
      needs: [],
      status: 'succeeded' as const,
      nodes: nodes.map((node): NodeSnapshot => ({
        node: `x.${node.title}`,
        title: '',
        what: 'model',
        status: 'succeeded',
        startedAt,
        ...node,
      })),
    },
  ];
  const snapshot = {
    id: `${step} ${day}`,
    title: '',
    requested: [],
    status: 'succeeded',
    startedAt,
    cancelling: false,
  };
  const totals = { succeeded: 0, failed: 0, skipped: 0, warned: 0 };
  return { folderUri: 'file:///w', snapshot: { ...snapshot, totals, steps } as RunSnapshot };
}

const where: Whereabouts = {
  projectOf: (step) => ({ 'tool:build': 'file:///w/a', 'tool:build@b': 'file:///w/b' })[step],
  uriOf: (folder) => `file://${folder}`,
};
const orders = { projectUri: 'file:///w/a', what: 'model', name: 'orders' };

test('the newest run in which a thing took part counts', () => {
  const runs = new NodeRuns(
    [
      run('tool:build', 23, [{ title: 'items', status: 'failed', message: 'no such column' }]),
      run('tool:build', 22, [{ title: 'orders', status: 'warned' }, { title: 'items' }]),
      run('tool:build', 21, [{ title: 'orders', status: 'failed' }]),
    ],
    where,
  );
  expect(runs.of(orders, now)).toEqual({ status: 'warned', step: 'tool:build', when: 'yesterday, 08:32' });
  expect(runs.of({ ...orders, name: 'items' }, now)).toEqual({
    status: 'failed',
    step: 'tool:build',
    when: 'today, 08:32',
    message: 'no such column',
  });
  expect(runs.of({ ...orders, what: 'seed' }, now)).toBeUndefined();
});

test('things of one name in two projects are told apart by where their tool ran', () => {
  const runs = new NodeRuns(
    [
      run('tool:build', 23, [{ title: 'orders', status: 'failed' }]),
      run('tool:build@b', 23, [{ title: 'orders', status: 'skipped' }]),
    ],
    where,
  );
  expect(runs.of(orders, now)?.status).toBe('failed');
  expect(runs.of({ ...orders, projectUri: 'file:///w/b' }, now)?.status).toBe('skipped');
  expect(runs.placeOf({ ...orders, projectUri: 'file:///w/b' }, undefined)).toEqual({
    folderUri: 'file:///w',
    run: 'tool:build@b 23',
  });
});

test('steps that are not listed tell of things, too, but not of themselves', () => {
  const runs = new NodeRuns(
    [
      run('tool:test/orders', 23, [{ title: 'orders', status: 'failed' }]),
      run('tool:build', 22, [{ title: 'orders' }]),
    ],
    where,
  );
  expect(runs.of(orders, now)).toMatchObject({ status: 'failed', step: 'tool:test/orders' });
  expect(runs.attention()).toEqual([{ ...orders, status: 'failed' }]);
  expect(runs.ofStep('tool:test/orders', 'file:///w/a', now)).toBeUndefined();
});
