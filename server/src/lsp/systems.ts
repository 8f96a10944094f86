import { RequestType } from 'vscode-languageserver/node';
import type { Severity } from '../core/finding.ts';
import { parametersOf } from '../core/parameters.ts';
import { finderOf } from '../core/told-options.ts';
import type { Platform } from '../core/platform.ts';
import { baseName, isInside } from '../core/path.ts';
import type { PipelineEntry, Step } from '../core/step.ts';
import type { Project, System } from '../core/system.ts';
import { imageVersion, placeOf } from '../core/where.ts';
import { diagnose } from '../language/diagnose.ts';
import { stepsIn } from '../language/steps-in.ts';
import {
  changedNotification,
  fileStepsRequest,
  stepsRequest,
  systemsRequest,
  type ChangedParams,
  type FileStepsParams,
  type PipelineEntryAnswer,
  type ProjectAnswer,
  type ServerSettings,
  type StepAnswer,
  type SystemAnswer,
} from '../protocol/requests.ts';
import { rangeIn, toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';
import { shownSteps } from './shown-steps.ts';

/** Longest time that a view may lag behind; only what somebody types in a plan is told at once. */
const tellEveryMs = 200;

export const registerSystems: Feature = ({ connection, session, history, log }) => {
  connection.onRequest(systemsRequest, (token) =>
    runSafe<SystemAnswer[]>(
      'systems',
      async () => {
        const platform = await session.settled(token);
        return systemAnswers(platform, session.settings, platform.steps());
      },
      { fallback: [], log, token },
    ),
  );
  connection.onRequest(stepsRequest, (token) =>
    runSafe<StepAnswer[]>(
      'steps',
      async () => {
        const platform = await session.settled(token);
        const shown = shownSteps(platform, history);
        return platform.steps().flatMap((step) => stepAnswer(platform, shown(step)) ?? []);
      },
      { fallback: [], log, token },
    ),
  );
  connection.onRequest(
    new RequestType<FileStepsParams, StepAnswer[], void>(fileStepsRequest),
    (params, token) =>
      runSafe<StepAnswer[]>(
        'steps of a file',
        async () => {
          const platform = await session.settled(token);
          const path = toPath(params.uri);
          const all = platform.steps();
          const found = platform.has(path) ? stepsIn(platform, path, all) : [];
          const shown = shownSteps(platform, history);
          return found.flatMap(({ step, span }) => {
            const answer = stepAnswer(platform, shown(step));
            return answer ? [{ ...answer, uri: params.uri, range: rangeIn(platform, path, span) }] : [];
          });
        },
        { fallback: [], log, token },
      ),
  );
  const tell = (changed: ChangedParams): void =>
    void connection.sendNotification(changedNotification, changed);
  let due: ChangedParams | undefined;
  let revision = -1;
  session.onChanged(({ paths, all }) => {
    void session.settled().then((platform) => {
      const plan =
        all ||
        [...paths].some((path) => platform.systemOf(path)?.readPlan !== undefined || !platform.has(path));
      // Every step follows from definitions; one that is written in the edited file may have moved with its lines.
      const moved =
        all || platform.facts.revision !== revision || [...paths].some((path) => holdsStep(platform, path));
      revision = platform.facts.revision;
      if (plan) tell({ plan, systems: false, steps: false });
      if (!due)
        setTimeout(() => {
          tell(due!);
          due = undefined;
        }, tellEveryMs);
      due = { plan: false, systems: true, steps: moved || due?.steps === true };
    });
  });
  return {};
};

/** True where a step's name stands in the text; a model's step is its whole file, which cannot move. */
function holdsStep(platform: Platform, path: string): boolean {
  const facts = platform.facts.of(path);
  return facts.some((fact) => fact.fact === 'definition' && fact.namespace === 'step' && fact.span.end > 0);
}

function systemAnswers(platform: Platform, settings: ServerSettings, all: readonly Step[]): SystemAnswer[] {
  const counts = countFindings(platform, settings);
  return platform.systems.flatMap((system) => {
    const projects = platform
      .projects()
      .filter((project) => project.system === system.id && !project.vendored);
    const homes = new Set(all.filter((step) => step.system === system.id).map((step) => step.project));
    const answers = projects.flatMap((project) => {
      const hasSteps = homes.delete(project.root);
      const answer = projectAnswer(platform, system, project, counts.get(project));
      return answer.files > 0 || hasSteps ? [answer] : [];
    });
    // What runs in a folder of its own is shown there: a suite of tests, a site.
    answers.push(...[...homes].map(homeAnswer));
    return answers.length === 0
      ? []
      : [{ id: system.id, title: system.title, icon: system.icon, projects: answers }];
  });
}

function homeAnswer(folder: string): ProjectAnswer {
  const uri = toUri(folder);
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  return { name: baseName(folder), uri, openUri: uri, findings, files: 0, silent: [] };
}

interface Counts {
  readonly findings: Record<Severity, number>;
  files: number;
}

function countFindings(platform: Platform, settings: ServerSettings): ReadonlyMap<Project, Counts> {
  const counts = new Map<Project, Counts>();
  for (const path of platform.paths()) {
    const project = platform.projectOf(path)!;
    let own = counts.get(project);
    if (!own)
      counts.set(project, (own = { findings: { error: 0, warning: 0, information: 0, hint: 0 }, files: 0 }));
    if (!platform.isAside(path)) own.files++;
    for (const finding of diagnose(platform, path, settings)) own.findings[finding.severity]++;
  }
  return counts;
}

function projectAnswer(
  platform: Platform,
  system: System,
  project: Project,
  counts: Counts | undefined,
): ProjectAnswer {
  const version = project.version ?? imageVersion(project, platform.facts);
  const where = system.tool ? placeOf(project, platform.facts) : undefined;
  const place = where?.kind === 'unknown' ? [`paths of containers are not followed: ${where.reason}`] : [];
  const holes = system.names.flatMap((kind) => platform.facts.holes(kind.namespace, project.scope));
  return {
    name: project.name,
    uri: toUri(project.root),
    openUri: toUri(project.marker ?? project.root),
    findings: counts?.findings ?? { error: 0, warning: 0, information: 0, hint: 0 },
    files: counts?.files ?? 0,
    silent: [...new Set([...holes.map((hole) => hole.reason), ...place])],
    ...(version ? { version: version.version, versionSource: version.source } : {}),
  };
}

function entryAnswer({ id, step, needs }: PipelineEntry): PipelineEntryAnswer {
  return { id, step, needs };
}

function stepAnswer(platform: Platform, step: Step): StepAnswer | undefined {
  const system = platform.system(step.system);
  const folder = platform.folders.find((each) => isInside(step.project, each));
  if (!system || folder === undefined) return undefined;
  const parameters = parametersOf(step, finderOf(platform));
  return {
    id: step.id,
    title: step.title,
    detail: step.detail,
    system: step.system,
    systemTitle: system.title,
    icon: system.icon,
    kind: step.kind,
    ...(step.verb === undefined ? {} : { verb: step.verb }),
    ...(system.options ? { hasOptions: true } : {}),
    ...(step.destroys === undefined ? {} : { destroys: step.destroys }),
    ...(step.asksFirst ? { asksFirst: true } : {}),
    projectUri: toUri(step.project),
    folderUri: toUri(folder),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(step.work.kind === 'pipeline' ? { entries: step.work.steps.map(entryAnswer) } : {}),
    ...(step.location
      ? { uri: toUri(step.location.path), range: rangeIn(platform, step.location.path, step.location.span) }
      : {}),
  };
}
