import { nameIn } from '../core/step-name.ts';
import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from './run-state.ts';

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
  readonly #steps = new Map<string, NodeState>();

  /** Takes in a run; of several the one in which a thing began last counts, in whatever order they come. */
  take(snapshot: RunSnapshot): void {
    const { id: run, steps, requested } = snapshot;
    const [pipeline, ...others] = requested;
    // A pipeline is run step by step, and no step has its name; how it went is how its run went.
    if (pipeline !== undefined && others.length === 0 && steps.every(({ step }) => step !== pipeline))
      this.#putStep(stepKey('', pipeline), snapshot, { run, step: pipeline });
    for (const each of steps) {
      const { step, cwd, nodes } = each;
      if (cwd === undefined) continue;
      this.#putStep(stepKey(cwd, step), each, { run, step });
      for (const { node, title, what, status, startedAt, durationMs, message } of nodes) {
        const state: NodeState = {
          status,
          startedAt,
          run,
          step,
          ...(durationMs === undefined ? {} : { durationMs }),
          ...(message === undefined ? {} : { message }),
        };
        putNewer(this.#byId, `${cwd}\n${node}`, state);
        this.#putName({ folder: cwd, what, name: title, state });
      }
    }
  }

  /** All that ran, by what a person calls it: tools tell of what they run by kind and name. */
  all(): Iterable<NamedState> {
    return this.#byName.values();
  }

  /** A step that ran in the folder, or a pipeline, by its name. */
  ofStep(folder: string, step: string): NodeState | undefined {
    return this.#steps.get(stepKey(folder, step)) ?? this.#steps.get(stepKey('', step));
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
      for (const [key, state] of each.#steps) putNewer(both.#steps, key, state);
      for (const named of each.#byName.values()) both.#putName(named);
    }
    return both;
  }

  #putStep(
    key: string,
    went: Pick<RunSnapshot, 'status' | 'stopped' | 'durationMs' | 'startedAt'> | RunStepSnapshot,
    place: Pick<NodeState, 'run' | 'step'>,
  ): void {
    const { durationMs, startedAt } = went;
    // What served until somebody ended it did what it was to do.
    const status = went.stopped ? 'succeeded' : statusOf(went.status);
    if (!status || startedAt === undefined || startedAt === '') return;
    const message = 'message' in went ? went.message : undefined;
    putNewer(this.#steps, key, {
      ...place,
      status,
      startedAt,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(message === undefined ? {} : { message }),
    });
  }

  #putName(named: NamedState): void {
    const key = `${named.folder}\n${named.what}\n${named.name}`;
    const known = this.#byName.get(key);
    if (!known || known.state.startedAt <= named.state.startedAt) this.#byName.set(key, named);
  }
}

function putNewer(states: Map<string, NodeState>, key: string, state: NodeState): void {
  const known = states.get(key);
  if (!known || known.startedAt <= state.startedAt) states.set(key, state);
}

/** Two projects that offer a step of one name run it in their own folders. */
function stepKey(folder: string, step: string): string {
  return `${folder}\n${nameIn(folder, step)}`;
}

/** How a run or a step stands, in the words for things; undefined before it began. */
export function statusOf(
  status: RunSnapshot['status'] | RunStepSnapshot['status'],
): NodeState['status'] | undefined {
  switch (status) {
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'skipped':
      return status;
    case 'pending':
    case 'waiting':
      return undefined;
    case 'cancelled':
    case 'interrupted':
    case 'not-started':
      return 'skipped';
  }
}
