import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CancelStage, Step } from '../core/step.ts';
import { systemClock } from './clock.ts';
import { runSteps } from './engine.ts';
import { EventLog } from './event-log.ts';
import { LocalRunner } from './local-runner.ts';
import { ProcessRecord } from './process-record.ts';
import { isMarked, processTable } from './process-table.ts';
import { noRedaction } from './redact.ts';
import { createRunFolder, logFile, processesFile } from './run-folder.ts';
import { planRun } from './run-plan.ts';
import { RunStore } from './run-store.ts';
import { plainInterpreter } from './safe-interpreter.ts';
import { Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

const seed = Number(process.env['PENSTOCK_SEED'] ?? 7);
/** `PENSTOCK_SOAK_RUNS=1000` for the whole of it, which takes a minute. */
const runs = Number(process.env['PENSTOCK_SOAK_RUNS'] ?? 250);
const atOnce = 24;

/** mulberry32: the same numbers for the same seed. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const stages: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 60 },
  { signal: 'SIGKILL', waitMs: 60 },
];
const scripts = [
  'echo short',
  'echo long; exec sleep 600',
  'sleep 600 & sleep 600 & echo tree; wait',
  `trap '' INT TERM; echo stubborn; sleep 600`,
  '(sleep 600 &) ; echo orphaned; sleep 600',
  'for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.01; done; exit 3',
];

test(
  `${runs} runs are started and cancelled at random times: no process is left, and no history is broken`,
  { timeout: 600_000 },
  async () => {
    const random = createRandom(seed);
    const mark = `PENSTOCK_SOAK=${process.pid}-${seed}`;
    const env = { ...process.env, PENSTOCK_SOAK: `${process.pid}-${seed}` };
    const runner = new LocalRunner({ folder: workspace.folder, environments: [], env, settleMs: 200 });
    const one = async (): Promise<void> => {
      const requested: readonly Step[] = ['first', 'second'].map((id) =>
        workspace.sh(id, scripts[Math.floor(random() * scripts.length)]!, {
          cancel: stages,
          writes: random() < 0.2 ? [workspace.path('warehouse.duckdb')] : [],
        }),
      );
      const id = createRunFolder(workspace.folder, Date.now());
      const log = new EventLog({
        run: id,
        file: logFile(workspace.folder, id),
        clock: systemClock,
        onProblem: (message) => expect.unreachable(message),
      });
      const record = new ProcessRecord(processesFile(workspace.folder, id));
      const run = runSteps({
        requested,
        planned: planRun({ requested, find: () => undefined }),
        interpreterOf: () => plainInterpreter,
        runner,
        log,
        clock: systemClock,
        redact: noRedaction,
        maxParallel: 2,
        folder: workspace.folder,
        onStarted: (step, process) => record.note(step, process),
      });
      // At once, amid the start, later, and sometimes twice.
      systemClock.after(random() ** 2 * 200, () => run.cancel('chance'));
      if (random() < 0.3) systemClock.after(random() * 250, () => run.cancel('chance again'));
      await run.finished;
      log.close();
      record.remove();
    };
    let started = 0;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (started++ < runs) await one();
      }),
    );
    const marked = processTable().filter(({ pid, zombie }) => !zombie && isMarked(pid, mark));
    expect(marked).toEqual([]);
    const store = new RunStore(workspace.folder);
    const listed = await store.list();
    expect(listed).toHaveLength(runs);
    for (const { id, status } of listed) {
      expect(['succeeded', 'failed', 'cancelled'], id).toContain(status);
      const events = [];
      for await (const event of store.read(id)) events.push(event);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at));
      expect(events.filter(({ type }) => type === 'step-ended')).toHaveLength(2);
      expect(events.at(-1)?.type).toBe('run-ended');
      expect(readdirSync(dirname(store.logPath(id)))).toEqual(['events.jsonl']);
    }
    expect(readdirSync(workspace.path('.penstock/locks'))).toEqual([]);
  },
);
