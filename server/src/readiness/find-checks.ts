import { aboutNothing, type Check, type Waiver } from '../core/evidence.ts';
import { isInside, pathFrom } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { ProjectState } from './snapshot.ts';

/** Every check of the workspace, and what is waived. */
export interface KnownChecks {
  /** Each id once: what somebody asks for first, by its place, then what is proved without asking. */
  readonly checks: readonly Check[];
  readonly waivers: readonly Waiver[];
}

/** Gathers what systems and `penstock.yaml` want to know; `projects` are those whose configuration was looked at. */
export function findChecks(platform: Platform, projects: readonly ProjectState[]): KnownChecks {
  const own = platform
    .projects()
    .filter((project) => !project.vendored)
    .flatMap((project) => platform.system(project.system)?.checks?.(project, platform.facts) ?? []);
  const waivers = platform
    .projects()
    .flatMap((project) => platform.system(project.system)?.waivers?.(project, platform.facts) ?? []);
  const asked = own.filter(({ location }) => location).map((check) => withProject(check, platform));
  const unasked = [...own.filter(({ location }) => !location), ...projects.map(validity)];
  const { bound, taken } = bindAll(asked, unasked);
  const left = unasked.filter((check) => !taken.has(check));
  return { checks: withLabels([...bound, ...left], [...bound, ...unasked], platform.folders), waivers };
}

/** A step runs in its own project's folder, which is where the history knows it. */
function withProject(check: Check, platform: Platform): Check {
  const { probe } = check;
  if (probe.kind !== 'ran' || probe.project !== undefined) return check;
  const [definition] = platform.facts.definitions({ namespace: 'step', scope: '', name: probe.step });
  const project = definition && platform.projectOf(definition.path);
  return project ? { ...check, probe: { ...probe, project: project.root } } : check;
}

/** That a project's configuration is valid is looked at without asking. */
function validity({ system, title, root }: ProjectState): Check {
  return {
    id: `${system}:valid`,
    title: `The configuration of ${title} is valid`,
    probe: { kind: 'valid', system, project: root },
    about: { ...aboutNothing, systems: [system] },
    weight: 1,
    folder: root,
  };
}

/** A check of a system that somebody asks for takes the place of the one that would be there without asking. */
function bindAll(
  asked: readonly Check[],
  unasked: readonly Check[],
): { readonly bound: readonly Check[]; readonly taken: ReadonlySet<Check> } {
  const taken = new Set<Check>();
  const bound = asked.map((check): Check => {
    const targets = targetsOf(check, unasked);
    for (const target of targets) taken.add(target);
    const [target, ...others] = targets;
    if (check.probe.kind !== 'check' || !target || others.length > 0) return check;
    const { of } = check.probe;
    return {
      ...target,
      ...check,
      probe: target.probe,
      folder: target.folder,
      title: check.title === of ? target.title : check.title,
      about: {
        ...check.about,
        systems: check.about.systems.length > 0 ? check.about.systems : target.about.systems,
      },
    };
  });
  return { bound, taken };
}

function targetsOf({ probe }: Check, unasked: readonly Check[]): readonly Check[] {
  if (probe.kind === 'check')
    return unasked.filter(
      ({ id, folder }) => id === probe.of && (probe.project === undefined || folder === probe.project),
    );
  if (probe.kind !== 'valid') return [];
  return unasked.filter(
    (each) =>
      each.probe.kind === 'valid' &&
      each.probe.system === probe.system &&
      (probe.project === undefined || each.probe.project === probe.project),
  );
}

/** Where several projects have a check of one id, each gets its folder behind `@`, also where others are asked for by names of their own. */
function withLabels(
  checks: readonly Check[],
  all: readonly Check[],
  folders: readonly string[],
): readonly Check[] {
  const counts = new Map<string, number>();
  for (const { id } of all) counts.set(id, (counts.get(id) ?? 0) + 1);
  const taken = new Set<string>();
  return checks.map((check) => {
    const around = folders.find((folder) => isInside(check.folder, folder));
    const label = around === undefined ? check.folder : pathFrom(around, check.folder) || '.';
    const wanted = counts.get(check.id)! > 1 ? `${check.id}@${label}` : check.id;
    let id = wanted;
    for (let number = 2; taken.has(id); number++) id = `${wanted}#${number}`;
    taken.add(id);
    return id === check.id ? check : { ...check, id };
  });
}
