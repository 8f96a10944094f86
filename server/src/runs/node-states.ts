import type { NodeSnapshot, RunSnapshot } from './run-state.ts';

export interface NodeState {
  readonly status: NodeSnapshot['status'];
  readonly startedAt: string;
  /** The step that ran it, by its public name. */
  readonly step: string;
  readonly durationMs?: number;
  readonly message?: string;
}

/** How the things that steps run went when they last ran, by the folder in which their tool ran. Small, whatever runs said. */
export class NodeStates {
  readonly #byId = new Map<string, NodeState>();
  readonly #byName = new Map<string, NodeState>();

  /** Takes in a run; of several the one in which a thing began last counts, in whatever order they come. */
  take({ steps }: Pick<RunSnapshot, 'steps'>): void {
    for (const { step, cwd, nodes } of steps) {
      if (cwd === undefined) continue;
      for (const { node, title, what, status, startedAt, durationMs, message } of nodes) {
        const state: NodeState = {
          status,
          startedAt,
          step,
          ...(durationMs === undefined ? {} : { durationMs }),
          ...(message === undefined ? {} : { message }),
        };
        putNewer(this.#byId, `${cwd}\n${node}`, state);
        putNewer(this.#byName, `${cwd}\n${what}\n${title}`, state);
      }
    }
  }

  /** By what a person calls it: tools tell of what they run by kind and name. */
  named(folder: string, what: string, name: string): NodeState | undefined {
    return this.#byName.get(`${folder}\n${what}\n${name}`);
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
      for (const [key, state] of each.#byId) putNewer(both.#byId, key, state);
      for (const [key, state] of each.#byName) putNewer(both.#byName, key, state);
    }
    return both;
  }
}

function putNewer(states: Map<string, NodeState>, key: string, state: NodeState): void {
  const known = states.get(key);
  if (!known || known.startedAt <= state.startedAt) states.set(key, state);
}
