import { createHash } from 'node:crypto';
import type { Command, FindStep, Pipeline, PipelineEntry, Retries, Selection, Step } from '../core/step.ts';
import { CommandMaker, type Layer } from './make-command.ts';
import type { RunStepHead } from './run-event.ts';

/** One process of a run, or why it cannot be one. */
export interface PlannedStep {
  readonly head: RunStepHead;
  readonly work: { readonly kind: 'command'; readonly step: Step; readonly command: Command } | Unrunnable;
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  readonly allowFailure?: boolean;
  /** The run in which it succeeded already, where that is not to be done again. */
  readonly reuse?: string;
}

export interface Unrunnable {
  readonly kind: 'unrunnable';
  readonly message: string;
}

export interface PlanRequest {
  readonly requested: readonly Step[];
  readonly find: FindStep;
  /** Why a step that there is, is not found, in a sentence. */
  readonly whyNotFound?: (name: string, pipeline: Step) => string | undefined;
  readonly narrow?: (step: Step, selection: Selection) => Step | { readonly refused: string };
  /** The step with options of its tool: those that the entry of a pipeline sets, or those that the run was given. */
  readonly adjust?: (
    step: Step,
    ofEntry: ReadonlyMap<string, string> | undefined,
  ) => Step | { readonly refused: string };
  /** What parameters are set to, by name; the others are what their default says. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** The variables that references of a pipeline may mean. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * What a run does, in an order in which everything stands after what it needs. Pipelines are replaced by their steps;
 * of several requested steps each needs the former.
 */
export function planRun(request: PlanRequest): readonly PlannedStep[] {
  const expansion = new Expansion(request);
  let before: readonly string[] = [];
  for (const step of request.requested)
    before = expansion.add(step, { id: step.id, needs: before, within: [], layers: [] });
  return expansion.planned;
}

interface Place {
  readonly id: string;
  readonly needs: readonly string[];
  /** The pipelines it is part of, outermost first. */
  readonly within: readonly string[];
  /** What those pipelines and the entry set, outermost first. */
  readonly layers: readonly Layer[];
  readonly entry?: PipelineEntry;
}

class Expansion {
  readonly planned: PlannedStep[] = [];
  readonly #request: PlanRequest;
  readonly #maker: CommandMaker;
  readonly #ids = new Set<string>();

  constructor(request: PlanRequest) {
    this.#request = request;
    this.#maker = new CommandMaker(request.parameters ?? new Map(), request.environment ?? {});
  }

  /** Returns the ids of what was added: who needs the step needs them all. */
  add(step: Step, place: Place): readonly string[] {
    const { work } = step;
    if (work.kind === 'command') return this.#addCommand(step, work, place);
    if (place.within.includes(step.id))
      return this.#refuse(step.id, place, `pipeline \`${step.id}\` runs itself`);
    if (work.steps.length === 0) return this.#refuse(step.id, place, `pipeline \`${step.id}\` has no steps`);
    return this.#addEntries(step, work, place);
  }

  #addCommand(step: Step, command: Command, place: Place): readonly string[] {
    const narrowed = this.#narrow(step, place);
    if ('refused' in narrowed) return this.#refuse(step.id, place, narrowed.refused);
    const written = narrowed.work.kind === 'command' ? narrowed.work : command;
    const made = this.#maker.make(narrowed, written, place.layers);
    if ('refused' in made) return this.#refuse(step.id, place, made.refused);
    const work = { kind: 'command', step: narrowed, command: made } as const;
    return this.#put(step, place, work, digestOf(step, command, place));
  }

  #narrow(step: Step, { entry, layers, within }: Place): Step | { readonly refused: string } {
    if (within.length === 0) return this.#request.adjust?.(step, undefined) ?? step;
    const told = this.#told(step, entry?.options, layers);
    if (!entry?.selection || 'refused' in told) return told;
    const filled = this.#maker.select(entry.selection, layers);
    if ('refused' in filled) return filled;
    return (
      this.#request.narrow?.(told, filled) ?? { refused: `\`${step.id}\` cannot be narrowed by a selection` }
    );
  }

  #told(
    step: Step,
    options: Readonly<Record<string, string>> | undefined,
    layers: readonly Layer[],
  ): Step | { readonly refused: string } {
    const filled = this.#maker.options(options ?? {}, layers);
    if ('refused' in filled) return filled;
    const { adjust } = this.#request;
    if (adjust) return adjust(step, filled.values);
    return options ? { refused: `\`${step.id}\` has no options` } : step;
  }

  #addEntries(step: Step, work: Pipeline, place: Place): readonly string[] {
    const pipeline = step.id;
    const layers = [...place.layers, { env: work.env ?? {}, parameters: step.parameters ?? [] }];
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
          layers: entry.env ? [...layers, { env: entry.env, parameters: step.parameters ?? [] }] : layers,
          entry,
        };
        const found = this.#request.find(entry.step, step);
        const ids = found
          ? this.add(found, inner)
          : this.#refuse(entry.step, inner, this.#whyMissing(entry.step, step));
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

  #whyMissing(name: string, pipeline: Step): string {
    const why = this.#request.whyNotFound?.(name, pipeline);
    return why ?? `there is no step \`${name}\`, which \`${pipeline.id}\` names`;
  }

  #refuse(step: string, place: Place, message: string): readonly string[] {
    return this.#put({ id: step, title: step, system: '' }, place, { kind: 'unrunnable', message });
  }

  #put(
    step: Pick<Step, 'id' | 'title' | 'system'>,
    place: Place,
    work: PlannedStep['work'],
    digest?: string,
  ): readonly string[] {
    const id = this.#unique(place.id);
    const { timeoutMs, retries, allowFailure } = place.entry ?? {};
    const head: RunStepHead = {
      id,
      step: step.id,
      title: step.title,
      system: step.system,
      needs: place.needs,
      ...(digest === undefined ? {} : { digest }),
    };
    this.planned.push({
      head,
      work,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(retries ? { retries } : {}),
      ...(allowFailure ? { allowFailure } : {}),
    });
    return [id];
  }

  #unique(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#ids.has(id); count++) id = `${wanted}#${count}`;
    this.#ids.add(id);
    return id;
  }
}

/** Of what is written, before values are put in: those of variables may be secret, those of parameters are told beside it. */
function digestOf(
  step: Step,
  { executable, args, cwd, env }: Command,
  { needs, layers, entry }: Place,
): string {
  const { selection = { select: [], exclude: [] }, options } = entry ?? {};
  const does = [step.id, needs, executable.name, args, cwd, env ?? {}, layers.map((layer) => layer.env)];
  const narrowed = [selection.select, selection.exclude, ...(options ? [options] : [])];
  return createHash('sha256')
    .update(JSON.stringify([...does, ...narrowed]))
    .digest('hex')
    .slice(0, 16);
}

function whyStuck(pipeline: string, entry: PipelineEntry, work: Pipeline): string {
  const unknown = entry.needs.find((need) => !work.steps.some((each) => each.id === need));
  return unknown === undefined
    ? `\`${entry.id}\` of \`${pipeline}\` needs itself, directly or through others`
    : `\`${entry.id}\` of \`${pipeline}\` needs \`${unknown}\`, which the pipeline does not have`;
}
