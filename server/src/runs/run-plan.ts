import type { Command, Pipeline, Step } from '../core/step.ts';
import type { RunStepHead } from './run-event.ts';

/** One process of a run, or why it cannot be one. */
export interface PlannedStep {
  readonly head: RunStepHead;
  readonly work: { readonly kind: 'command'; readonly step: Step; readonly command: Command } | Unrunnable;
}

export interface Unrunnable {
  readonly kind: 'unrunnable';
  readonly message: string;
}

/**
 * What a run does, in an order in which everything stands after what it needs. Pipelines are replaced by their steps;
 * of several requested steps each needs the former.
 */
export function planRun(
  requested: readonly Step[],
  find: (id: string) => Step | undefined,
): readonly PlannedStep[] {
  const expansion = new Expansion(find);
  let before: readonly string[] = [];
  for (const step of requested) before = expansion.add(step, { id: step.id, needs: before, within: [] });
  return expansion.planned;
}

interface Place {
  readonly id: string;
  readonly needs: readonly string[];
  /** The pipelines it is part of, outermost first. */
  readonly within: readonly string[];
}

class Expansion {
  readonly planned: PlannedStep[] = [];
  readonly #find: (id: string) => Step | undefined;
  readonly #ids = new Set<string>();

  constructor(find: (id: string) => Step | undefined) {
    this.#find = find;
  }

  /** Returns the ids of what was added: who needs the step needs them all. */
  add(step: Step, place: Place): readonly string[] {
    const { work } = step;
    if (work.kind === 'command') return this.#put(step, place, { kind: 'command', step, command: work });
    if (place.within.includes(step.id))
      return this.#refuse(step.id, place, `pipeline \`${step.id}\` runs itself`);
    if (work.steps.length === 0) return this.#refuse(step.id, place, `pipeline \`${step.id}\` has no steps`);
    return this.#addEntries(step.id, work, place);
  }

  #addEntries(pipeline: string, work: Pipeline, place: Place): readonly string[] {
    const added = new Map<string, readonly string[]>();
    let waiting = [...work.steps];
    while (waiting.length > 0) {
      const ready = waiting.filter((entry) => entry.needs.every((need) => added.has(need)));
      for (const entry of ready) {
        const own = entry.needs.flatMap((need) => added.get(need) ?? []);
        const inner: Place = {
          id: `${place.id}/${entry.id}`,
          needs: own.length > 0 ? own : place.needs,
          within: [...place.within, pipeline],
        };
        const step = this.#find(entry.step);
        const ids = step
          ? this.add(step, inner)
          : this.#refuse(
              entry.step,
              inner,
              `there is no step \`${entry.step}\`, which \`${pipeline}\` names`,
            );
        added.set(entry.id, ids);
      }
      waiting = waiting.filter((entry) => !ready.includes(entry));
      if (ready.length > 0) continue;
      for (const entry of waiting) {
        const inner = { ...place, id: `${place.id}/${entry.id}` };
        added.set(entry.id, this.#refuse(entry.step, inner, whyStuck(pipeline, entry, work)));
      }
      waiting = [];
    }
    return [...added.values()].flat();
  }

  #refuse(step: string, place: Place, message: string): readonly string[] {
    return this.#put({ id: step, title: step, system: '' }, place, { kind: 'unrunnable', message });
  }

  #put(
    step: Pick<Step, 'id' | 'title' | 'system'>,
    place: Place,
    work: PlannedStep['work'],
  ): readonly string[] {
    const id = this.#unique(place.id);
    const head: RunStepHead = {
      id,
      step: step.id,
      title: step.title,
      system: step.system,
      needs: place.needs,
    };
    this.planned.push({ head, work });
    return [id];
  }

  #unique(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#ids.has(id); count++) id = `${wanted}#${count}`;
    this.#ids.add(id);
    return id;
  }
}

function whyStuck(pipeline: string, entry: Pipeline['steps'][number], work: Pipeline): string {
  const unknown = entry.needs.find((need) => !work.steps.some((each) => each.id === need));
  return unknown === undefined
    ? `\`${entry.id}\` of \`${pipeline}\` needs itself, directly or through others`
    : `\`${entry.id}\` of \`${pipeline}\` needs \`${unknown}\`, which the pipeline does not have`;
}
