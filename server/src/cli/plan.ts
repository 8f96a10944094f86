import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { FileText } from '../core/files.ts';
import { knownThings } from '../core/known-things.ts';
import type { Plan } from '../core/plan.ts';
import { orderPlan } from '../core/plan-next.ts';
import { joinPlans } from '../core/plan-set.ts';
import type { Platform } from '../core/platform.ts';
import { SourceFile } from '../core/source-file.ts';
import { createNodeFiles, fromFsPath, toFsPath } from '../files/node-files.ts';
import { createNodePause } from '../files/node-pause.ts';
import type { CliHost } from './host.ts';
import { planJson } from './plan-json.ts';
import { openPlatform } from './plan-documents.ts';
import { printPlan } from './plan-text.ts';
import { readAlone } from './read-alone.ts';

export interface PlanArgs {
  /** The document to read; all that are below the working directory where absent. */
  readonly file: string | undefined;
  readonly format: 'text' | 'json';
}

/** A plan and the text it was read from. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly source: SourceFile;
}

/** Prints a plan, all of its documents or the one that is named. Exit status: 0 printed, 2 there is none. */
export async function runPlan(
  { file, format }: PlanArgs,
  host: Pick<CliHost, 'io' | 'openFolder' | 'openWorkspace'>,
): Promise<number> {
  const { io } = host;
  const place = (path: string): string => relative(io.cwd, toFsPath(path)).replaceAll('\\', '/');
  const refuse = (message: string): number => {
    io.err(`penstock plan: ${message}\n`);
    return 2;
  };
  let documents: readonly ReadPlan[];
  const platform = await openPlatform(file, host);
  if (file === undefined) {
    documents = findDocuments(platform);
    if (documents.length === 0)
      return refuse(
        'no planning document found here; name one, or write a Markdown table with the columns Task, Priority and Status',
      );
  } else {
    const path = fromFsPath(resolve(io.cwd, file));
    const text = createNodeFiles({ pause: createNodePause() }).read(path);
    if (text.kind !== 'text') return refuse(whyUnread(file, toFsPath(path), text));
    const found = readNamed(path, text.text, platform);
    if (!found)
      return refuse(`${file} holds no tasks; name a Markdown document with a table of tasks or a check list`);
    documents = [found];
  }
  const known = knownThings(platform.facts, platform.systems);
  const order = orderPlan(joinPlans(documents.map(({ plan }) => plan)), known);
  if (format === 'json') io.out(`${JSON.stringify(planJson(documents, order, place), undefined, 2)}\n`);
  else io.out(printPlan(documents, order, { place, nowMs: Date.now() }));
  return 0;
}

/** Every planning document of the platform, in the order of a plan. */
function findDocuments(platform: Platform): readonly ReadPlan[] {
  const found = new Map<Plan, ReadPlan>();
  for (const path of platform.paths()) {
    const file = platform.systemOf(path)?.readPlan && platform.parsed(path);
    const plan = file && platform.systemOf(path)?.readPlan?.(file);
    if (plan) found.set(plan, { plan, source: file.source });
  }
  return joinPlans(found.keys()).documents.map((plan) => found.get(plan)!);
}

/** A document that the user names is read as a plan whatever its head looks like, provided that tasks are in it. */
function readNamed(path: string, text: string, platform: Platform): ReadPlan | undefined {
  for (const system of platform.systems) {
    const claim = system.claimPlan?.(path);
    const source = new SourceFile(path, text);
    const plan = claim && system.readPlan?.(readAlone(system, source, { claim, platform }));
    const found = plan && { plan, source };
    if (found && found.plan.items.length + found.plan.readiness.length + found.plan.criteria.length > 0)
      return found;
  }
  return undefined;
}

function whyUnread(file: string, fsPath: string, text: Exclude<FileText, { kind: 'text' }>): string {
  if (text.kind === 'too-large')
    return `${file} has ${Math.round(text.bytes / 1e6)} MB, too much for a planning document`;
  const found = statSync(fsPath, { throwIfNoEntry: false });
  if (found?.isDirectory())
    return `${file} is a folder; name a document, or go there: without a name all documents below are read`;
  if (found) return `${file} may not be read; give whoever asks the right to read it`;
  return `there is no file ${file} that can be read; name one that exists`;
}
