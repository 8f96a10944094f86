import type { NodeSnapshot, RunSnapshot } from './run-state.ts';

/** Limit: who asks how a thing last went waits while logs are read, and older runs tell of another time. */
export const runsLookedAt = 20;

export interface NodeState {
  readonly status: NodeSnapshot['status'];
  readonly startedAt: string;
  /** Id of the run in which it ran. */
  readonly run: string;
  /** The step that ran it, by its public name. */
  readonly step: string;
  readonly durationMs?: number;
  readonly message?: string;
}

export interface NamedState {
  /** The folder its tool ran in, in the file system's words. */
  readonly folder: string;
  /** In the tool's word: `model`. */
  readonly what: string;
  readonly name: string;
  readonly state: NodeState;
}

/** How the things that steps run went when they last ran, by the folder in which their tool ran. Small, whatever runs said. */
export class NodeStates {
  readonly #byId = new Map<string, NodeState>();
  readonly #byName = new Map<string, NamedState>();

  /** Takes in a run; of several the one in which a thing began last counts, in whatever order they come. */
  take({ id: run, steps }: Pick<RunSnapshot, 'id' | 'steps'>): void {
    for (const { step, cwd, nodes } of steps) {
      if (cwd === undefined) continue;
      for (const { node, title, what, status, startedAt, durationMs, message } of nodes) {
        const state: NodeState = {
          status,
          startedAt,
          run,
          step,
          ...(durationMs === undefined ? {} : { durationMs }),
          ...(message === undefined ? {} : { message }),
        };
        this.#putId(`${cwd}\n${node}`, state);
        this.#putName({ folder: cwd, what, name: title, state });
      }
    }
  }

  /** All that ran, by what a person calls it: tools tell of what they run by kind and name. */
  all(): Iterable<NamedState> {
    return this.#byName.values();
  }

  /** By the tool's own id of it, or the beginning of one before a dot. */
  withId(folder: string, id: string): NodeState | undefined {
    const exact = `${folder}\n${id}`;
    const known = this.#byId.get(exact);
    if (known) return known;
    let newest: NodeState | undefined;
    for (const [key, state] of this.#byId)
      if (key.startsWith(`${exact}.`) && (!newest || state.startedAt > newest.startedAt)) newest = state;
    return newest;
  }

  /** These with those of another, which lose nothing by it. */
  with(other: NodeStates): NodeStates {
    const both = new NodeStates();
    for (const each of [this, other]) {
      for (const [key, state] of each.#byId) both.#putId(key, state);
      for (const named of each.#byName.values()) both.#putName(named);
    }
    return both;
  }

  #putId(key: string, state: NodeState): void {
    const known = this.#byId.get(key);
    if (!known || known.startedAt <= state.startedAt) this.#byId.set(key, state);
  }

  #putName(named: NamedState): void {
    const key = `${named.folder}\n${named.what}\n${named.name}`;
    const known = this.#byName.get(key);
    if (!known || known.state.startedAt <= named.state.startedAt) this.#byName.set(key, named);
  }
}
