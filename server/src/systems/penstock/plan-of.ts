import type { Span } from '../../core/span.ts';
import { itemsOf, type Node } from '../../core/tree.ts';
import { needsOf, type Entry, type PipelineModel } from './model.ts';
import { splitCommand } from './split-command.ts';

/** What running a pipeline takes. It travels as text with the pipeline's definition, since steps are made from facts alone. */
export interface PipelinePlan {
  readonly title: string;
  readonly entries: readonly EntryPlan[];
}

export interface EntryPlan {
  readonly id: string;
  /** The step's name; undefined where the entry is a command of its own. */
  readonly step?: string;
  readonly needs: readonly string[];
  readonly command?: CommandPlan;
}

export interface CommandPlan {
  readonly words: readonly string[];
  readonly title: string;
  /** Relative to the file; '' is its folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly writes: readonly string[];
  readonly span: Span;
}

/** Entries that name nothing to run are left out: they are half-typed, and a finding says so. */
export function planOf(pipeline: PipelineModel): PipelinePlan {
  const runnable = pipeline.entries.filter((entry) =>
    entry.run ? commandOf(entry, entry.run) : entry.step?.text,
  );
  const entries = runnable.map((entry, at): EntryPlan => {
    const head = { id: entry.key, needs: needsOf({ ...pipeline, entries: runnable }, at) };
    const command = entry.run && commandOf(entry, entry.run);
    return command ? { ...head, command } : { ...head, step: entry.step?.text ?? '' };
  });
  return { title: pipeline.title ?? `Pipeline ${pipeline.name}`, entries };
}

function commandOf(entry: Entry, run: Node): CommandPlan | undefined {
  const words =
    run.kind === 'scalar'
      ? splitCommand(run.text).words
      : itemsOf(run).flatMap((item) => (item.kind === 'scalar' && item.value !== null ? item.text : []));
  if (words.length === 0) return undefined;
  const env = entry.env.flatMap(({ key, value }) =>
    value.kind === 'scalar' && value.value !== null ? [[key.text, value.text] as const] : [],
  );
  return {
    words,
    title: entry.title ?? words.join(' '),
    cwd: entry.cwd ?? '',
    env: Object.fromEntries(env),
    writes: entry.writes,
    span: run.span,
  };
}
