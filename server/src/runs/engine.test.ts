import { chmodSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { printed, record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

describe('order', () => {
  test('requested steps run one after another, in the order given', async () => {
    const steps = ['b', 'a', 'c'].map((id) => workspace.sh(id, `echo ${id} >> order`));
    expect(await record(workspace, steps).finished).toBe('succeeded');
    expect(workspace.read('order')).toBe('b\na\nc\n');
  });

  test('steps of a pipeline run after what they need, and independent ones together', async () => {
    // Left and right each wait for the other to have begun: one after the other they would never end.
    const meet = (own: string, other: string): string =>
      `touch ${own}; while [ ! -e ${other} ]; do sleep 0.02; done; echo ${own} >> order`;
    const others = [
      workspace.sh('t:first', 'echo first >> order'),
      workspace.sh('t:left', meet('left', 'right')),
      workspace.sh('t:right', meet('right', 'left')),
      workspace.sh('t:last', 'echo last >> order'),
    ];
    const pipeline = workspace.pipeline('pipeline:all', [
      { id: 'last', step: 't:last', needs: ['l', 'r'] },
      { id: 'l', step: 't:left', needs: ['first'] },
      { id: 'r', step: 't:right', needs: ['first'] },
      { id: 'first', step: 't:first', needs: [] },
    ]);
    const run = record(workspace, [pipeline], others);
    expect(await run.finished).toBe('succeeded');
    const order = workspace.read('order').trim().split('\n');
    expect([order[0], order.slice(1, 3).sort(), order[3]]).toEqual(['first', ['left', 'right'], 'last']);
    expect(run.events[0]).toMatchObject({ type: 'run-started', requested: ['pipeline:all'], format: 1 });
    expect(run.end('pipeline:all/last')).toMatchObject({ status: 'succeeded', exitCode: 0 });
  });

  test('no more than the limit run at a time', async () => {
    const others = ['a', 'b', 'c', 'd'].map((id) =>
      workspace.sh(id, `echo + >> count; sleep 0.05; echo - >> count`),
    );
    const pipeline = workspace.pipeline(
      'p',
      others.map((step) => ({ id: step.id, step: step.id, needs: [] })),
    );
    const run = record(workspace, [pipeline], others, { maxParallel: 1 });
    expect(await run.finished).toBe('succeeded');
    expect(workspace.read('count')).toBe('+\n-\n'.repeat(4));
    expect(run.events.filter((event) => event.type === 'step-waiting').map((event) => event.reason)).toEqual(
      Array(3).fill('waits for its turn: at most 1 step runs at a time'),
    );
  });

  test('a failed step skips what needs it, and nothing else', async () => {
    const others = [workspace.sh('bad', 'exit 3'), workspace.sh('good', 'echo fine')];
    const pipeline = workspace.pipeline('p', [
      { id: 'bad', step: 'bad', needs: [] },
      { id: 'child', step: 'good', needs: ['bad'] },
      { id: 'grandchild', step: 'good', needs: ['child'] },
      { id: 'other', step: 'good', needs: [] },
    ]);
    const run = record(workspace, [pipeline], others);
    expect(await run.finished).toBe('failed');
    expect(run.end('p/bad')).toMatchObject({ status: 'failed', exitCode: 3 });
    expect(run.end('p/child')).toMatchObject({
      status: 'skipped',
      message: 'skipped, because `p/bad` failed',
      durationMs: 0,
    });
    expect(run.end('p/grandchild')).toMatchObject({
      status: 'skipped',
      message: 'skipped, because `p/child` was skipped',
    });
    expect(run.end('p/other')).toMatchObject({ status: 'succeeded' });
    expect(run.events.at(-1)).toMatchObject({
      type: 'run-ended',
      status: 'failed',
      totals: { succeeded: 1, failed: 1, skipped: 2, warned: 0 },
    });
  });

  test('a pipeline that cannot run to its end is not begun', async () => {
    const others = [workspace.sh('good', 'echo ran > ran')];
    const cases: readonly (readonly [string, Parameters<Workspace['pipeline']>[1]])[] = [
      ['there is no step `gone`, which `p` names', [{ id: 'x', step: 'gone', needs: ['good'] }]],
      [
        '`x` of `p` needs `nothing`, which the pipeline does not have',
        [{ id: 'x', step: 'good', needs: ['nothing'] }],
      ],
      ['`x` of `p` needs itself, directly or through others', [{ id: 'x', step: 'good', needs: ['x'] }]],
      ['pipeline `p` runs itself', [{ id: 'x', step: 'p', needs: [] }]],
    ];
    for (const [message, steps] of cases) {
      const pipeline = workspace.pipeline('p', [{ id: 'good', step: 'good', needs: [] }, ...steps]);
      const run = record(workspace, [pipeline], [...others, pipeline]);
      expect(await run.finished).toBe('not-started');
      expect(run.end('p/x')).toMatchObject({ status: 'not-started', message });
      expect(run.end('p/good')).toMatchObject({ status: 'skipped' });
      expect(() => workspace.read('ran')).toThrow();
    }
  });
});

describe('one writer at a time', () => {
  const writer = (name: string): string =>
    `echo +${name} >> warehouse.log; sleep 0.1; echo -${name} >> warehouse.log`;
  const alternate = (text: string): boolean => /^(\+(.)\n-\2\n)+$/.test(text);

  test('two steps of a run, also when one writes through a link', async () => {
    const file = workspace.write('warehouse.duckdb', '');
    symlinkSync(file, workspace.path('link.duckdb'));
    const others = [
      workspace.sh('a', writer('a'), { writes: [file] }),
      workspace.sh('b', writer('b'), { writes: [workspace.path('link.duckdb')] }),
    ];
    const pipeline = workspace.pipeline(
      'p',
      others.map((step) => ({ id: step.id, step: step.id, needs: [] })),
    );
    const run = record(workspace, [pipeline], others);
    expect(await run.finished).toBe('succeeded');
    expect(workspace.read('warehouse.log')).toSatisfy(alternate);
    expect(run.events).toContainEqual({
      type: 'step-waiting',
      step: 'p/b',
      reason: 'waits for `a`, which writes warehouse.duckdb too',
    });
  });

  test('two runs, each with several resources in another order', async () => {
    const writes = ['x', 'y'].map((name) => workspace.path(name));
    const one = record(workspace, [workspace.sh('a', writer('a'), { writes })]);
    const two = record(workspace, [workspace.sh('b', writer('b'), { writes: [...writes].reverse() })]);
    expect(await Promise.all([one.finished, two.finished])).toEqual(['succeeded', 'succeeded']);
    expect(workspace.read('warehouse.log')).toSatisfy(alternate);
    const waits = [...one.events, ...two.events].filter((event) => event.type === 'step-waiting');
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatchObject({
      reason: expect.stringMatching(
        /^waits for `[ab]` of another run \(process \d+\), which writes x too$/,
      ) as string,
    });
  });

  test('a step that waits for another run can be cancelled', async () => {
    const writes = [workspace.path('x')];
    const one = record(workspace, [workspace.sh('a', 'echo go; exec sleep 60', { writes })]);
    await one.until(printed('go'));
    const two = record(workspace, [workspace.sh('b', 'echo never', { writes })]);
    await two.until((event) => event.type === 'step-waiting');
    two.cancel('the test says so');
    expect(await two.finished).toBe('cancelled');
    expect(two.end('b')).toMatchObject({
      status: 'skipped',
      message: 'the run was cancelled before this step began',
    });
    one.cancel('the test says so');
    expect(await one.finished).toBe('cancelled');
  });
});

describe('what cannot be started', () => {
  test('a missing executable: which, where it was looked for, how to get it', async () => {
    const missing = workspace.step('dbt:build', {
      executable: { name: 'no-such-dbt', install: 'pip install dbt-core' },
    });
    const run = record(workspace, [missing, workspace.sh('after', 'echo never')]);
    expect(await run.finished).toBe('not-started');
    expect(run.end('dbt:build')).toMatchObject({
      status: 'not-started',
      message: '`no-such-dbt` was not found (looked in the PATH); install it with: pip install dbt-core',
    });
    expect(run.end('after').message).toBe('skipped, because `dbt:build` could not be started');
    expect(run.events.some((event) => event.type === 'step-started')).toBe(false);
  });

  test('a missing folder, a missing interpreter, arguments without measure', async () => {
    chmodSync(workspace.write('moved', '#!/no/such/python\n'), 0o755);
    const moved = workspace.step('moved', { executable: { name: './moved', install: 'install it' } });
    const cases = [
      [
        workspace.sh('folder', 'true', { cwd: '/no/such/folder' }),
        'the folder /no/such/folder to run in does not exist',
      ],
      [moved, 'names an interpreter in its first line that is not there'],
      [workspace.sh('long', `true ${'x'.repeat(5_000_000)}`), 'could not be started: spawn E2BIG'],
    ] as const;
    for (const [step, message] of cases) {
      const run = record(workspace, [step]);
      expect(await run.finished).toBe('not-started');
      expect(run.end(step.id).message).toContain(message);
    }
  });

  test('a process that something else kills has failed', async () => {
    const run = record(workspace, [workspace.sh('killed', 'kill -KILL $$')]);
    expect(await run.finished).toBe('failed');
    expect(run.end('killed')).toMatchObject({
      status: 'failed',
      signal: 'SIGKILL',
      message: 'something outside of Penstock ended it with SIGKILL',
    });
  });
});
