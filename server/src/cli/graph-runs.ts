import type { Definition, Located } from '../core/facts.ts';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { Step } from '../core/step.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { LastRuns, type KnownRun, type Went } from '../runs/last-runs.ts';
import { runsLookedAt } from '../runs/node-states.ts';
import { PipelineRun } from '../runs/pipeline-run.ts';
import { readRun } from '../runs/read-runs.ts';
import { RunStore } from '../runs/run-store.ts';

/** How the things of a platform's graph went when they last ran, from the logs on disk. */
export class GraphRuns {
  readonly #platform: Platform;
  readonly #runs: readonly KnownRun[];
  readonly #last: LastRuns;

  private constructor(platform: Platform, runs: readonly KnownRun[]) {
    this.#platform = platform;
    this.#runs = runs;
    const steps = platform.steps();
    this.#last = new LastRuns(runs, {
      projectOf: (name, folder) =>
        steps.find(({ id, project }) => id === name && isInside(project, folder))?.project,
      uriOf: fromFsPath,
    });
  }

  static async read(platform: Platform): Promise<GraphRuns> {
    const all = platform.folders.flatMap((folder) => {
      const store = new RunStore(toFsPath(folder));
      return store.ids().map((id) => ({ folder, store, id }));
    });
    const newest = all.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, runsLookedAt);
    const runs: KnownRun[] = [];
    for (const { folder, store, id } of newest)
      runs.push({ folderUri: folder, snapshot: (await readRun(store, id)).snapshot });
    return new GraphRuns(platform, runs);
  }

  /** Of a thing; of one that no run tells of by its name, how the step went that runs it. */
  of({ path, what, name }: Located<Definition>, step: string | undefined): Went | undefined {
    const project = this.#platform.projectOf(path)?.root;
    if (project === undefined) return undefined;
    const own = this.#last.of({ projectUri: project, what, name });
    return own ?? (step === undefined ? undefined : this.#last.ofStep(step, project));
  }

  ofPipeline({ id, project }: Step): PipelineRun | undefined {
    const folder = this.#platform.folders.find((each) => isInside(project, each));
    return folder === undefined ? undefined : new PipelineRun(this.#runs, id, folder);
  }
}
