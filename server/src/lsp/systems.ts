import type { Severity } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { isInside } from '../core/path.ts';
import type { Step } from '../core/step.ts';
import type { Project, System } from '../core/system.ts';
import { diagnose } from '../language/diagnose.ts';
import {
  changedNotification,
  stepsRequest,
  systemsRequest,
  type ChangedParams,
  type ProjectAnswer,
  type ServerSettings,
  type StepAnswer,
  type SystemAnswer,
} from '../protocol/requests.ts';
import { rangeIn, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

/** Longest time that a view may lag behind. */
const tellEveryMs = 200;

export const registerSystems: Feature = ({ connection, session, log }) => {
  connection.onRequest(systemsRequest, (token) =>
    runSafe<SystemAnswer[]>(
      'systems',
      async () => systemAnswers(await session.settled(token), session.settings),
      { fallback: [], log, token },
    ),
  );
  connection.onRequest(stepsRequest, (token) =>
    runSafe<StepAnswer[]>('steps', async () => stepAnswers(await session.settled(token)), {
      fallback: [],
      log,
      token,
    }),
  );
  let due: ChangedParams | undefined;
  let revision = -1;
  session.onChanged(({ paths, all }) => {
    void session.settled().then((platform) => {
      const plan =
        all ||
        [...paths].some((path) => platform.systemOf(path)?.readPlan !== undefined || !platform.has(path));
      // Every step follows from definitions; one that is written in the edited file may have moved with its lines.
      const steps =
        all || platform.facts.revision !== revision || [...paths].some((path) => holdsStep(platform, path));
      revision = platform.facts.revision;
      if (!due)
        setTimeout(() => {
          void connection.sendNotification(changedNotification, due);
          due = undefined;
        }, tellEveryMs);
      due = { plan: plan || due?.plan === true, systems: true, steps: steps || due?.steps === true };
    });
  });
  return {};
};

/** True where a step's name stands in the text; a model's step is its whole file, which cannot move. */
function holdsStep(platform: Platform, path: string): boolean {
  const facts = platform.facts.of(path);
  return facts.some((fact) => fact.fact === 'definition' && fact.namespace === 'step' && fact.span.end > 0);
}

function systemAnswers(platform: Platform, settings: ServerSettings): SystemAnswer[] {
  const counts = countFindings(platform, settings);
  return platform.systems.flatMap((system) => {
    const projects = platform
      .projects()
      .filter((project) => project.system === system.id && !project.vendored);
    const answers = projects
      .map((project) => projectAnswer(platform, system, project, counts.get(project)))
      .filter((answer) => answer.files > 0);
    return answers.length === 0
      ? []
      : [{ id: system.id, title: system.title, icon: system.icon, projects: answers }];
  });
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
    own.files++;
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
  const holes = system.names.flatMap((kind) => platform.facts.holes(kind.namespace, project.scope));
  return {
    name: project.name,
    uri: toUri(project.root),
    openUri: toUri(project.marker ?? project.root),
    findings: counts?.findings ?? { error: 0, warning: 0, information: 0, hint: 0 },
    files: counts?.files ?? 0,
    silent: [...new Set(holes.map((hole) => hole.reason))],
    ...(project.version ? { version: project.version.version, versionSource: project.version.source } : {}),
  };
}

function stepAnswers(platform: Platform): StepAnswer[] {
  return platform.steps().flatMap((step) => {
    const system = platform.system(step.system);
    const folder = platform.folders.find((each) => isInside(step.project, each));
    return system && folder !== undefined ? [stepAnswer(platform, step, system, folder)] : [];
  });
}

function stepAnswer(platform: Platform, step: Step, system: System, folder: string): StepAnswer {
  return {
    id: step.id,
    title: step.title,
    detail: step.detail,
    system: step.system,
    systemTitle: system.title,
    icon: system.icon,
    kind: step.kind,
    projectUri: toUri(step.project),
    folderUri: toUri(folder),
    ...(step.location
      ? { uri: toUri(step.location.path), range: rangeIn(platform, step.location.path, step.location.span) }
      : {}),
  };
}
