import type { LastRun } from '../core/last-run.ts';
import { nameIn } from '../core/step-name.ts';
import { NodeStates, statusOf } from './node-states.ts';
import type { RunSnapshot, RunStepSnapshot } from './run-state.ts';

/** A run as it stands, in the workspace folder with this URI, or its path where everybody says so. */
export interface KnownRun {
  readonly folderUri: string;
  readonly snapshot: RunSnapshot;
}

/** How a thing or a step went when it last ran. */
export interface Went {
  readonly status: LastRun['status'];
  /** The step that ran it, by its public name. */
  readonly step: string;
  /** ISO 8601; absent for what never began. */
  readonly startedAt?: string;
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
  readonly went: Went;
}

export interface Whereabouts {
  /** The project of a listed step; undefined for one that is not there any more, and for other forms of one. */
  readonly projectOf: (step: string, folderUri: string) => string | undefined;
  /** What stands for a folder of the file system in `projectUri`. */
  readonly uriOf: (folder: string) => string;
}

/**
 * How things and steps went when they last ran. Tools tell of what they run by kind and name, and run in their
 * project's folder, whichever step it was.
 */
export class LastRuns {
  readonly #things = new Map<string, Noted & { readonly thing: RunnableThing }>();
  readonly #steps = new Map<string, Noted>();

  /** `runs` are newest first. */
  constructor(runs: readonly KnownRun[], { projectOf, uriOf }: Whereabouts) {
    const states = new NodeStates();
    for (const { snapshot } of runs) states.take(snapshot);
    const folders = new Map(runs.map(({ folderUri, snapshot }) => [snapshot.id, folderUri]));
    for (const { folder, what, name, state } of states.all()) {
      const { status, startedAt, step, run, message } = state;
      const thing = { projectUri: uriOf(folder), what, name };
      const went = { status, startedAt, step, ...said(message) };
      this.#things.set(thingKey(thing), { thing, went, run, folderUri: folders.get(run) ?? '' });
    }
    for (const { folderUri, snapshot } of runs) {
      const place = { folderUri, run: snapshot.id };
      for (const each of snapshot.steps) {
        // What is not listed (`dbt:test/orders`) ran in its project's folder, as all do that tools run by name.
        const { step, cwd } = each;
        const projectUri = projectOf(step, folderUri) ?? (cwd === undefined ? undefined : uriOf(cwd));
        if (projectUri !== undefined) this.#noteStep(projectUri, each, place);
      }
      this.#notePipeline(snapshot, place, projectOf);
    }
  }

  of(thing: RunnableThing): Went | undefined {
    return this.#things.get(thingKey(thing))?.went;
  }

  /** How a step went, by its public name without the project's label. */
  ofStep(step: string, projectUri: string): Went | undefined {
    return this.#steps.get(stepKey(projectUri, step))?.went;
  }

  /** The run that `of`, or else `ofStep`, tells of. */
  placeOf(thing: RunnableThing, step: string | undefined): RunPlace | undefined {
    const noted =
      this.#things.get(thingKey(thing)) ??
      (step === undefined ? undefined : this.#steps.get(stepKey(thing.projectUri, step)));
    return noted && { folderUri: noted.folderUri, run: noted.run };
  }

  /** The run that `ofStep` tells of. */
  placeOfStep(step: string, projectUri: string): RunPlace | undefined {
    const noted = this.#steps.get(stepKey(projectUri, step));
    return noted && { folderUri: noted.folderUri, run: noted.run };
  }

  /** The things that ask for a look, or are being looked after now. */
  attention(): readonly (RunnableThing & { readonly status: Went['status'] })[] {
    return [...this.#things.values()]
      .filter(({ went: { status } }) => status === 'failed' || status === 'warned' || status === 'running')
      .map(({ thing, went: { status } }) => ({ ...thing, status }));
  }

  #noteStep(
    projectUri: string,
    { step, status, startedAt, message }: RunStepSnapshot,
    place: RunPlace,
  ): void {
    const known = statusOf(status);
    const key = stepKey(projectUri, step);
    if (!known || startedAt === undefined || this.#steps.has(key)) return;
    this.#steps.set(key, { ...place, went: { status: known, startedAt, step, ...said(message) } });
  }

  /** A pipeline is run step by step; how it went is how its run went. */
  #notePipeline(
    { requested, status, startedAt }: RunSnapshot,
    place: RunPlace,
    projectOf: Whereabouts['projectOf'],
  ): void {
    const [step, ...others] = requested;
    const projectUri = step === undefined ? undefined : projectOf(step, place.folderUri);
    const known = statusOf(status);
    if (step === undefined || projectUri === undefined || others.length > 0 || !known || startedAt === '')
      return;
    const key = stepKey(projectUri, step);
    if (!this.#steps.has(key)) this.#steps.set(key, { ...place, went: { status: known, startedAt, step } });
  }
}

export function said(message: string | undefined): { readonly message?: string } {
  return message === undefined ? {} : { message };
}

function thingKey({ projectUri, what, name }: RunnableThing): string {
  return `${projectUri}\n${what}\n${name}`;
}

function stepKey(projectUri: string, step: string): string {
  return `${projectUri}\n${nameIn(projectUri, step)}`;
}
