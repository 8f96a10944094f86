import { isBelow, pathFrom } from '../../core/path.ts';
import type { Claim, Project } from '../../core/system.ts';
import { isIgnored } from './ignored.ts';
import { installFolders, layoutOf, type DbtLayout, type ResourceFolder } from './layout.ts';

/** What a file is to dbt. */
export type DbtFileKind =
  | 'project'
  | 'profiles'
  | 'packages'
  | 'dependencies'
  | 'lock'
  | 'selectors'
  | 'catalogs'
  | 'vars'
  | 'properties'
  | 'model'
  | 'python-model'
  | 'snapshot'
  | 'seed'
  | 'test'
  | 'macro'
  | 'analysis'
  | 'fixture'
  | 'function'
  | 'docs';

/** Where a claimed resource lies below its resource path. */
export interface ResourcePlace {
  readonly folders: readonly string[];
  /** The file's name without its ending. */
  readonly name: string;
}

const atRoot: Readonly<Record<string, DbtFileKind>> = {
  'dbt_project.yml': 'project',
  'profiles.yml': 'profiles',
  'packages.yml': 'packages',
  'dependencies.yml': 'dependencies',
  'package-lock.yml': 'lock',
  'selectors.yml': 'selectors',
  'catalogs.yml': 'catalogs',
  'vars.yml': 'vars',
};

const sqlKinds: readonly (readonly [ResourceFolder, DbtFileKind])[] = [
  ['model', 'model'],
  ['snapshot', 'snapshot'],
  ['test', 'test'],
  ['macro', 'macro'],
  ['analysis', 'analysis'],
  ['function', 'function'],
];

/** What the file is to dbt, told by its path; only a profiles.yml elsewhere is looked into. */
export function claimDbtFile(path: string, project: Project, head: () => string): Claim | undefined {
  const layout = layoutOf(project);
  const relative = pathFrom(project.root, path);
  if (isOutput(relative, layout)) return undefined;
  const kind = Object.hasOwn(atRoot, relative) ? atRoot[relative] : undefined;
  if (kind) return yaml(kind, 100);
  const name = relative.slice(relative.lastIndexOf('/') + 1);
  // dbt itself leaves out what editors and people mark as not meant: `.x`, `#x`, `~x`, `!x`.
  if (/^[!.#~]/.test(name)) return undefined;
  if (name === 'profiles.yml' && /^\s+outputs\s*:/m.test(head())) return yaml('profiles', 60);
  if (isIgnored(relative, layout.ignored)) return undefined;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'yml' || ending === 'yaml')
    return isAmong(relative, layout) ? yaml('properties', 50) : undefined;
  return claimResource(relative, ending, layout);
}

function claimResource(relative: string, ending: string, layout: DbtLayout): Claim | undefined {
  const { paths } = layout;
  if (ending === 'sql') {
    for (const [folder, kind] of sqlKinds) {
      const place = placeIn(relative, paths[folder]);
      if (!place) continue;
      if (kind === 'test' && place.folders[0] === 'fixtures') return claimAt('fixture', 'csv', place);
      // Generic tests are macros, wherever they are called.
      const isGeneric = kind === 'test' && place.folders[0] === 'generic';
      return { kind: isGeneric ? 'macro' : kind, format: 'sql', readsText: true, priority: 50, data: place };
    }
  }
  if (ending === 'py' || ending === 'js') return claimCode(relative, ending, paths);
  if (ending === 'csv') return claimCsv(relative, paths);
  if (ending === 'md')
    return claimAt('docs', 'markdown', placeIn(relative, layout.docsPaths ?? allPaths(layout)));
  return undefined;
}

/** A function in another language than SQL, or a Python model. */
function claimCode(
  relative: string,
  ending: string,
  { model, function: functions }: DbtLayout['paths'],
): Claim | undefined {
  const own = placeIn(relative, functions);
  if (own) return { kind: 'function', format: 'text', readsText: false, priority: 50, data: own };
  return ending === 'py' ? claimAt('python-model', 'python', placeIn(relative, model)) : undefined;
}

/** A fixture of unit tests, or a seed. */
function claimCsv(relative: string, { test, seed }: DbtLayout['paths']): Claim | undefined {
  const place = placeIn(relative, test);
  if (place?.folders[0] === 'fixtures') return claimAt('fixture', 'csv', place);
  return claimAt('seed', 'csv', placeIn(relative, seed));
}

function claimAt(
  kind: DbtFileKind,
  format: Claim['format'],
  place: ResourcePlace | undefined,
): Claim | undefined {
  return place && { kind, format, readsText: format !== 'csv', priority: 50, data: place };
}

function yaml(kind: DbtFileKind, priority: number): Claim {
  return { kind, format: 'yaml', readsText: true, priority };
}

function allPaths({ paths }: DbtLayout): readonly string[] {
  return Object.values(paths).flat();
}

function isAmong(relative: string, { paths }: DbtLayout): boolean {
  for (const folders of Object.values(paths))
    if (folders.some((folder) => folder === '' || isBelow(relative, folder))) return true;
  return false;
}

/** Where a properties file lies below its resource path. */
export function placeOfYaml(relative: string, layout: DbtLayout): ResourcePlace | undefined {
  return placeIn(relative, allPaths(layout));
}

/** The place of a file below the longest of `folders` that holds it. */
function placeIn(relative: string, folders: readonly string[]): ResourcePlace | undefined {
  let best: string | undefined;
  for (const folder of folders) {
    if (folder !== '' && !isBelow(relative, folder)) continue;
    if (best === undefined || folder.length > best.length) best = folder;
  }
  if (best === undefined) return undefined;
  const parts = relative.slice(best === '' ? 0 : best.length + 1).split('/');
  const file = parts.pop()!;
  return { folders: parts, name: file.slice(0, file.lastIndexOf('.')) };
}

function isOutput(relative: string, layout: DbtLayout): boolean {
  return (
    installFolders.some((folder) => isBelow(relative, folder)) ||
    isBelow(relative, layout.installPath) ||
    layout.output.some((folder) => isBelow(relative, folder))
  );
}
