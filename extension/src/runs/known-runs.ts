import * as vscode from 'vscode';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { Contents } from '../contents.ts';
import type { KnownRun } from '../../../server/src/runs/last-runs.ts';
import { runsLookedAt } from '../../../server/src/runs/node-states.ts';
import { NodeRuns } from './node-runs.ts';
import type { RunStores } from './run-stores.ts';

export interface KnownRunsDeps {
  readonly log: vscode.LogOutputChannel;
  readonly contents: Contents;
  readonly runs: RunStores;
}

/** How things last ran, read while somebody wants to see it and told anew as runs begin, go on and end. */
export class KnownRuns implements vscode.Disposable {
  readonly #deps: KnownRunsDeps;
  readonly #isWanted: () => boolean;
  readonly #changed: () => void;
  readonly #subscriptions: readonly vscode.Disposable[];
  #known: readonly KnownRun[] = [];
  #nodes = new NodeRuns([], { projectOf: () => undefined, uriOf: uriOfFolder });
  #reads = 0;

  constructor(deps: KnownRunsDeps, options: { isWanted(): boolean; changed(): void }) {
    this.#deps = deps;
    this.#isWanted = () => options.isWanted();
    this.#changed = () => options.changed();
    const { contents, runs } = deps;
    this.#subscriptions = [
      contents.onChanged(() => void this.read()),
      runs.onChanged(() => void this.read()),
      runs.onProgressed(() => void this.read()),
    ];
  }

  get nodes(): NodeRuns {
    return this.#nodes;
  }

  /** The newest first. */
  get all(): readonly KnownRun[] {
    return this.#known;
  }

  /** Of several reads asked for while one goes on, the last one counts. */
  async read(): Promise<void> {
    if (!this.#isWanted()) return;
    const read = ++this.#reads;
    const { runs, contents, log } = this.#deps;
    const known: KnownRun[] = [];
    for (const entry of runs.entries.slice(0, runsLookedAt)) {
      try {
        known.push({ folderUri: entry.folder.uri.toString(), snapshot: await runs.snapshot(entry) });
      } catch (error) {
        log.debug(`run ${entry.summary.id} tells nothing of what it ran: ${String(error)}`);
      }
      if (read !== this.#reads) return;
    }
    this.#known = known;
    this.#nodes = new NodeRuns(known, {
      projectOf: (step, folderUri) => projectOf(contents.steps, step, folderUri),
      uriOf: uriOfFolder,
    });
    this.#changed();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function projectOf(steps: readonly StepAnswer[], step: string, folderUri: string): string | undefined {
  return steps.find((each) => each.id === step && each.folderUri === folderUri)?.projectUri;
}

function uriOfFolder(folder: string): string {
  return vscode.Uri.file(folder).toString();
}
