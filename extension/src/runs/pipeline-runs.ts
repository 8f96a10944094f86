import type { RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { statusOf, whenText, type KnownRun, type LastRun, type RunPlace } from './node-runs.ts';

/** How the steps of a pipeline went in its newest run, the running one included. */
export class PipelineRun {
  readonly #steps: readonly RunStepSnapshot[];
  readonly #pipeline: string;
  /** Undefined where it never ran. */
  readonly place: RunPlace | undefined;

  /** `runs` are newest first. */
  constructor(runs: readonly KnownRun[], pipeline: string, folderUri: string) {
    const last = runs.find(
      (each) => each.folderUri === folderUri && each.snapshot.requested.includes(pipeline),
    );
    this.#pipeline = pipeline;
    this.#steps = last?.snapshot.steps ?? [];
    this.place = last && { folderUri, run: last.snapshot.id };
  }

  /** Of an entry; undefined before it began. An entry that is a pipeline itself is as its worst step is. */
  of(entry: string, now: Date): LastRun | undefined {
    const id = `${this.#pipeline}/${entry}`;
    const own = this.#steps.filter((step) => step.id === id || step.id.startsWith(`${id}/`));
    const [worst] = own
      .flatMap((step) => {
        const status = statusOf(step.status);
        return status ? [{ step, status }] : [];
      })
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
    if (!worst) return undefined;
    const { step, status } = worst;
    const { startedAt, message } = step;
    return {
      status,
      step: step.step,
      when: startedAt === undefined ? 'not started' : whenText(startedAt, now),
      ...(message === undefined ? {} : { message }),
    };
  }
}

const order: readonly LastRun['status'][] = ['failed', 'running', 'warned', 'skipped', 'succeeded'];
