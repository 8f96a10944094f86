import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { RunPlace } from '../../../server/src/runs/last-runs.ts';
import type { LastRun, NodeRuns } from '../runs/node-runs.ts';

/** A lens that leads to the run in which something last ran. */
export interface LastRunLens {
  readonly step: StepAnswer;
  readonly title: string;
  readonly tooltip: string;
  readonly place: RunPlace;
}

/** One for each line of a file on which something is that has run: of the steps of one line, that which began last. */
export function lastRunLenses(
  steps: readonly StepAnswer[],
  runs: NodeRuns,
  now: Date,
): readonly LastRunLens[] {
  const byLine = new Map<number, { readonly step: StepAnswer; readonly place: RunPlace }>();
  for (const step of steps) {
    const place = runs.placeOfStep(step.id, step.projectUri);
    if (!place) continue;
    const line = step.range?.start.line ?? 0;
    const other = byLine.get(line);
    // Ids of runs begin with the time.
    if (!other || other.place.run < place.run) byLine.set(line, { step, place });
  }
  return [...byLine.values()].flatMap(({ step, place }) => {
    const went = runs.ofStep(step.id, step.projectUri, now);
    if (!went) return [];
    const title = went.status === 'running' ? 'Show Run' : 'Show Last Run';
    return { step, place, title: `$(${icons[went.status]}) ${title}`, tooltip: tooltipOf(step, went) };
  });
}

const icons: Readonly<Record<LastRun['status'], string>> = {
  running: 'loading~spin',
  succeeded: 'pass',
  failed: 'error',
  warned: 'warning',
  skipped: 'circle-slash',
};

function tooltipOf({ id }: StepAnswer, { status, when }: LastRun): string {
  return `${id}: ${status}, ${when}`;
}
