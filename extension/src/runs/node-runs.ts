import type { NodeSnapshot, RunSnapshot } from '../../../server/src/runs/run-state.ts';
import { dayText, timeText } from '../views/run-times.ts';

/** A run as it stands, in the workspace folder with this URI. */
export interface KnownRun {
  readonly folderUri: string;
  readonly snapshot: RunSnapshot;
}

export interface LastRun {
  readonly status: NodeSnapshot['status'];
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

/**
 * How things went when they last ran. Tools tell of what they run by kind and name, and a step tells its project:
 * `projectOf` gives it, or undefined for a step that is not there any more, whose runs are left out.
 */
export class NodeRuns {
  readonly #last = new Map<string, { readonly node: NodeSnapshot; readonly step: string }>();

  /** `runs` are newest first. */
  constructor(runs: readonly KnownRun[], projectOf: (step: string, folderUri: string) => string | undefined) {
    for (const { folderUri, snapshot } of runs) {
      for (const { step, nodes } of snapshot.steps) {
        const projectUri = nodes.length === 0 ? undefined : projectOf(step, folderUri);
        if (projectUri === undefined) continue;
        for (const node of nodes) {
          const key = keyOf({ projectUri, what: node.what, name: node.title });
          if (!this.#last.has(key)) this.#last.set(key, { node, step });
        }
      }
    }
  }

  of(thing: RunnableThing, now: Date): LastRun | undefined {
    const last = this.#last.get(keyOf(thing));
    if (!last) return undefined;
    const { status, startedAt, message } = last.node;
    const at = new Date(startedAt);
    const day = dayText(at, now);
    const when = `${day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day}, ${timeText(at)}`;
    return { status, step: last.step, when, ...(message === undefined ? {} : { message }) };
  }
}

function keyOf({ projectUri, what, name }: RunnableThing): string {
  return `${projectUri}\n${what}\n${name}`;
}
