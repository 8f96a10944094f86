import {
  LastRuns,
  type RunnableThing,
  type RunPlace,
  type Went,
} from '../../../server/src/runs/last-runs.ts';
import { dayText, timeText } from '../views/run-times.ts';

/** `Went` for a person. */
export interface LastRun extends Omit<Went, 'startedAt'> {
  /** `today, 08:32` */
  readonly when: string;
}

/** How things last ran, with the times in a person's words. */
export class NodeRuns {
  readonly #runs: LastRuns;

  /** As `LastRuns` takes them. */
  constructor(...known: ConstructorParameters<typeof LastRuns>) {
    this.#runs = new LastRuns(...known);
  }

  of(thing: RunnableThing, now: Date): LastRun | undefined {
    return told(this.#runs.of(thing), now);
  }

  ofStep(step: string, projectUri: string, now: Date): LastRun | undefined {
    return told(this.#runs.ofStep(step, projectUri), now);
  }

  placeOf(thing: RunnableThing, step: string | undefined): RunPlace | undefined {
    return this.#runs.placeOf(thing, step);
  }

  placeOfStep(step: string, projectUri: string): RunPlace | undefined {
    return this.#runs.placeOfStep(step, projectUri);
  }

  attention(): ReturnType<LastRuns['attention']> {
    return this.#runs.attention();
  }
}

export function told(went: Went | undefined, now: Date): LastRun | undefined {
  if (!went) return undefined;
  const { startedAt, ...rest } = went;
  return { ...rest, when: startedAt === undefined ? 'not started' : whenText(startedAt, now) };
}

/** `today, 08:32`. */
function whenText(startedAt: string, now: Date): string {
  const at = new Date(startedAt);
  const day = dayText(at, now);
  return `${day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day}, ${timeText(at)}`;
}
