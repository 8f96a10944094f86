import { closest } from '../core/closest.ts';
import type { StepRequest } from '../runs/run-requests.ts';
import type { RunSummary } from '../runs/run-store.ts';
import { CannotRun } from './cannot-run.ts';

/** What can be asked of a run while it runs. */
const controls = ['cancel', 'pause', 'continue'] as const;
export type Control = (typeof controls)[number];

export function isControl(word: string): word is Control {
  return (controls as readonly string[]).includes(word);
}

export interface Controllable {
  readonly summary: RunSummary;
  /** Ids and public names of its steps. */
  readonly steps: readonly string[];
  readonly cancel: () => Promise<void>;
  readonly ask: (request: StepRequest) => Promise<void>;
}

/** Hands what is wanted to the run's driver; gives a sentence that says so. */
export async function controlRun(control: Control, run: Controllable, step?: string): Promise<string> {
  const { summary, steps } = run;
  if (summary.status !== 'running')
    throw new CannotRun(`run \`${summary.id}\` does not run any more: it is ${summary.status}`);
  if (step === undefined) {
    if (control !== 'cancel') throw new CannotRun(`name the step before which the run is to ${control}`);
    await run.cancel();
    return `Asked run ${summary.id} to end; asked again, it is harder.`;
  }
  if (!steps.includes(step)) {
    const meant = closest(step, steps);
    const hint = meant === undefined ? `it has ${steps.join(', ')}` : `did you mean \`${meant}\`?`;
    throw new CannotRun(`run \`${summary.id}\` has no step \`${step}\`; ${hint}`);
  }
  await run.ask({ ask: control, step });
  return said[control](step, summary.id);
}

const said: Readonly<Record<Control, (step: string, run: string) => string>> = {
  cancel: (step, run) => `Asked run ${run} to end ${step}; the rest goes on.`,
  pause: (step, run) => `Run ${run} pauses before ${step}, unless that has begun.`,
  continue: (step, run) => `Run ${run} goes on with ${step}.`,
};
