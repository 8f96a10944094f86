import { parseDuration } from '../../core/duration.ts';
import { commandWithoutSecrets } from '../../core/secret-looks.ts';
import type { Span } from '../../core/span.ts';
import type { Parameter, PipelineEntry, Retries } from '../../core/step.ts';
import { get, itemsOf, stringOf, type Node, type Pair } from '../../core/tree.ts';
import { needsOf, type Entry, type ParameterModel, type PipelineModel } from './model.ts';
import { splitCommand } from './split-command.ts';

/** What running a pipeline takes. It travels as text with the pipeline's definition, since steps are made from facts alone. */
export interface PipelinePlan {
  readonly title: string;
  readonly parameters: readonly Parameter[];
  readonly env: Readonly<Record<string, string>>;
  readonly entries: readonly EntryPlan[];
}

export interface EntryPlan extends Omit<PipelineEntry, 'step'> {
  /** The step's name; undefined where the entry is a command of its own. */
  readonly step?: string;
  readonly command?: CommandPlan;
}

export interface CommandPlan {
  readonly words: readonly string[];
  readonly title: string;
  /** Relative to the file; '' is its folder. */
  readonly cwd: string;
  readonly writes: readonly string[];
  readonly span: Span;
}

/** Entries that name nothing to run are left out: they are half-typed, and a finding says so. */
export function planOf(pipeline: PipelineModel): PipelinePlan {
  const runnable = pipeline.entries.filter((entry) =>
    entry.run ? commandOf(entry, entry.run) : entry.step?.text,
  );
  const entries = runnable.map((entry, at): EntryPlan => {
    const head = {
      id: entry.key,
      needs: needsOf({ ...pipeline, entries: runnable }, at),
      ...optionsOf(entry),
    };
    const command = entry.run && commandOf(entry, entry.run);
    return command ? { ...head, command } : { ...head, step: entry.step?.text ?? '' };
  });
  return {
    title: pipeline.title ?? `Pipeline ${pipeline.name}`,
    parameters: pipeline.parameters.map(parameterOf),
    env: textsAt(pipeline.env),
    entries,
  };
}

/** Reads a definition's plan back. */
export function readPlan(text: string | undefined): PipelinePlan {
  return text === undefined
    ? { title: '', parameters: [], env: {}, entries: [] }
    : (JSON.parse(text) as PipelinePlan);
}

/** What an entry says of how its step runs; what cannot be read is left out, and a finding says so. */
function optionsOf({
  select,
  exclude,
  env,
  options,
  timeout,
  retries,
  allowFailure,
}: Entry): Pick<PipelineEntry, 'selection' | 'env' | 'options' | 'timeoutMs' | 'retries' | 'allowFailure'> {
  const texts = (nodes: typeof select): readonly string[] =>
    nodes.map((node) => node.text).filter((text) => text.trim() !== '');
  const selection = { select: texts(select), exclude: texts(exclude) };
  const timeoutMs = timeout && parseDuration(timeout.text);
  const tries = retriesOf(retries);
  return {
    ...(selection.select.length + selection.exclude.length > 0 ? { selection } : {}),
    ...(env.length > 0 ? { env: textsAt(env) } : {}),
    ...(options.length > 0 ? { options: textsAt(options) } : {}),
    ...(timeoutMs === undefined || timeoutMs === 0 ? {} : { timeoutMs }),
    ...(tries ? { retries: tries } : {}),
    ...(allowFailure ? { allowFailure } : {}),
  };
}

function retriesOf(node: Node | undefined): Retries | undefined {
  const count = numberOf(node?.kind === 'map' ? get(node, 'count') : node);
  if (count === undefined || !Number.isInteger(count) || count < 1) return undefined;
  const delay = stringOf(get(node, 'delay'));
  const delayMs = delay && parseDuration(delay.text);
  return { count, delayMs: delayMs ?? 0, backoff: Math.max(1, numberOf(get(node, 'backoff')) ?? 1) };
}

function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

function parameterOf({ name, type, default: otherwise, options, description }: ParameterModel): Parameter {
  return {
    name: name.text,
    type: isType(type) ? type : 'string',
    ...(otherwise ? { default: otherwise.text } : {}),
    ...(options.length > 0 ? { options: options.map((option) => option.text) } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

function isType(text: string): text is Parameter['type'] {
  return text === 'string' || text === 'number' || text === 'boolean' || text === 'choice';
}

function textsAt(pairs: readonly Pair[]): Readonly<Record<string, string>> {
  const texts = pairs.flatMap(({ key, value }) =>
    value.kind === 'scalar' && value.value !== null ? [[key.text, value.text] as const] : [],
  );
  return Object.fromEntries(texts);
}

function commandOf(entry: Entry, run: Node): CommandPlan | undefined {
  const words =
    run.kind === 'scalar'
      ? splitCommand(run.text).words
      : itemsOf(run).flatMap((item) => (item.kind === 'scalar' && item.value !== null ? item.text : []));
  if (words.length === 0) return undefined;
  return {
    words,
    title: entry.title ?? commandWithoutSecrets(words),
    cwd: entry.cwd?.text ?? '',
    writes: entry.writes.map((file) => file.text),
    span: run.span,
  };
}
