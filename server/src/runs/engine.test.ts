import { chmodSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interpreter } from '../core/step.ts';
import { isRunning } from './process-table.ts';
import { createRedactor } from './redact.ts';
import { plainInterpreter } from './step-output.ts';
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

describe('cancel', () => {
  const alive = (pids: readonly number[]): readonly number[] => pids.filter((pid) => isRunning(pid));
  const pidsOf = (lines: readonly string[]): readonly number[] =>
    lines.flatMap((line) => (line.startsWith('pid ') ? [Number(line.slice(4))] : []));

  test('ends children and grandchildren', async () => {
    const script = `
      echo pid $$
      sh -c 'echo pid $$; sh -c "echo pid \\$\\$; echo ready; sleep 60; true"; true' &
      wait`;
    const run = record(workspace, [workspace.sh('tree', script), workspace.sh('after', 'echo never')]);
    await run.until(printed('ready'));
    const pids = pidsOf(run.lines('tree'));
    expect(alive(pids)).toHaveLength(3);
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pids)).toEqual([]);
    expect(run.end('tree').status).toBe('cancelled');
    expect(run.end('after')).toMatchObject({ status: 'skipped' });
    expect(run.events).toContainEqual({
      type: 'cancelling',
      signal: 'SIGINT',
      reason: 'the test says so',
      step: 'tree',
    });
  });

  test('goes on to harder signals when they are ignored', async () => {
    const script = `
      process.on('SIGINT', () => console.log('ignored SIGINT'));
      process.on('SIGTERM', () => console.log('ignored SIGTERM'));
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const run = record(workspace, [workspace.node('stubborn', script)]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    const said = run.events.flatMap((event) =>
      event.type === 'cancelling' ? [`${event.signal}: ${event.reason}`] : [],
    );
    expect(said).toEqual([
      'SIGINT: the test says so',
      'SIGTERM: it had not ended 0.3 s after SIGINT',
      'SIGKILL: it had not ended 0.3 s after SIGTERM',
    ]);
    expect(run.lines('stubborn')).toEqual(['ready', 'ignored SIGINT', 'ignored SIGTERM']);
    expect(run.end('stubborn')).toMatchObject({ status: 'cancelled', signal: 'SIGKILL' });
  });

  test('what the cancel broke off has not failed', async () => {
    const interpreter: Interpreter = {
      line: (_stream, text) =>
        text === 'ready'
          ? plainInterpreter.line('stdout', text)
          : [{ kind: 'node-ended', node: text, status: 'failed', message: 'interrupted' }],
    };
    const script = `
      process.on('SIGINT', () => { console.log('broken off'); process.exit(2); });
      setInterval(() => {}, 1000);
      console.log('really failed');
      console.log('ready');`;
    const run = record(workspace, [workspace.node('tool', script)], [], { interpreter });
    await run.until(printed('ready'));
    run.cancel('the test says so');
    await run.finished;
    const nodes = run.events.filter((event) => event.type === 'node-ended');
    expect(nodes.map((event) => `${event.node}: ${event.status}`)).toEqual([
      'really failed: failed',
      'broken off: skipped',
    ]);
    expect(run.events.at(-1)).toMatchObject({ totals: { failed: 1, skipped: 1 } });
  });

  test('asked again it does not wait', async () => {
    const cancel = [
      { signal: 'SIGINT', waitMs: 3_600_000 },
      { signal: 'SIGKILL', waitMs: 100 },
    ] as const;
    const script = `process.on('SIGINT', () => console.log('no')); setInterval(() => {}, 1000); console.log('ready');`;
    const run = record(workspace, [workspace.node('stubborn', script, { cancel })]);
    await run.until(printed('ready'));
    run.cancel('first');
    await run.until(printed('no'));
    run.cancel('second');
    expect(await run.finished).toBe('cancelled');
    expect(run.end('stubborn').signal).toBe('SIGKILL');
  });

  test('a child that outlives its parent is ended, too', async () => {
    const child = `trap '' INT; echo pid $$; echo ready; while true; do sleep 0.1; done`;
    const run = record(workspace, [
      workspace.node(
        'parent',
        `
      process.on('SIGINT', () => process.exit(0));
      require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(child)}], { stdio: 'inherit' });
      `,
      ),
    ]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pidsOf(run.lines('parent')))).toEqual([]);
    expect(run.end('parent')).toMatchObject({ status: 'cancelled', exitCode: 0 });
  });

  test('a child that left the group is ended, too', async () => {
    const child = `console.log('pid ' + process.pid); console.log('ready'); setInterval(() => {}, 1000)`;
    const run = record(workspace, [
      workspace.node(
        'parent',
        `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true });
      setInterval(() => {}, 1000);`,
      ),
    ]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pidsOf(run.lines('parent')))).toEqual([]);
  });

  test('waits as long as the clock says, not longer', async () => {
    const script = `process.on('SIGINT', () => console.log('no')); setInterval(() => {}, 1000); console.log('ready');`;
    let now = Date.parse('2026-11-23T08:00:00Z');
    const timers: { readonly at: number; readonly callback: () => void }[] = [];
    const clock = {
      now: () => now,
      after: (delayMs: number, callback: () => void) => {
        const timer = { at: now + delayMs, callback };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    };
    const cancel = [{ signal: 'SIGINT', waitMs: 10_000 }] as const;
    const run = record(workspace, [workspace.node('slow', script, { cancel })], [], { clock });
    await run.until(printed('ready'));
    run.cancel('the test says so');
    await run.until(printed('no'));
    expect(timers.map((timer) => timer.at - now)).toEqual([10_000]);
    now += 10_000;
    timers[0]!.callback();
    expect(await run.finished).toBe('cancelled');
    expect(run.end('slow')).toMatchObject({ signal: 'SIGKILL', durationMs: 10_000 });
    expect(run.events.at(-1)).toMatchObject({ type: 'run-ended', durationMs: 10_000 });
    expect(timers).toEqual([]);
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

describe('output', () => {
  test('100,000 lines arrive, all of them, in order', async () => {
    const script = `let text = ''; for (let at = 0; at < 100000; at++) text += 'line ' + at + '\\n'; process.stdout.write(text);`;
    const run = record(workspace, [workspace.node('much', script)]);
    expect(await run.finished).toBe('succeeded');
    const lines = run.lines('much');
    expect(lines).toHaveLength(100_000);
    expect(lines.every((line, at) => line === `line ${at}`)).toBe(true);
  });

  test('a grandchild that holds the pipe does not hang the run', async () => {
    const run = record(workspace, [workspace.sh('leaver', 'sleep 3600 & echo pid $!; echo done')]);
    expect(await run.finished).toBe('succeeded');
    expect(run.lines('leaver').at(-1)).toBe('done');
    const pid = Number(run.lines('leaver')[0]!.slice(4));
    // The signal is sent; how soon it is obeyed is the system's affair.
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('what a step leaves running on purpose, without its pipes, stays', async () => {
    const run = record(workspace, [workspace.sh('daemon', 'sleep 3600 >/dev/null 2>&1 & echo $!')]);
    expect(await run.finished).toBe('succeeded');
    const pid = Number(run.lines('daemon')[0]);
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('half characters, CR and no line end at the end', async () => {
    const script = `
      const bytes = Buffer.from('früh ✓ 🚰\\r\\n10 %\\r20 %\\r\\nlast');
      let at = 0;
      const next = () => { if (at < bytes.length) process.stdout.write(bytes.subarray(at, ++at), () => setImmediate(next)); };
      next();`;
    const run = record(workspace, [workspace.node('bytes', script)]);
    await run.finished;
    expect(run.lines('bytes')).toEqual(['früh ✓ 🚰', '10 %', '20 %', 'last']);
  });

  test('the system reads it; paths become whole, secrets are masked everywhere', async () => {
    const interpreter: Interpreter = {
      line(stream, text) {
        const [kind, rest = ''] = text.split(/ (.*)/);
        if (kind === 'bug') throw new Error('no');
        if (kind === 'start')
          return [{ kind: 'node-started', node: 'n', title: rest, what: 'model', path: 'models/n.sql' }];
        if (kind === 'end')
          return [
            { kind: 'node-ended', node: 'n', status: 'failed', message: rest, path: '../n.sql', line: 7 },
          ];
        if (kind === 'rows') return [{ kind: 'progress', node: 'n', records: Number(rest) }];
        return [
          {
            kind: 'text',
            text: rest.replaceAll('|', '\n'),
            level: stream === 'stderr' ? 'error' : 'info',
            node: 'n',
          },
        ];
      },
    };
    const script =
      "echo 'start n hunter22'; echo 'rows 5'; echo 'end bad hunter22'; echo 'bug hunter22'; echo 'say a|hunter22' >&2";
    const step = workspace.sh('s', script, { env: { X: 'y' } });
    const run = record(workspace, [step], [], { interpreter, redact: createRedactor(['hunter22']) });
    await run.finished;
    const parent = workspace.folder.slice(0, workspace.folder.lastIndexOf('/'));
    expect(run.events.filter((event) => event.type !== 'output').slice(1, -2)).toEqual([
      expect.objectContaining({
        type: 'step-started',
        command: ['/bin/sh', '-c', script.replaceAll('hunter22', '***')].map((part, at) =>
          at === 0 ? (expect.stringMatching(/sh$/) as string) : part,
        ),
      }) as unknown,
      {
        type: 'node-started',
        step: 's',
        node: 'n',
        title: 'n ***',
        what: 'model',
        path: workspace.path('models/n.sql'),
      },
      { type: 'progress', step: 's', node: 'n', records: 5 },
      {
        type: 'node-ended',
        step: 's',
        node: 'n',
        status: 'failed',
        message: 'bad ***',
        path: `${parent}/n.sql`,
        line: 7,
      },
    ]);
    const output = run.events.filter((event) => event.type === 'output');
    expect(output).toContainEqual({
      type: 'output',
      step: 's',
      stream: 'stdout',
      level: 'info',
      text: 'bug ***',
    });
    expect(output).toContainEqual({
      type: 'output',
      step: 's',
      stream: 'stderr',
      level: 'error',
      node: 'n',
      text: 'a',
    });
    expect(output).toContainEqual({
      type: 'output',
      step: 's',
      stream: 'stderr',
      level: 'error',
      node: 'n',
      text: '***',
    });
  });

  test('a secret that a process prints in pieces is masked', async () => {
    const script = `process.stdout.write('it is hun'); setTimeout(() => process.stdout.write('ter22\\n'), 50);`;
    const run = record(workspace, [workspace.node('pieces', script)], [], {
      redact: createRedactor(['hunter22']),
    });
    await run.finished;
    expect(run.lines('pieces')).toEqual(['it is ***']);
  });

  test("a step's own variables reach it, Electron's do not", async () => {
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    const script = 'echo "$OWN-$ELECTRON_RUN_AS_NODE-$PYTHONUNBUFFERED"';
    const run = record(workspace, [workspace.sh('env', script, { env: { OWN: 'yes' } })]);
    await run.finished;
    delete process.env['ELECTRON_RUN_AS_NODE'];
    expect(run.lines('env')).toEqual(['yes--1']);
  });
});
