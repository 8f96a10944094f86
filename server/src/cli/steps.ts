import { relative } from 'node:path';
import type { Platform } from '../core/platform.ts';
import type { Parameter, Pipeline, PipelineEntry, Step } from '../core/step.ts';
import { firstOfEachName, parametersOf } from '../core/parameters.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { findStep, type StepPlace } from '../core/find-step.ts';
import { finderOf } from '../core/told-options.ts';
import type { Redactor } from '../runs/redact.ts';
import type { CliHost } from './host.ts';
import { redactorOf } from './redactor-of.ts';

export interface StepsOptions {
  /** Names of the steps that are told of, with all that may be set for a run of them; without, all are listed. */
  readonly names?: readonly string[];
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
    /** What `penstock run --param` may set; options of the tool are told of steps that are asked for by name. */
    readonly parameters?: readonly Parameter[];
  }[];
}

/** Lists what can be run. Exit status: 0, also when there is nothing; 2 where a step is asked for that is not there. */
export async function runStepsCommand(
  { names = [], format }: StepsOptions,
  { io, systems, openWorkspace }: CliHost,
): Promise<number> {
  const platform = await openWorkspace(io.cwd);
  const found = names.length === 0 ? platform.steps() : findSteps(names, platform, io.cwd);
  if ('message' in found) {
    io.err(`penstock steps: ${found.message}\n`);
    return 2;
  }
  const redact = redactorFor(platform, systems, io.cwd);
  const steps = (names.length === 0 ? found : found.map((step) => withParameters(step, platform))).map(
    (step) => masked(step, redact),
  );
  if (format === 'json') io.out(`${JSON.stringify(jsonOf(steps, platform, io.cwd), undefined, 2)}\n`);
  else io.out(textOf(steps, platform, { cwd: io.cwd, isWhole: names.length > 0 }));
  return 0;
}

/** As for a run: somebody may have typed what is secret elsewhere. */
function redactorFor(platform: Platform, systems: CliHost['systems'], cwd: string): Redactor {
  const parameters = platform
    .steps()
    .flatMap((step) => step.parameters ?? [])
    .flatMap(({ name, default: otherwise }) => (otherwise === undefined ? [] : [[name, otherwise] as const]));
  const folder = toFsPath(platform.folders[0] ?? fromFsPath(cwd));
  return redactorOf(platform, { parameters, folder, systems });
}

function masked(step: Step, { text }: Pick<Redactor, 'text'>): Step {
  const { title, detail, parameters } = step;
  return {
    ...step,
    title: text(title),
    detail: text(detail),
    ...(parameters
      ? {
          parameters: parameters.map((each) => ({
            ...each,
            ...(each.default === undefined ? {} : { default: text(each.default) }),
            ...(each.description === undefined ? {} : { description: text(each.description) }),
            ...(each.options ? { options: each.options.map(text) } : {}),
          })),
        }
      : {}),
  };
}

function findSteps(
  names: readonly string[],
  platform: Platform,
  cwd: string,
): readonly Step[] | { readonly message: string } {
  const listed = platform.steps();
  const steps: Step[] = [];
  for (const name of names) {
    const found = findStep(name, listed, placeOf(platform, cwd));
    if (!found.step) return found;
    steps.push(found.step);
  }
  return steps;
}

function placeOf(platform: Platform, cwd: string): StepPlace {
  const at = fromFsPath(cwd);
  return { folder: platform.folders[0] ?? at, cwd: at, forms: platform.stepList };
}

/** With the options of its tool, and the parameters of all that it is made of. */
function withParameters(step: Step, platform: Platform): Step {
  const find = finderOf(platform);
  const around = { projects: platform.projects(), facts: platform.facts };
  const own = [...parametersOf(step, find), ...platform.stepList.options(step, around)];
  return { ...step, parameters: firstOfEachName(own) };
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

function textOf(
  steps: readonly Step[],
  platform: Platform,
  { cwd, isWhole }: { readonly cwd: string; readonly isWhole: boolean },
): string {
  if (steps.length === 0) return 'Nothing to run was found here.\n';
  const width = Math.min(48, Math.max(...steps.map((step) => step.id.length)));
  const lines: string[] = [];
  let heading = '';
  for (const step of steps) {
    const title = platform.system(step.system)?.title ?? step.system;
    const next = `${title} in ${shown(step.project, cwd)}`;
    if (next !== heading) lines.push(...(heading === '' ? [] : ['']), next);
    heading = next;
    lines.push(
      `  ${step.id.padEnd(width)}  ${step.detail}`.trimEnd(),
      ...(isWhole ? parameterLines(step) : []),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** `    --param target=dev|ci  the output of the profile (dev)` */
function parameterLines({ parameters = [] }: Step): readonly string[] {
  const written = parameters.map((each) => `--param ${each.name}=${valuesText(each)}`);
  const width = Math.min(40, Math.max(0, ...written.map(({ length }) => length)));
  return parameters.map(({ description = '', default: otherwise, isOption }, at) => {
    const value = otherwise === undefined || otherwise === '' ? '' : ` (${otherwise})`;
    const must = otherwise === undefined && !isOption ? ' (must be given)' : value;
    return `    ${written[at]!.padEnd(width)}  ${`${description}${must}`.trim()}`.trimEnd();
  });
}

function valuesText({ type, options = [] }: Parameter): string {
  if (type === 'choice') return options.join('|');
  return type === 'boolean' ? 'true|false' : type === 'number' ? 'NUMBER' : 'TEXT';
}

function lineOf(location: NonNullable<Step['location']>, platform: Platform): { readonly line?: number } {
  const source = platform.source(location.path);
  return source ? { line: source.positionAt(location.span.start).line + 1 } : {};
}

function shown(path: string, cwd: string): string {
  return relative(cwd, toFsPath(path)).replaceAll('\\', '/') || '.';
}
