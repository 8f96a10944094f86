import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../server/src/runs/run-event.ts';
import { RunModel } from '../../../server/src/runs/run-state.ts';
import { runViewOf } from './run-view-of.ts';

function modelOf(...bodies: RunEventBody[]): RunModel {
  const model = new RunModel('r1');
  for (const [seq, body] of bodies.entries()) {
    const event: RunEvent = { seq, at: `2026-11-23T08:32:4${seq}.000Z`, run: 'r1', ...body };
    model.apply(event);
  }
  return model;
}

const began: readonly RunEventBody[] = [
  {
    type: 'run-started',
    format: 1,
    requested: ['dbt:build'],
    title: 'dbt build',
    steps: [{ id: '1', step: 'dbt:build', title: 'dbt build', system: 'dbt', needs: [] }],
    pid: 1,
    folder: '/shop',
  },
  { type: 'step-started', step: '1', command: ['dbt', 'build'], cwd: '/shop', pid: 2 },
];

test('a run that has said nothing yet is not shown', () => {
  expect(runViewOf(new RunModel('r1').snapshot(), '/shop')).toBeUndefined();
});

test('times become numbers, the command a line, and paths are shown relative to the folder', () => {
  const model = modelOf(
    ...began,
    { type: 'node-ended', step: '1', node: 'a', status: 'failed', path: '/shop/transform/a.sql', line: 2 },
    { type: 'node-ended', step: '1', node: 'b', status: 'failed', path: '/elsewhere/b.sql' },
  );
  const view = runViewOf(model.snapshot(), '/shop');
  expect(view).toMatchObject({
    folder: '/shop',
    startedAt: Date.parse('2026-11-23T08:32:40.000Z'),
    status: 'running',
  });
  expect(view?.steps[0]).toMatchObject({ command: 'dbt build', status: 'running' });
  expect(view?.steps[0]?.nodes.map(({ shownPath, line }) => [shownPath, line])).toEqual([
    ['transform/a.sql', 2],
    ['/elsewhere/b.sql', undefined],
  ]);
});

test('what ran when the driver vanished is interrupted', () => {
  const model = modelOf(...began);
  model.interrupt();
  expect(runViewOf(model.snapshot(), '/shop')).toMatchObject({
    status: 'interrupted',
    steps: [{ status: 'interrupted' }],
  });
});
