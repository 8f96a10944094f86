import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { main } from './main.ts';
import { logOf, startDriver, untilSaid } from './test-support/driver.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

/** What `penstock runs …` prints, or complains of. */
async function runs(...words: readonly string[]): Promise<string> {
  let said = '';
  const io = {
    out: (text: string) => (said += text),
    err: (text: string) => (said += text),
    cwd: workspace.folder,
  };
  await main(['runs', ...words], { systems: [], version: '0', io });
  return said;
}

test('from another terminal a step is cancelled, and one before which the run pauses goes on', async () => {
  const steps = [
    workspace.pipeline('test:all', [
      { id: 'slow', step: 'test:slow', needs: [] },
      { id: 'first', step: 'test:first', needs: [] },
      { id: 'then', step: 'test:then', needs: ['first'] },
    ]),
    workspace.sh('test:slow', 'echo ready; exec sleep 600'),
    workspace.sh('test:first', 'true'),
    workspace.sh('test:then', 'echo went on'),
  ];
  const child = startDriver(workspace, steps, ['test:all'], { pauseBefore: ['test:then'] });
  const ended = once(child, 'exit');
  await untilSaid(child, '⏸ test:all/then paused before it begins');
  const { id } = (await new RunStore(workspace.folder).list())[0]!;
  expect(await runs('cancel', 'last', 'test:all/slwo')).toBe(
    `penstock runs: run \`${id}\` has no step \`test:all/slwo\`; did you mean \`test:all/slow\`?\n`,
  );
  expect(await runs('pause', 'last')).toMatch(/name the step before which the run is to pause/);
  expect(await runs('cancel', 'last', 'test:all/slow')).toBe(
    `Asked run ${id} to end test:all/slow; the rest goes on.\n`,
  );
  await untilSaid(child, '■ test:all/slow');
  expect(await runs('continue', 'last', 'test:then')).toBe(`Run ${id} goes on with test:then.\n`);
  expect((await ended)[0]).toBe(130);
  const ends = logOf(workspace, id).flatMap((event) =>
    event.type === 'step-ended' ? [[event.step, event.status]] : [],
  );
  expect(Object.fromEntries(ends)).toEqual({
    'test:all/slow': 'cancelled',
    'test:all/first': 'succeeded',
    'test:all/then': 'succeeded',
  });
  expect(await runs('cancel', id)).toBe(
    `penstock runs: run \`${id}\` does not run any more: it is cancelled\n`,
  );
});
