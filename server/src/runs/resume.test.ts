import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { runSteps } from './engine.ts';
import { EventLog } from './event-log.ts';
import { LocalRunner } from './local-runner.ts';
import { noRedaction } from './redact.ts';
import type { RunEvent } from './run-event.ts';
import { createRunFolder, logFile } from './run-folder.ts';
import { planRun } from './run-plan.ts';
import { RunStore } from './run-store.ts';
import { findResumable, onlyFailed, withoutDone } from './resume.ts';
import { plainInterpreter } from './safe-interpreter.ts';
import type { Step } from '../core/step.ts';
import { Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
let started: number;
beforeEach(() => {
  workspace = new Workspace();
  started = Date.UTC(2026, 0, 1);
});
afterEach(() => workspace.remove());

/** Runs `p` with its log on disk, going on with an earlier run where one is named. */
async function run(steps: readonly Step[], resume?: string): Promise<{ id: string; events: RunEvent[] }> {
  const pipeline = workspace.pipeline(
    'p',
    steps.map(({ id }, at) => ({ id, step: id, needs: at === 0 ? [] : [steps[at - 1]!.id] })),
  );
  const planned = planRun({ requested: [pipeline], find: (id) => steps.find((step) => step.id === id) });
  const found =
    resume === undefined ? undefined : await findResumable(new RunStore(workspace.folder), resume);
  if (found && 'refused' in found) throw new Error(found.refused);
  const id = createRunFolder(workspace.folder, (started += 1_000));
  const events: RunEvent[] = [];
  const log = new EventLog({
    run: id,
    file: logFile(workspace.folder, id),
    clock: systemClock,
    onEvent: (event) => events.push(event),
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  await runSteps({
    requested: [pipeline],
    planned: found ? withoutDone(planned, found.run) : planned,
    ...(found ? { resumes: found.run.id } : {}),
    interpreterOf: () => plainInterpreter,
    runner: new LocalRunner({ folder: workspace.folder, environments: [], env: process.env, settleMs: 200 }),
    log,
    clock: systemClock,
    redact: noRedaction,
    maxParallel: 2,
    folder: workspace.folder,
  }).finished;
  log.close();
  return { id, events };
}

const append = (id: string, more = ''): Step =>
  workspace.node(id, `require('node:fs').appendFileSync('done', '${id} ');${more}`);
const failing = (id: string): Step => append(id, 'process.exit(1)');
const endsOf = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'step-ended' ? `${event.step} ${event.status} ${event.message ?? ''}`.trim() : [],
  );

test('goes on at the step that failed, and says what it skips', async () => {
  const first = await run([append('a'), failing('b'), append('c')]);
  const second = await run([append('a'), failing('b'), append('c')], 'last');
  expect(workspace.read('done')).toBe('a b b ');
  expect(endsOf(second.events)[0]).toBe(
    `p/a skipped skipped, because it succeeded in run ${first.id} already`,
  );
  expect(second.events[0]).toMatchObject({ type: 'run-started', resumes: first.id });
  expect(second.events.at(-1)).toMatchObject({ status: 'failed' });
  // What the second run skipped the third one skips as well.
  const third = await run([append('a'), append('b'), append('c')], second.id);
  expect(workspace.read('done')).toBe('a b b b c ');
  expect(third.events.at(-1)).toMatchObject({ status: 'succeeded' });
  expect(endsOf(third.events)[0]).toContain(first.id);
});

test('what is another step now runs again, and so does what needs it; both say why', async () => {
  await run([append('a'), append('b'), failing('c')]);
  const { events } = await run([append('a', ';'), append('b'), append('c')], 'last');
  expect(workspace.read('done')).toBe('a b c a b c ');
  expect(events[0]).toMatchObject({
    steps: [
      { id: 'p/a', again: 'it is not the same as it was then' },
      { id: 'p/b', again: '`p/a`, which it needs, runs again' },
      { id: 'p/c' },
    ],
  });
});

test('there must be a run, which has ended and left something to do', async () => {
  const store = new RunStore(workspace.folder);
  expect(await findResumable(store, 'last')).toEqual({ refused: 'nothing has run here yet' });
  const { id } = await run([append('a')]);
  expect(await findResumable(store, 'last')).toEqual({
    refused: `run \`${id}\` succeeded, so there is nothing left to do; run it again`,
  });
  expect(await findResumable(store, '20260101-000000-000')).toEqual({
    refused: 'there is no run `20260101-000000-000` here',
  });
});

test('of what failed only what failed in it, where its tool can tell; a changed step is done whole', async () => {
  const first = [append('a'), failing('b')];
  const { id, events } = await run(first);
  const earlier = await findResumable(new RunStore(workspace.folder), 'last');
  if ('refused' in earlier) throw new Error(earlier.refused);
  const plannedOf = (steps: readonly Step[]): ReturnType<typeof planRun> => {
    const entries = steps.map(({ id: step }, at) => ({
      id: step,
      step,
      needs: at === 0 ? [] : [steps[at - 1]!.id],
    }));
    return planRun({
      requested: [workspace.pipeline('p', entries)],
      find: (name) => steps.find((step) => step.id === name),
    });
  };
  const asked: string[] = [];
  const retry = (step: Step, { from, to }: { readonly from: string; readonly to: string }): Step => {
    const ended = events.find((event) => event.type === 'step-ended' && event.step === `p/${step.id}`)!;
    expect(from <= ended.at && ended.at <= to).toBe(true);
    asked.push(step.id);
    return append('retried');
  };
  const scriptsOf = (planned: ReturnType<typeof planRun>): readonly string[] =>
    planned.map(({ work }) => (work.kind === 'command' ? work.command.args.join(' ') : ''));
  const again = onlyFailed(plannedOf(first), earlier.run, retry);
  expect(scriptsOf(again)[1]).toContain('retried');
  expect(again.map(({ head }) => head.onlyFailed)).toEqual([undefined, true]);
  expect(asked).toEqual(['b']);
  const [, changed] = scriptsOf(onlyFailed(plannedOf([append('a'), failing('b ')]), earlier.run, retry));
  expect(changed).not.toContain('retried');
  expect(scriptsOf(onlyFailed(plannedOf(first), earlier.run, () => undefined))).toEqual(
    scriptsOf(plannedOf(first)),
  );
  expect(earlier.run.id).toBe(id);
});
