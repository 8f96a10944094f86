import { said, type KnownRun, type RunPlace, type Went } from './last-runs.ts';
import { statusOf } from './node-states.ts';
import type { RunStepSnapshot } from './run-state.ts';

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
  of(entry: string): Went | undefined {
    const id = `${this.#pipeline}/${entry}`;
    const own = this.#steps.filter((step) => step.id === id || step.id.startsWith(`${id}/`));
    const [worst] = own
      .flatMap((step) => {
        const status = statusOf(step.status);
        return status ? [{ step, status }] : [];
      })
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
    if (!worst) return undefined;
    const { step, startedAt, message } = worst.step;
    const began = startedAt === undefined ? {} : { startedAt };
    return { status: worst.status, step, ...began, ...said(message) };
  }
}

const order: readonly Went['status'][] = ['failed', 'running', 'warned', 'skipped', 'succeeded'];
