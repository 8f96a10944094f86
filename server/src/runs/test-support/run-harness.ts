import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CancelStage, Command, Interpreter, Pipeline, Step } from '../../core/step.ts';
import { fromFsPath } from '../../files/node-files.ts';
import { systemClock, type Clock } from '../clock.ts';
import { runSteps, type ActiveRun, type RunRequest } from '../engine.ts';
import { LocalRunner } from '../local-runner.ts';
import { noRedaction } from '../redact.ts';
import { planRun, type PlanRequest } from '../run-plan.ts';
import type { RunEventBody } from '../run-event.ts';
import { plainInterpreter } from '../safe-interpreter.ts';

/** A workspace folder of its own, gone with `remove`. */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-run-')));

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A step that runs JavaScript in a process of its own. */
  node(id: string, script: string, more: Partial<Command> = {}): Step {
    return this.step(id, {
      executable: { name: process.execPath, install: 'get Node' },
      args: ['-e', script],
      ...more,
    });
  }

  /** A step that runs a shell script. */
  sh(id: string, script: string, more: Partial<Command> = {}): Step {
    return this.step(id, {
      executable: { name: 'sh', install: 'get a shell' },
      args: ['-c', script],
      ...more,
    });
  }

  step(id: string, more: Partial<Command>): Step {
    const work: Command = {
      kind: 'command',
      executable: { name: 'sh', install: 'get a shell' },
      args: [],
      cwd: fromFsPath(this.folder),
      writes: [],
      cancel: quickStages,
      ...more,
    };
    return {
      id,
      title: id,
      detail: '',
      system: 'test',
      project: fromFsPath(this.folder),
      kind: 'command',
      work,
    };
  }

  pipeline(id: string, steps: Pipeline['steps']): Step {
    return {
      id,
      title: id,
      detail: '',
      system: 'test',
      project: fromFsPath(this.folder),
      kind: 'pipeline',
      work: { kind: 'pipeline', steps },
    };
  }
}

/** Short waits, so that a process that ignores signals does not hold a test up. */
const quickStages: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 300 },
  { signal: 'SIGTERM', waitMs: 300 },
  { signal: 'SIGKILL', waitMs: 300 },
];

export interface Recorded extends ActiveRun {
  readonly events: readonly RunEventBody[];
  /** The step-ended event of a step. */
  end(step: string): RunEventBody & { type: 'step-ended' };
  /** What a step printed. */
  lines(step: string): readonly string[];
  /** Settles when such an event came. */
  until(isIt: (event: RunEventBody) => boolean): Promise<void>;
}

export type RunOptions = Partial<
  Omit<RunRequest, 'requested' | 'folder' | 'log' | 'parameters'> & Omit<PlanRequest, 'requested'>
> & {
  readonly clock?: Clock;
  readonly interpreter?: Interpreter;
};

/** Runs steps for real and keeps what is said. */
export function record(
  workspace: Workspace,
  requested: readonly Step[],
  others: readonly Step[] = [],
  options: RunOptions = {},
): Recorded {
  const events: RunEventBody[] = [];
  const listeners = new Set<() => void>();
  const find = (id: string): Step | undefined => others.find((step) => step.id === id);
  const { parameters, environment, narrow, ...rest } = options;
  const run = runSteps({
    requested,
    planned: planRun({
      requested,
      find,
      ...(parameters ? { parameters } : {}),
      ...(environment ? { environment } : {}),
      ...(narrow ? { narrow } : {}),
    }),
    interpreterOf: () => options.interpreter ?? plainInterpreter,
    runner: new LocalRunner({ folder: workspace.folder, environments: [], env: process.env, settleMs: 200 }),
    clock: systemClock,
    redact: noRedaction,
    maxParallel: 4,
    ...rest,
    folder: workspace.folder,
    log: {
      write(event) {
        events.push(event);
        for (const listener of listeners) listener();
      },
      writeLines(head, lines) {
        for (const text of lines.toString('utf8', 0, lines.length - 1).split('\n'))
          events.push({ ...head, text });
        for (const listener of listeners) listener();
      },
    },
  });
  return {
    ...run,
    events,
    end: (step) =>
      events.find((event) => event.type === 'step-ended' && event.step === step) as RunEventBody & {
        type: 'step-ended';
      },
    lines: (step) =>
      events.flatMap((event) => (event.type === 'output' && event.step === step ? [event.text] : [])),
    until: (isIt) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!events.some(isIt)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

/** True of the event that says that a step printed this line. */
export function printed(text: string): (event: RunEventBody) => boolean {
  return (event) => event.type === 'output' && event.text.startsWith(text);
}
