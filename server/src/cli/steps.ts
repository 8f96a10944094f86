import { relative } from 'node:path';
import type { Platform } from '../core/platform.ts';
import type { Parameter, Pipeline, PipelineEntry, Step } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import type { CliHost } from './host.ts';

export interface StepsOptions {
  readonly format: 'text' | 'json';
}

/** `penstock steps --format json`. Public: fields are added, never changed. */
export interface StepsJson {
  readonly steps: readonly {
    /** What `penstock run` takes. */
    readonly id: string;
    readonly title: string;
    readonly detail: string;
    readonly system: string;
    readonly kind: string;
    /** The project's folder, relative to the working directory. */
    readonly project: string;
    readonly file?: string;
    /** One-based. */
    readonly line?: number;
    /** Of a pipeline: the steps it runs. */
    readonly steps?: readonly string[];
    /** Of a pipeline: its entries, each with those that must have succeeded before. */
    readonly entries?: readonly Pick<PipelineEntry, 'id' | 'step' | 'needs'>[];
    /** What `penstock run --param` may set. */
    readonly parameters?: readonly Parameter[];
  }[];
}

/** Lists what can be run. Exit status: 0, also when there is nothing. */
export async function runStepsCommand(
  { format }: StepsOptions,
  { io, openWorkspace }: CliHost,
): Promise<number> {
  const platform = await openWorkspace(io.cwd);
  const steps = platform.steps();
  if (format === 'json') io.out(`${JSON.stringify(jsonOf(steps, platform, io.cwd), undefined, 2)}\n`);
  else io.out(textOf(steps, platform, io.cwd));
  return 0;
}

function jsonOf(steps: readonly Step[], platform: Platform, cwd: string): StepsJson {
  return {
    steps: steps.map(({ id, title, detail, system, kind, project, work, location, parameters }) => ({
      id,
      title,
      detail,
      system,
      kind,
      project: shown(project, cwd),
      ...(location ? { file: shown(location.path, cwd), ...lineOf(location, platform) } : {}),
      ...(work.kind === 'pipeline' ? pipelineOf(work) : {}),
      ...(parameters ? { parameters } : {}),
    })),
  };
}

function pipelineOf({ steps }: Pipeline): Pick<StepsJson['steps'][number], 'steps' | 'entries'> {
  const entries = steps.map(({ id, step, needs }) => ({ id, step, needs }));
  return { steps: entries.map(({ step }) => step), entries };
}

function textOf(steps: readonly Step[], platform: Platform, cwd: string): string {
  if (steps.length === 0) return 'Nothing to run was found here.\n';
  const width = Math.min(48, Math.max(...steps.map((step) => step.id.length)));
  const lines: string[] = [];
  let heading = '';
  for (const step of steps) {
    const title = platform.system(step.system)?.title ?? step.system;
    const next = `${title} in ${shown(step.project, cwd)}`;
    if (next !== heading) lines.push(...(heading === '' ? [] : ['']), next);
    heading = next;
    lines.push(`  ${step.id.padEnd(width)}  ${step.detail}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

function lineOf(location: NonNullable<Step['location']>, platform: Platform): { readonly line?: number } {
  const source = platform.source(location.path);
  return source ? { line: source.positionAt(location.span.start).line + 1 } : {};
}

function shown(path: string, cwd: string): string {
  return relative(cwd, toFsPath(path)).replaceAll('\\', '/') || '.';
}
