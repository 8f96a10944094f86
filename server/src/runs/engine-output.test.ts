import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interpreter } from '../core/step.ts';
import { isRunning } from './process-table.ts';
import { createRedactor } from './redact.ts';
import { record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

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
        if (kind === 'bug') throw new Error(`no ${rest}`);
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
      stream: 'stdout',
      level: 'warn',
      text: 'Penstock could not read this output, which is shown as it was printed: Error: no ***',
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

  test('failures that name a file and a line become problems, with whole paths and without secrets', async () => {
    const script = `
      echo 'Traceback (most recent call last):' >&2
      echo '  File "scripts/load.py", line 7, in <module>' >&2
      echo 'ValueError: hunter22 is no key' >&2
      exit 1`;
    const run = record(workspace, [workspace.sh('load', script)], [], {
      redact: createRedactor(['hunter22']),
    });
    expect(await run.finished).toBe('failed');
    expect(run.events.filter(({ type }) => type === 'problem')).toEqual([
      {
        type: 'problem',
        step: 'load',
        message: 'ValueError: *** is no key',
        path: workspace.path('scripts/load.py'),
        line: 7,
      },
    ]);
    expect(run.events.at(-2)).toMatchObject({ type: 'step-ended' });
  });

  test('what Python itself prints of an exception, of one that follows it, and of a file that it cannot read', async () => {
    workspace.write('load.py', 'def load():\n    return {}["orders"]\n\nload()\n');
    workspace.write(
      'chained.py',
      'import json\n\ntry:\n    json.loads("{")\nexcept ValueError as error:\n    raise SystemError("no orders") from error\n',
    );
    workspace.write('broken.py', 'def load(:\n    pass\n');
    const python = { name: 'python3', install: 'get Python' };
    const problemsOf = async (name: string): Promise<readonly string[]> => {
      const step = workspace.step(name, { executable: python, args: [workspace.path(`${name}.py`)] });
      const run = record(workspace, [step]);
      expect(await run.finished).toBe('failed');
      return run.events.flatMap((event) =>
        event.type === 'problem' ? [`${event.path}:${event.line} ${event.message}`] : [],
      );
    };
    expect(await problemsOf('load')).toEqual([`${workspace.path('load.py')}:2 KeyError: 'orders'`]);
    expect(await problemsOf('chained')).toEqual([`${workspace.path('chained.py')}:6 SystemError: no orders`]);
    expect(await problemsOf('broken')).toEqual([
      `${workspace.path('broken.py')}:1 SyntaxError: invalid syntax`,
    ]);
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
