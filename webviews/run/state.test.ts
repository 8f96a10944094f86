import { expect, test } from 'vitest';
import type { NodeView, RunView, StepView } from './protocol.ts';
import { RunState, spanWithin } from './state.ts';

const totals = { succeeded: 0, failed: 0, skipped: 0, warned: 0 };

function node(name: string, rest: Partial<NodeView> = {}): NodeView {
  return { node: name, title: name, what: 'model', status: 'succeeded', startedAt: 0, ...rest };
}

function step(id: string, rest: Partial<StepView> = {}): StepView {
  return {
    id,
    step: `dbt:${id}`,
    title: id,
    system: 'dbt',
    needs: [],
    status: 'succeeded',
    nodes: [],
    ...rest,
  };
}

function run(...steps: StepView[]): RunView {
  return {
    id: 'r1',
    folder: '/f',
    title: 'run',
    requested: [],
    status: 'running',
    startedAt: 0,
    cancelling: false,
    totals,
    steps,
  };
}

function keys(state: RunState): string[] {
  return state.rows.map((row) => row.key);
}

const twoSteps = run(
  step('load', { nodes: [node('orders'), node('customers')] }),
  step('build', {
    status: 'failed',
    nodes: [node('stg'), node('dim', { status: 'failed' }), node('fct', { status: 'failed' })],
  }),
);

test('steps and their nodes are rows, each with its place among its siblings', () => {
  const state = new RunState();
  state.setRun(twoSteps);
  expect(keys(state)).toEqual([
    'load',
    'load\norders',
    'load\ncustomers',
    'build',
    'build\nstg',
    'build\ndim',
    'build\nfct',
  ]);
  expect(state.rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    '1/2',
    '1/2',
    '2/2',
    '2/2',
    '1/3',
    '2/3',
    '3/3',
  ]);
});

test('the first failure selects itself, and stays selected when more fail', () => {
  const state = new RunState();
  state.setRun(run(step('build', { nodes: [node('a')] })));
  expect(state.selectedKey).toBeUndefined();
  state.setRun(run(step('build', { nodes: [node('a'), node('b', { status: 'failed' })] })));
  expect(state.selectedKey).toBe('build\nb');
  state.setRun(
    run(step('build', { nodes: [node('a', { status: 'failed' }), node('b', { status: 'failed' })] })),
  );
  expect(state.selectedKey).toBe('build\nb');
  expect(state.isChosen).toBe(false);
});

test('a step that failed by itself is a failure', () => {
  const state = new RunState();
  state.setRun(run(step('load'), step('build', { status: 'not-started', message: 'dbt is missing' })));
  expect(state.selectedKey).toBe('build');
});

test('what a person chose is not replaced by a failure', () => {
  const state = new RunState();
  state.setRun(run(step('build', { nodes: [node('a')] })));
  state.select('build\na');
  state.setRun(run(step('build', { nodes: [node('a'), node('b', { status: 'failed' })] })));
  expect(state.selectedKey).toBe('build\na');
});

test('another run forgets selection and folding', () => {
  const state = new RunState();
  state.setRun(twoSteps);
  state.select('load');
  state.toggle('load');
  state.setRun({ ...run(step('load', { nodes: [node('orders')] })), id: 'r2' });
  expect(state.selectedKey).toBeUndefined();
  expect(keys(state)).toEqual(['load', 'load\norders']);
});

test('the arrow keys walk, fold and unfold as in any tree', () => {
  const state = new RunState({ collapsed: [] });
  state.setRun(run(step('load', { nodes: [node('orders')] }), step('build')));
  state.move('next');
  expect(state.selectedKey).toBe('load');
  state.enter();
  expect(state.selectedKey).toBe('load\norders');
  state.leave();
  expect(state.selectedKey).toBe('load');
  state.leave();
  expect(keys(state)).toEqual(['load', 'build']);
  state.move('last');
  state.move('next');
  expect(state.selectedKey).toBe('build');
  state.move('first');
  state.enter();
  expect(keys(state)).toEqual(['load', 'load\norders', 'build']);
});

test('F8 walks the failures round the corner and unfolds their step', () => {
  const state = new RunState({ collapsed: ['build'], selected: 'load' });
  state.setRun(twoSteps);
  expect(state.selectFailure(1)).toBe(true);
  expect(state.selectedKey).toBe('build\ndim');
  expect(state.selectedIndex).toBe(5);
  state.selectFailure(1);
  state.selectFailure(1);
  expect(state.selectedKey).toBe('build\ndim');
  state.selectFailure(-1);
  expect(state.selectedKey).toBe('build\nfct');
});

test('without a failure F8 changes nothing', () => {
  const state = new RunState();
  state.setRun(run(step('load')));
  expect(state.selectFailure(1)).toBe(false);
  expect(state.selectedKey).toBeUndefined();
});

test('a bar lies where its part of the run’s time lies', () => {
  const ended = { ...run(), durationMs: 1000 };
  expect(spanWithin(ended, { status: 'succeeded', startedAt: 250, durationMs: 500 }, 9999)).toEqual({
    left: 0.25,
    width: 0.5,
  });
  expect(
    spanWithin(ended, { status: 'succeeded', startedAt: 900, durationMs: 500 }, 9999)?.width,
  ).toBeCloseTo(0.1);
  expect(spanWithin(run(), { status: 'running', startedAt: 500 }, 1000)).toEqual({ left: 0.5, width: 0.5 });
  expect(spanWithin(ended, { status: 'skipped', startedAt: 500 }, 9999)).toBeUndefined();
  expect(spanWithin(ended, { status: 'skipped', startedAt: 500, durationMs: 0 }, 9999)).toBeUndefined();
  expect(spanWithin(ended, { status: 'pending' }, 9999)).toBeUndefined();
});
