import { firstOfEachName, parametersOf, valuesOf, whyNotGiven, writtenInEntry } from '../core/parameters.ts';
import type { Platform } from '../core/platform.ts';
import type { RanWhen, Step } from '../core/step.ts';
import { textAt } from '../files/disk.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { variablesOfEnvFiles } from '../runs/env-files.ts';
import { findResumable, onlyFailed, withoutDone } from '../runs/resume.ts';
import { isRunId } from '../runs/run-folder.ts';
import { planRun, type PlannedStep } from '../runs/run-plan.ts';
import { RunStore } from '../runs/run-store.ts';
import { mask } from '../runs/redact.ts';
import { findStep } from '../core/find-step.ts';
import { finderOf, whyNotFound } from '../core/told-options.ts';
import type { RunOptions } from './run.ts';

/** What is to be run, whole. */
export interface ChosenRun {
  readonly requested: readonly Step[];
  readonly planned: readonly PlannedStep[];
  /** What each parameter is, also by its default. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly resumes?: string;
}

interface Refused {
  /** Why nothing is run, in a sentence. */
  readonly refused: string;
}

/** The run that is asked for, or why it cannot be had. Folders are paths of the file system. */
export async function chooseRun(
  options: RunOptions,
  platform: Platform,
  place: { readonly folder: string; readonly cwd: string },
): Promise<ChosenRun | Refused> {
  const { runId, resume, rerun, onlyFailed: isRetry, steps } = options;
  if (runId !== undefined && !isRunId(runId)) return { refused: `\`${runId}\` is no run's id` };
  if (resume !== undefined && rerun !== undefined)
    return { refused: 'a run is either resumed or run again; leave one of --resume and --rerun out' };
  if (isRetry && resume === undefined)
    return { refused: '`--only-failed` is about a run that is resumed; name it with --resume' };
  if (resume !== undefined || rerun !== undefined) return chooseResumed(options, platform, place);
  if (steps.length === 0) return { refused: 'name a step to run; `penstock steps` lists them' };
  const given = readParameters(options.parameters ?? []);
  return 'refused' in given ? given : choose(steps, given, platform, { ...place, isSure: isSure(options) });
}

async function chooseResumed(
  options: RunOptions,
  platform: Platform,
  place: { readonly folder: string },
): Promise<ChosenRun | Refused> {
  const { steps, parameters = [], resume, rerun = '', onlyFailed: isRetry } = options;
  if (steps.length > 0)
    return {
      refused: `a ${resume === undefined ? 'rerun' : 'resumed run'} has the steps that it had; leave them out`,
    };
  const given = readParameters(parameters);
  if ('refused' in given) return given;
  const found = await findResumable(new RunStore(place.folder), resume ?? rerun, {
    again: resume === undefined,
  });
  if ('refused' in found) return found;
  const { run } = found;
  const values = new Map(Object.entries(run.parameters ?? {}));
  for (const [name, value] of given) {
    if (values.get(name)?.includes(mask) !== true)
      return { refused: `parameter \`${name}\` stays as it was in run \`${run.id}\`; leave it out` };
    values.set(name, value);
  }
  const hidden = [...values].find(([, value]) => value.includes(mask))?.[0];
  if (hidden !== undefined)
    return {
      refused: `parameter \`${hidden}\` is secret, so no run keeps it; give it anew: --param ${hidden}=…`,
    };
  // Steps are named as seen from the folder that keeps the run, wherever this one is started.
  const chosen = choose(run.requested, values, platform, {
    folder: place.folder,
    cwd: place.folder,
    isSure: isSure(options),
  });
  if ('refused' in chosen) return chosen;
  if (resume === undefined) return chosen;
  const planned = withoutDone(chosen.planned, run);
  const failed = isRetry ? onlyFailed(planned, run, (step, ran) => retryOf(step, ran, platform)) : planned;
  return { ...chosen, planned: failed, resumes: run.id };
}

function retryOf(step: Step, ran: RanWhen, platform: Platform): Step | undefined {
  const read = (path: string): string => textAt(toFsPath(path)) ?? '';
  return platform.system(step.system)?.retry?.(step, ran, read);
}

function choose(
  names: readonly string[],
  given: ReadonlyMap<string, string>,
  platform: Platform,
  { folder, cwd, isSure }: { readonly folder: string; readonly cwd: string; readonly isSure: boolean },
): ChosenRun | Refused {
  const listed = platform.steps();
  const at = { folder: fromFsPath(folder), cwd: fromFsPath(cwd), forms: platform.stepList };
  const requested: Step[] = [];
  for (const name of names) {
    const found = findStep(name, listed, at);
    if (!found.step) return { refused: found.message };
    requested.push(found.step);
  }
  const find = finderOf(platform);
  const gone = requested.find(({ destroys }) => destroys !== undefined);
  if (gone && !isSure)
    return { refused: `\`${gone.id}\` cannot be undone. ${gone.destroys} Say that with --yes` };
  const around = { projects: platform.projects(), facts: platform.facts };
  const parameters = firstOfEachName(
    requested.flatMap((step) => [...parametersOf(step, find), ...platform.stepList.options(step, around)]),
  );
  const why = whyNotGiven(parameters, given);
  if (why !== undefined) return { refused: why };
  const values = valuesOf(parameters, given);
  const planned = planRun({
    requested,
    find,
    whyNotFound: (name, { project }) => whyNotFound(platform, name, project),
    narrow: (step, selection) => platform.stepList.narrow(step, selection),
    adjust: (step, ofEntry) => {
      const options = platform.stepList.options(step, around);
      const why = ofEntry && whyNotGiven(options, ofEntry, writtenInEntry);
      return why === undefined
        ? platform.stepList.withOptions(step, ofEntry ?? given, around)
        : { refused: `\`with\`: ${why}` };
    },
    parameters: values,
    environment: { ...variablesFor(requested, folder), ...process.env },
  });
  return { requested, planned, parameters: values };
}

/** What pipelines may refer to besides the variables of the process: those of the `.env` files that lie with them. */
function variablesFor(steps: readonly Step[], folder: string): Readonly<Record<string, string>> {
  const projects = new Set(steps.map(({ project }) => project));
  return Object.assign({}, ...[...projects].map((each) => variablesOfEnvFiles(toFsPath(each), folder)));
}

/** What is told only, destroys nothing. */
function isSure({ yes, dryRun }: RunOptions): boolean {
  return yes === true || dryRun === true;
}

function readParameters(written: readonly string[]): ReadonlyMap<string, string> | Refused {
  const given = new Map<string, string>();
  for (const each of written) {
    const at = each.indexOf('=');
    if (at < 1) return { refused: `\`--param ${each}\` sets nothing; write it as NAME=VALUE` };
    given.set(each.slice(0, at), each.slice(at + 1));
  }
  return given;
}
