import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock, type Clock } from './clock.ts';
import { isRunning } from './process-table.ts';
import { printed, record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

const pidIn = (lines: readonly string[], word = 'pid'): number =>
  Number(lines.find((line) => line.startsWith(`${word} `))!.slice(word.length + 1));

describe('somebody kills', () => {
  test('the step: it has failed, and says by what', async () => {
    const run = record(workspace, [workspace.sh('victim', 'echo pid $$; exec sleep 600')]);
    await run.until(printed('pid'));
    process.kill(pidIn(run.lines('victim')), 'SIGKILL');
    expect(await run.finished).toBe('failed');
    expect(run.end('victim')).toMatchObject({ status: 'failed', signal: 'SIGKILL' });
  });

  test('a grandchild: the step decides what that means', async () => {
    const script = `sleep 600 & echo pid $!; wait $!; echo it ended with $?; exit 3`;
    const run = record(workspace, [workspace.sh('parent', script)]);
    await run.until(printed('pid'));
    process.kill(pidIn(run.lines('parent')), 'SIGKILL');
    expect(await run.finished).toBe('failed');
    // The shell itself may say `Killed` on its error output, before or after.
    expect(run.lines('parent')).toContain('it ended with 137');
    expect(run.end('parent')).toMatchObject({ exitCode: 3 });
  });

  test('the parent alone: what it leaves behind with its pipes is ended', async () => {
    const run = record(workspace, [workspace.sh('parent', 'sleep 600 & echo pid $!; echo own $$; wait')]);
    await run.until(printed('own'));
    process.kill(pidIn(run.lines('parent'), 'own'), 'SIGKILL');
    expect(await run.finished).toBe('failed');
    const left = pidIn(run.lines('parent'));
    // The signal is sent; how soon it is obeyed is the system's affair.
    while (isRunning(left)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});

describe('a process', () => {
  test('that closes its output early is waited for, and its status counts', async () => {
    const run = record(workspace, [
      workspace.sh('silent', 'echo last words; exec >&- 2>&-; sleep 0.5; exit 5'),
    ]);
    expect(await run.finished).toBe('failed');
    expect(run.lines('silent')).toEqual(['last words']);
    expect(run.end('silent')).toMatchObject({ exitCode: 5 });
    expect((run.end('silent') as { durationMs: number }).durationMs).toBeGreaterThan(400);
  });

  test('that closes its output early can be cancelled', async () => {
    const run = record(workspace, [workspace.sh('silent', 'echo pid $$; exec >&- 2>&-; sleep 600')]);
    await run.until(printed('pid'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(isRunning(pidIn(run.lines('silent')))).toBe(false);
  });

  test('that writes binary costs no line around it', async () => {
    const script = `
      const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256));
      process.stdout.write('before\\n');
      process.stdout.write(bytes);
      process.stdout.write('\\nafter\\n');`;
    const run = record(workspace, [workspace.node('binary', script)]);
    expect(await run.finished).toBe('succeeded');
    const lines = run.lines('binary');
    expect([lines[0], lines.at(-1)]).toEqual(['before', 'after']);
    // The bytes hold both line ends sixteen times, each ends a line.
    expect(lines).toHaveLength(2 + 2 * 16 + 1);
    expect(JSON.parse(JSON.stringify(lines))).toEqual(lines);
  });

  test('that ends amid a character has said the rest', async () => {
    const script = `process.stdout.write(Buffer.concat([Buffer.from('half '), Buffer.from('✓').subarray(0, 2)]));`;
    const run = record(workspace, [workspace.node('half', script)]);
    expect(await run.finished).toBe('succeeded');
    expect(run.lines('half')).toEqual(['half \ufffd']);
  });

  test('that writes a line of 10 MB has it cut, and the next one whole', async () => {
    const script = `process.stdout.write('word '.repeat(2_000_000) + '\\nnext\\n');`;
    const run = record(workspace, [workspace.node('long', script)]);
    expect(await run.finished).toBe('succeeded');
    const [long, next] = run.lines('long');
    expect(long!.length).toBeLessThan(1_000_100);
    expect(long).toMatch(/ … \[line cut, 9000000 more bytes\]$/);
    expect(next).toBe('next');
  });

  test('that forks and leaves ends its step; what it left holds nothing up', async () => {
    const script = `(trap '' INT TERM HUP; echo pid $BASHPID; sleep 600) & exit 0`;
    const run = record(workspace, [
      workspace.step('leaver', { executable: { name: 'bash', install: 'get bash' }, args: ['-c', script] }),
    ]);
    expect(await run.finished).toBe('succeeded');
    const left = pidIn(run.lines('leaver'));
    while (isRunning(left)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});

test('the clock jumps back: nothing lasts less than no time, and all ends as it would', async () => {
  let now = Date.parse('2026-11-23T08:00:00Z');
  const clock: Clock = { ...systemClock, now: () => now };
  const wait = [
    workspace.sh('first', 'echo ready; until [ -e go ]; do sleep 0.02; done'),
    workspace.sh('second', 'true'),
  ];
  const run = record(workspace, wait, [], { clock });
  await run.until(printed('ready'));
  now -= 3_600_000;
  workspace.write('go', '');
  expect(await run.finished).toBe('succeeded');
  const durations = run.events.flatMap((event) => ('durationMs' in event ? [event.durationMs] : []));
  expect(durations).toEqual([0, 0, 0]);
});
