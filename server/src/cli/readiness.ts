import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Plan, PlanStatus } from '../core/plan.ts';
import type { Platform } from '../core/platform.ts';
import type { Project } from '../core/system.ts';
import { toFsPath } from '../files/node-files.ts';
import { defaultFindingSettings, diagnose } from '../language/diagnose.ts';
import {
  takeSnapshot,
  type Evidence,
  type PlanReadiness,
  type ProjectState,
  type ReadinessSnapshot,
} from '../readiness/snapshot.ts';
import type { CliHost } from './host.ts';

export interface ReadinessArgs {
  /** A folder of the platform; the working directory where absent. */
  readonly path: string | undefined;
  readonly format: 'text' | 'json';
}

/** Prints what plans claim beside what checks show. Exit status: 0 ready, 1 not ready or unknown, 2 could not run. */
export async function runReadiness(
  { path = '.', format }: ReadinessArgs,
  { io, openWorkspace }: Pick<CliHost, 'io' | 'openWorkspace'>,
): Promise<number> {
  const folder = resolve(io.cwd, path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    io.err(`penstock readiness: there is no folder ${path}; name one that exists\n`);
    return 2;
  }
  const platform = await openWorkspace(folder);
  const snapshot = takeSnapshot({ plans: plansOf(platform), projects: projectStates(platform) });
  const place = (uriPath: string): string => relative(io.cwd, toFsPath(uriPath)).replaceAll('\\', '/') || '.';
  io.out(
    format === 'json'
      ? `${JSON.stringify(toJson(snapshot, place), undefined, 2)}\n`
      : printSnapshot(snapshot, place),
  );
  return snapshot.state === 'ready' ? 0 : 1;
}

function plansOf(platform: Platform): readonly Plan[] {
  return [...platform.paths()].sort().flatMap((path) => {
    const file = platform.systemOf(path)?.readPlan && platform.parsed(path);
    const plan = file && platform.systemOf(path)?.readPlan?.(file);
    return plan ? [plan] : [];
  });
}

/** Every project of a tool with its findings; a plan is a claim, so its own findings prove nothing. */
function projectStates(platform: Platform): readonly ProjectState[] {
  const counts = new Map<Project, { errors: number; warnings: number }>();
  for (const path of platform.paths()) {
    const project = platform.projectOf(path);
    if (!project || project.vendored || platform.systemOf(path)?.readPlan) continue;
    const own = counts.get(project) ?? { errors: 0, warnings: 0 };
    for (const { severity } of diagnose(platform, path, defaultFindingSettings)) {
      if (severity === 'error') own.errors++;
      else if (severity === 'warning') own.warnings++;
    }
    counts.set(project, own);
  }
  return [...counts].map(([{ system, name, root }, own]) => ({
    system,
    title: platform.system(system)?.title ?? system,
    name,
    root,
    ...own,
  }));
}

type Place = (uriPath: string) => string;

function toJson({ state, verdict, plans, evidence }: ReadinessSnapshot, place: Place): unknown {
  return {
    state,
    verdict,
    plans: plans.map(({ path, updated, claimedOverall, tableAverage, ...plan }) => ({
      file: place(path),
      ...plan,
      updated: updated ?? null,
      claimedOverall: claimedOverall ?? null,
      tableAverage: tableAverage ?? null,
    })),
    evidence: evidence.map(({ root, ...rest }) => ({ ...rest, folder: place(root) })),
  };
}

function printSnapshot({ verdict, plans, evidence }: ReadinessSnapshot, place: Place): string {
  const blocks = [
    [verdict.charAt(0).toUpperCase() + verdict.slice(1)],
    ...plans.map((plan) => planLines(plan, place)),
    evidence.length === 0 ? [] : ['Evidence', ...evidence.map((each) => evidenceLine(each, place))],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function planLines(plan: PlanReadiness, place: Place): readonly string[] {
  const { counts, criteria, open, categories } = plan;
  const statuses = (Object.keys(counts) as PlanStatus[]).filter((status) => counts[status] > 0);
  const width = Math.max(0, ...categories.map(({ category }) => category.length));
  return [
    `${plan.title} (${place(plan.path)}${plan.updated === undefined ? '' : `, updated ${plan.updated}`})`,
    `  tasks      ${plan.total}: ${statuses.map((status) => `${counts[status]} ${status.replace('-', ' ')}`).join(', ')}`,
    ...(open.length === 0
      ? []
      : [
          `  open       ${open.map(({ priority, count }) => `${count} ${priority || 'without priority'}`).join(', ')}`,
        ]),
    ...(criteria.done + criteria.open === 0
      ? []
      : [`  criteria   ${criteria.done} of ${criteria.done + criteria.open} met`]),
    ...(plan.blockers === 0 ? [] : [`  blockers   ${plan.blockers}`]),
    ...(plan.risks === 0 ? [] : [`  risks      ${plan.risks}`]),
    ...claimedLine(plan),
    ...categories.map(
      ({ category, claimed }) => `    ${category.padEnd(width)} ${`${claimed} %`.padStart(6)}`,
    ),
  ];
}

function claimedLine({ claimedOverall, tableAverage }: PlanReadiness): readonly string[] {
  const parts = [
    ...(claimedOverall === undefined ? [] : [`${claimedOverall} % overall`]),
    ...(tableAverage === undefined ? [] : [`its table averages ${tableAverage} %`]),
  ];
  return parts.length === 0 ? [] : [`  claimed    ${parts.join('; ')}`];
}

function evidenceLine({ title, root, state, errors, warnings }: Evidence, place: Place): string {
  const warned = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  if (state === 'passed') return `  ✓ ${title} (${place(root)}): configuration is valid${warned}`;
  return `  ✗ ${title} (${place(root)}): configuration has ${errors} ${errors === 1 ? 'error' : 'errors'}${warned}; \`penstock check\` shows them`;
}
