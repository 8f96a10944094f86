import type { NodeStatus } from '../../core/step.ts';
import type { StepStatus } from '../run-event.ts';
import type { RunSnapshot } from '../run-state.ts';

type Steps = Readonly<
  Record<
    string,
    readonly [StepStatus, number, Readonly<Record<string, readonly [NodeStatus, number, string?]>>]
  >
>;

/** A run that ended: its steps, each with how it ended, how long it took and its models. Run `3` began on the third of November. */
export function snapshotOf(id: string, steps: Steps, more: Partial<RunSnapshot> = {}): RunSnapshot {
  const startedAt = `2026-11-${id.padStart(2, '0')}T08:00:00.000Z`;
  const names = Object.keys(steps);
  const failed = Object.values(steps).some(([status]) => status === 'failed');
  return {
    id,
    title: `Run ${id}`,
    requested: names,
    status: failed ? 'failed' : 'succeeded',
    startedAt,
    endedAt: startedAt,
    durationMs: Object.values(steps).reduce((sum, [, durationMs]) => sum + durationMs, 0),
    cancelling: false,
    totals: { succeeded: names.length, failed: 0, skipped: 0, warned: 0 },
    steps: Object.entries(steps).map(([step, [status, durationMs, nodes]]) => ({
      id: step,
      step,
      title: step,
      system: 'dbt',
      needs: [],
      status,
      startedAt,
      durationMs,
      nodes: Object.entries(nodes).map(([title, [state, nodeMs, message]]) => ({
        node: `model.shop.${title}`,
        title,
        what: 'model',
        status: state,
        startedAt,
        durationMs: nodeMs,
        ...(message === undefined ? {} : { message }),
      })),
    })),
    ...more,
  };
}
