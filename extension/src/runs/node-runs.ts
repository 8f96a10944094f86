import type { RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { dayText, timeText } from '../views/run-times.ts';

/** A run as it stands, in the workspace folder with this URI. */
export interface KnownRun {
  readonly folderUri: string;
  readonly snapshot: RunSnapshot;
}

export interface LastRun {
  readonly status: 'running' | 'succeeded' | 'failed' | 'warned' | 'skipped';
  /** The step that ran it, by its public name. */
  readonly step: string;
  /** `today, 08:32` */
  readonly when: string;
  readonly message?: string;
}

/** A thing that steps run, as its tool names it. */
export interface RunnableThing {
  readonly projectUri: string;
  readonly what: string;
  readonly name: string;
}

/** Where the log of a run lies. */
export interface RunPlace {
  readonly folderUri: string;
  readonly run: string;
}

interface Noted extends RunPlace {
  readonly status: LastRun['status'];
  readonly startedAt: string;
  readonly step: string;
  readonly message: string | undefined;
}

/**
 * How things went when they last ran. Tools tell of what they run by kind and name, and a step tells its project:
 * `projectOf` gives it, or undefined for a step that is not there any more, whose runs are left out.
 */
export class NodeRuns {
  readonly #things = new Map<string, Noted & { readonly thing: RunnableThing }>();
  readonly #steps = new Map<string, Noted>();

  /** `runs` are newest first. */
  constructor(runs: readonly KnownRun[], projectOf: (step: string, folderUri: string) => string | undefined) {
    for (const { folderUri, snapshot } of runs) {
      const place = { folderUri, run: snapshot.id };
      for (const each of snapshot.steps) {
        const projectUri = projectOf(each.step, folderUri);
        if (projectUri === undefined) continue;
        this.#noteStep(projectUri, each, place);
        for (const { what, title: name, status, startedAt, message } of each.nodes) {
          const thing = { projectUri, what, name };
          const key = thingKey(thing);
          if (this.#things.has(key)) continue;
          this.#things.set(key, { ...place, thing, status, startedAt, step: each.step, message });
        }
      }
      this.#notePipeline(snapshot, place, projectOf);
    }
  }

  of(thing: RunnableThing, now: Date): LastRun | undefined {
    return told(this.#things.get(thingKey(thing)), now);
  }

  /** How a step went, by its public name without the project's label. */
  ofStep(step: string, projectUri: string, now: Date): LastRun | undefined {
    return told(this.#steps.get(stepKey(projectUri, step)), now);
  }

  /** The run that `of`, or else `ofStep`, tells of. */
  placeOf(thing: RunnableThing, step: string | undefined): RunPlace | undefined {
    const noted =
      this.#things.get(thingKey(thing)) ??
      (step === undefined ? undefined : this.#steps.get(stepKey(thing.projectUri, step)));
    return noted && { folderUri: noted.folderUri, run: noted.run };
  }

  /** The things that ask for a look, or are being looked after now. */
  attention(): readonly (RunnableThing & { readonly status: LastRun['status'] })[] {
    return [...this.#things.values()]
      .filter(({ status }) => status === 'failed' || status === 'warned' || status === 'running')
      .map(({ thing, status }) => ({ ...thing, status }));
  }

  #noteStep(
    projectUri: string,
    { step, status, startedAt, message }: RunStepSnapshot,
    place: RunPlace,
  ): void {
    const known = statusOf(status);
    const key = stepKey(projectUri, step);
    if (!known || startedAt === undefined || this.#steps.has(key)) return;
    this.#steps.set(key, { ...place, status: known, startedAt, step, message });
  }

  /** A pipeline is run step by step; how it went is how its run went. */
  #notePipeline(
    { requested, status, startedAt }: RunSnapshot,
    place: RunPlace,
    projectOf: (step: string, folderUri: string) => string | undefined,
  ): void {
    const [step, ...others] = requested;
    const projectUri = step === undefined ? undefined : projectOf(step, place.folderUri);
    const known = statusOf(status);
    if (step === undefined || projectUri === undefined || others.length > 0 || !known || startedAt === '')
      return;
    const key = stepKey(projectUri, step);
    if (!this.#steps.has(key))
      this.#steps.set(key, { ...place, status: known, startedAt, step, message: undefined });
  }
}

/** How a run or a step stands, in the words for things; undefined before it began. */
export function statusOf(
  status: RunSnapshot['status'] | RunStepSnapshot['status'],
): LastRun['status'] | undefined {
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

/** `today, 08:32`. */
export function whenText(startedAt: string, now: Date): string {
  const at = new Date(startedAt);
  const day = dayText(at, now);
  return `${day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day}, ${timeText(at)}`;
}

function told(noted: Noted | undefined, now: Date): LastRun | undefined {
  if (!noted) return undefined;
  const { status, step, startedAt, message } = noted;
  return { status, step, when: whenText(startedAt, now), ...(message === undefined ? {} : { message }) };
}

function thingKey({ projectUri, what, name }: RunnableThing): string {
  return `${projectUri}\n${what}\n${name}`;
}

function stepKey(projectUri: string, step: string): string {
  return `${projectUri}\n${step.split('@', 1)[0]}`;
}
