import type { NodeStatus } from '../core/step.ts';
import type { RunEventBody, RunTotals, StepStatus } from './run-event.ts';

/** Counts what a run's events tell, as `RunTotals` says. */
export class Tally {
  readonly #nodes = new Map<string, Map<string, NodeStatus>>();
  readonly #steps = new Map<string, StepStatus>();
  readonly #stopped = new Set<string>();

  note(event: RunEventBody): void {
    if (event.type === 'step-ended') {
      if (event.stopped) this.#stopped.add(event.step);
      else this.#steps.set(event.step, event.status);
    }
    // Only the last attempt counts.
    if (event.type === 'step-retrying') this.#nodes.delete(event.step);
    if (event.type !== 'node-ended') return;
    const nodes = this.#nodes.get(event.step) ?? new Map<string, NodeStatus>();
    this.#nodes.set(event.step, nodes.set(event.node, event.status));
  }

  totals(): RunTotals {
    const count = { succeeded: 0, failed: 0, skipped: 0, warned: 0 };
    for (const nodes of this.#nodes.values()) for (const status of nodes.values()) count[status]++;
    for (const [step, status] of this.#steps) {
      const nodes = [...(this.#nodes.get(step)?.values() ?? [])];
      const asNode = nodeStatusOf(status);
      if (nodes.length === 0 || (asNode === 'failed' && !nodes.includes('failed'))) count[asNode]++;
    }
    return this.#stopped.size === 0 ? count : { ...count, stopped: this.#stopped.size };
  }
}

function nodeStatusOf(status: StepStatus): NodeStatus {
  if (status === 'failed' || status === 'not-started') return 'failed';
  return status === 'cancelled' ? 'skipped' : status;
}
