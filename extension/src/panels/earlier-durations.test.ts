import { expect, test } from 'vitest';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import { readEarlierDurations } from './earlier-durations.ts';

function outcome(id: string, status: 'succeeded' | 'failed', durationMs: number): RunSnapshot {
  const node = { node: 'm', title: 'm', what: 'model', status, startedAt: '', durationMs: durationMs / 2 };
  const step = { id: '1', step: 'dbt:build', title: '', system: 'dbt', needs: [], status, durationMs };
  return { ...new RunModel(id).snapshot(), steps: [{ ...step, nodes: [node] }] };
}

test('a thing took as long as in the newest run before this one in which it went well', async () => {
  const outcomes: Record<string, RunSnapshot> = {
    r5: outcome('r5', 'succeeded', 50),
    r3: outcome('r3', 'failed', 30),
    r2: outcome('r2', 'succeeded', 20),
    r1: outcome('r1', 'succeeded', 10),
  };
  const store = { ids: () => ['r5', 'r4', 'r3', 'r2', 'r1'], outcome: (id: string) => outcomes[id] };
  const durations = await readEarlierDurations(store, 'r4');
  expect(durations.ofStep('dbt:build')).toBe(20);
  expect(durations.ofNode('dbt:build', 'm')).toBe(10);
  expect(durations.ofStep('dbt:test')).toBeUndefined();
});
