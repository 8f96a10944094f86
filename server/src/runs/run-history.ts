import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LastRun, RunHistory } from '../core/last-run.ts';
import { toFsPath } from '../files/node-files.ts';
import { NodeStates, runsLookedAt, type NodeState } from './node-states.ts';
import { readRun } from './read-runs.ts';
import { createRedactor } from './redact.ts';
import { runsFolder } from './run-folder.ts';
import { RunStore } from './run-store.ts';
import { secretsOfEnvFiles, secretsOfEnvironment } from './secret-values.ts';

/** What the logs of runs tell, in whatever folder above a project they lie. A log is read once it is asked for, and once when it has ended. */
export function createRunHistory(env: Readonly<Record<string, string | undefined>>): RunHistory {
  const known = new Map<string, FolderHistory>();
  const historyIn = (folder: string): FolderHistory => {
    let history = known.get(folder);
    if (!history) known.set(folder, (history = new FolderHistory(folder)));
    return history;
  };
  const find = async (
    project: string,
    pick: (states: NodeStates, folder: string) => NodeState | undefined,
  ): Promise<LastRun | undefined> => {
    for (const folder of foldersUp(project)) {
      if (!existsSync(runsFolder(folder))) continue;
      const state = pick(await historyIn(folder).states(), project);
      if (!state) continue;
      const { startedAt, step, run: _run, ...rest } = state;
      return { ...rest, at: startedAt, by: step };
    }
    return undefined;
  };
  return {
    last: ({ root }, node) => find(toFsPath(root), (states, folder) => states.withId(folder, node)),
    lastOfStep: ({ root }, step) => find(toFsPath(root), (states, folder) => states.ofStep(folder, step)),
    masking({ root }, secrets) {
      const folder = toFsPath(root);
      const own = [
        ...secretsOfEnvironment(env),
        ...foldersUp(folder).flatMap((each) => secretsOfEnvFiles(each, each)),
      ];
      const redact = createRedactor([...secrets, ...own]);
      return (text) => redact.text(text);
    },
  };
}

function foldersUp(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}

/** The runs of one folder, of which those that ended are read once. */
class FolderHistory {
  readonly #store: RunStore;
  readonly #ended = new NodeStates();
  readonly #read = new Set<string>();
  #reading: Promise<NodeStates> | undefined;

  constructor(folder: string) {
    this.#store = new RunStore(folder);
  }

  /** Who asks while the logs are being read waits for that. */
  states(): Promise<NodeStates> {
    return (this.#reading ??= this.#states().finally(() => (this.#reading = undefined)));
  }

  async #states(): Promise<NodeStates> {
    let running: NodeStates | undefined;
    for (const id of this.#store.ids().slice(0, runsLookedAt)) {
      if (this.#read.has(id)) continue;
      const { snapshot, isOver } = await readRun(this.#store, id);
      if (!isOver) (running ??= new NodeStates()).take(snapshot);
      else {
        this.#read.add(id);
        this.#ended.take(snapshot);
      }
    }
    return running ? this.#ended.with(running) : this.#ended;
  }
}
