import { setImmediate as turn } from 'node:timers/promises';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';

/** Limit: runs that are further back tell of another time, and reading them takes some. */
const runsLookedAt = 30;

/** How long steps and their nodes took when they last went well, before a run. */
export class EarlierDurations {
  /** By the step's public name. */
  readonly #steps = new Map<string, number>();
  /** By the step's public name and the node. */
  readonly #nodes = new Map<string, number>();

  /** Takes in an earlier run; the newest come first. */
  take({ steps }: RunSnapshot): void {
    for (const { step, status, durationMs, nodes } of steps) {
      if (status === 'succeeded') put(this.#steps, step, durationMs);
      for (const node of nodes) {
        if (node.status === 'succeeded' || node.status === 'warned')
          put(this.#nodes, `${step}\n${node.node}`, node.durationMs);
      }
    }
  }

  ofStep(step: string): number | undefined {
    return this.#steps.get(step);
  }

  ofNode(step: string, node: string): number | undefined {
    return this.#nodes.get(`${step}\n${node}`);
  }
}

/** What the runs before one tell; those whose outcome nobody kept are passed over, and other work gets its turn. */
export async function readEarlierDurations(
  store: Pick<RunStore, 'ids' | 'outcome'>,
  run: string,
): Promise<EarlierDurations> {
  const durations = new EarlierDurations();
  for (const id of store
    .ids()
    .filter((each) => each < run)
    .slice(0, runsLookedAt)) {
    const outcome = store.outcome(id);
    if (outcome) durations.take(outcome);
    await turn();
  }
  return durations;
}

function put(durations: Map<string, number>, key: string, durationMs: number | undefined): void {
  if (durationMs !== undefined && !durations.has(key)) durations.set(key, durationMs);
}
