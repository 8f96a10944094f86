import { expect, test } from 'vitest';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { KnownRun } from '../../../server/src/runs/last-runs.ts';
import type { RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { NodeRuns } from '../runs/node-runs.ts';
import { lastRunLenses } from './last-run-lens.ts';

const now = new Date(2026, 10, 23, 12, 0);
const project = 'file:///w/a';

function step(id: string, line: number, projectUri = project): StepAnswer {
  const range = { start: { line, character: 2 }, end: { line, character: 6 } };
  const head = { title: id, detail: '', system: 'x', systemTitle: 'X', icon: 'tools', kind: 'job' };
  return { ...head, id, projectUri, folderUri: 'file:///w', range };
}

function run(
  id: string,
  steps: Readonly<Record<string, RunStepSnapshot['status']>>,
  requested = ['x'],
): KnownRun {
  const startedAt = new Date(2026, 10, 23, Number(id), 32).toISOString();
  const told = Object.entries(steps).map(([name, status]) => ({
    id: name,
    step: name,
    title: name,
    system: 'x',
    needs: [],
    status,
    nodes: [],
    ...(status === 'pending' ? {} : { startedAt }),
  }));
  const snapshot = { id, title: '', requested, status: 'failed', startedAt, cancelling: false, steps: told };
  return { folderUri: 'file:///w', snapshot: snapshot as unknown as RunSnapshot };
}

const lensesOf = (steps: readonly StepAnswer[], runs: readonly KnownRun[]): readonly string[] =>
  lastRunLenses(steps, new NodeRuns(runs, { projectOf: () => project, uriOf: (folder) => folder }), now).map(
    (lens) => `${lens.step.range?.start.line} ${lens.title} [${lens.tooltip}] ${lens.place.run}`,
  );

test('the run in which a step last ran, by itself or in a pipeline, and the pipeline', () => {
  const runs = [
    run('10', { 'x:job/load': 'pending' }),
    run('09', { 'x:job/load': 'failed', 'x:job/build': 'running' }, ['pipeline:daily']),
    run('08', { 'x:job/load': 'succeeded' }),
  ];
  expect(
    lensesOf(
      [step('x:job/load', 1), step('x:job/build', 2), step('pipeline:daily', 3), step('x:job/no', 4)],
      runs,
    ),
  ).toEqual([
    '1 $(error) Show Last Run [x:job/load: failed, today, 09:32] 09',
    '2 $(loading~spin) Show Run [x:job/build: running, today, 09:32] 09',
    '3 $(error) Show Last Run [pipeline:daily: failed, today, 09:32] 09',
  ]);
});

test('a step that is not listed is told by the folder that it ran in', () => {
  const known = run('09', { 'x:test/m': 'failed' });
  const steps = known.snapshot.steps.map((each) => ({ ...each, cwd: '/w/a' }));
  const runs = [{ ...known, snapshot: { ...known.snapshot, steps } }];
  const nodes = new NodeRuns(runs, { projectOf: () => undefined, uriOf: (folder) => `file://${folder}` });
  const titles = (at: StepAnswer): readonly string[] =>
    lastRunLenses([at], nodes, now).map(({ title }) => title);
  expect(titles(step('x:test/m', 1))).toEqual(['$(error) Show Last Run']);
  expect(titles(step('x:test/m', 1, 'file:///w/b'))).toEqual([]);
});

test('one lens a line: that of the step which began last', () => {
  const runs = [run('09', { 'x:test/m': 'succeeded' }), run('08', { 'x:run/m': 'failed' })];
  expect(lensesOf([step('x:run/m', 1), step('x:test/m', 1)], runs)).toEqual([
    '1 $(pass) Show Last Run [x:test/m: succeeded, today, 09:32] 09',
  ]);
  expect(lensesOf([step('x:run/m', 1, 'file:///w/b')], runs)).toEqual([]);
  expect(lensesOf([step('x:run/m', 1)], [])).toEqual([]);
});
