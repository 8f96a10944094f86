import { readIgnored, type IgnoredPath } from './ignored.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Layout, Project, ProjectPlace } from '../../core/system.ts';
import { get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import { isInside, pathFrom, resolvePath } from '../../core/path.ts';
import { folderSection, folderSections, type FolderSection } from './folder-sections.ts';
import { materializationsOf, type FolderMaterialization } from './materialization.ts';
import { requiredVersion } from './required-version.ts';

export type ResourcePaths = Readonly<Record<ResourceFolder, readonly string[]>>;
export type ResourceFolder = 'model' | 'seed' | 'snapshot' | 'test' | 'macro' | 'analysis' | 'function';

/** What `dbt_project.yml` says of a project, as far as it is written plainly. */
export interface DbtLayout {
  readonly package: string;
  /** The profile's name; undefined where there is none or where it is computed. */
  readonly profile: string | undefined;
  readonly paths: ResourcePaths;
  /** Resource paths that lead out of the workspace or are computed: what lies there is not read. */
  readonly unseen: readonly string[];
  /** Undefined where dbt looks in every resource path. */
  readonly docsPaths: readonly string[] | undefined;
  readonly installPath: string;
  /** Folders that hold what dbt writes itself. */
  readonly output: readonly string[];
  readonly vars: readonly string[];
  /** Trees of folders (package first) below which `enabled` is set to anything but `true`, by resource. */
  readonly disabled: Readonly<Record<'models' | 'seeds' | 'snapshots', readonly (readonly string[])[]>>;
  /** Every key that stands anywhere in the tree of a section, folders too: what may be configured there. */
  readonly configured: Readonly<Record<FolderSection, ReadonlySet<string>>>;
  /** Trees of the semantic layer in which `enabled` stands somewhere. */
  readonly maySwitchOff: ReadonlySet<string>;
  /** How models are materialized, by folder. */
  readonly materializations: readonly FolderMaterialization[];
  /** Flags of dbt that are switched off in plain text. */
  readonly flagsOff: ReadonlySet<string>;
  /** True where catalogs.yml is read in its second form. */
  /** True where other packages may read only what is public here. */
  readonly restrictsAccess: boolean;
  readonly usesCatalogsV2: boolean;
  /** What `.dbtignore` leaves out. */
  readonly ignored: readonly IgnoredPath[];
}

const standardPaths: ResourcePaths = {
  model: ['models'],
  seed: ['seeds'],
  snapshot: ['snapshots'],
  test: ['tests'],
  macro: ['macros'],
  analysis: ['analyses'],
  function: ['functions'],
};

/** dbt leaves out what this file beside dbt_project.yml names, as git does with its own. */
const ignoreFile = '.dbtignore';

/** What is read beside `dbt_project.yml`: what dbt passes over. */
export const layoutFiles: readonly string[] = [ignoreFile];

/** Where dbt installs packages when nothing else is said, today and formerly. */
export const installFolders = ['dbt_packages', 'dbt_modules'];

/** Reads the marker. A project below another one's packages shares that one's names. */
export function openDbtProject(
  marker: SourceFile,
  place: ProjectPlace,
  read: (name: string) => string,
  isCovered: (folder: string) => boolean,
): Layout {
  const { tree } = parseYaml(marker.text, { version: '1.1', duplicateKeys: 'last' });
  const name = plain(get(tree, 'name')) ?? place.root.slice(place.root.lastIndexOf('/') + 1);
  const folders: Folders = { root: place.root, isCovered };
  const layout = readLayout(tree, name, folders);
  const data = { ...layout, ignored: readIgnored(read(ignoreFile)) };
  const outside = [...new Set(outsideOf(layout).map((path) => resolvePath(place.root, path)))];
  const host = hostOf(place.root);
  const version = host ? undefined : requiredVersion(get(tree, 'require-dbt-version'));
  if (!host) return { name, data, outside, ...(version ? { version } : {}) };
  // A package's own integration tests are nobody's names.
  return host.isPackage ? { name, data, vendored: true, scope: host.root } : { name, data, vendored: true };
}

/** The layout that `openDbtProject` made. */
export function layoutOf(project: Project): DbtLayout {
  return (project.data as DbtLayout | undefined) ?? readLayout(undefined, project.name);
}

/** True for what the project itself defines; what its packages do is run by its own name where somebody wants it. */
export function isOwn(
  { group, path }: { readonly group?: string; readonly path: string },
  project: Project,
): boolean {
  if (group !== layoutOf(project).package) return false;
  return [project.root, ...(project.outside ?? [])].some((folder) => isInside(path, folder));
}

/** Resource paths that lead out of the project to where its files can be seen. */
function outsideOf({ paths, docsPaths }: DbtLayout): readonly string[] {
  return [...Object.values(paths).flat(), ...(docsPaths ?? [])].filter((path) => path.startsWith('../'));
}

/** Where the project lies, and which folders can be looked into. */
interface Folders {
  readonly root: string;
  readonly isCovered: (folder: string) => boolean;
}

const nowhere: Folders = { root: '/', isCovered: () => false };

function readLayout(tree: Node | undefined, name: string, seen: Folders = nowhere): DbtLayout {
  const paths = (key: string, fallback: readonly string[], old?: string): readonly string[] =>
    pathList(get(tree, key), seen) ??
    (old === undefined ? undefined : pathList(get(tree, old), seen)) ??
    fallback;
  return {
    package: name,
    profile: plain(get(tree, 'profile')),
    paths: {
      model: paths('model-paths', standardPaths.model, 'source-paths'),
      seed: paths('seed-paths', standardPaths.seed, 'data-paths'),
      snapshot: paths('snapshot-paths', standardPaths.snapshot),
      test: paths('test-paths', standardPaths.test),
      macro: paths('macro-paths', standardPaths.macro),
      analysis: paths('analysis-paths', standardPaths.analysis),
      function: paths('function-paths', standardPaths.function),
    },
    unseen: unseenPaths(tree, seen),
    docsPaths: pathList(get(tree, 'docs-paths'), seen),
    installPath: plain(get(tree, 'packages-install-path')) ?? 'dbt_packages',
    output: [plain(get(tree, 'target-path')) ?? 'target', plain(get(tree, 'log-path')) ?? 'logs'],
    vars: pairsOf(get(tree, 'vars')).map((pair) => pair.key.text),
    disabled: {
      models: disabledTrees(get(tree, 'models')),
      seeds: disabledTrees(get(tree, 'seeds')),
      snapshots: disabledTrees(get(tree, 'snapshots')),
    },
    configured: configuredIn(tree),
    maySwitchOff: new Set(
      ['metrics', 'semantic-models', 'saved-queries'].filter((key) => keysOf(get(tree, key)).has('enabled')),
    ),
    materializations: materializationsOf(get(tree, 'models')),
    ignored: [],
    restrictsAccess: isTrue(get(tree, 'restrict-access')),
    usesCatalogsV2: isTrue(get(get(tree, 'flags'), 'use_catalogs_v2')),
    flagsOff: new Set(
      pairsOf(get(tree, 'flags')).flatMap(({ key, value }) =>
        value.kind === 'scalar' && value.value === false ? [key.text.toLowerCase()] : [],
      ),
    ),
  };
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

function configuredIn(tree: Node | undefined): DbtLayout['configured'] {
  const found = Object.fromEntries(folderSections.map((section) => [section, new Set<string>()]));
  for (const { key, value } of pairsOf(tree)) {
    const section = folderSection(key.text);
    if (section) keysOf(value, found[section]);
  }
  return found as Record<FolderSection, Set<string>>;
}

/** The keys of a tree of configuration, without their plus signs. */
function keysOf(tree: Node | undefined, found = new Set<string>(), depth = 0): ReadonlySet<string> {
  for (const { key, value } of pairsOf(tree)) {
    found.add(key.text.replace(/^\+/, '').replaceAll('-', '_'));
    if (depth < 12) keysOf(value, found, depth + 1);
  }
  return found;
}

/** True where the project's configuration may switch off what lies in this folder. */
export function mayBeDisabled(
  layout: DbtLayout,
  resource: keyof DbtLayout['disabled'],
  folders: readonly string[],
  name: string,
): boolean {
  const place = [layout.package, ...folders, name];
  // The package's own name may be left out.
  return layout.disabled[resource].some((tree) => isPrefix(tree, place) || isPrefix(tree, place.slice(1)));
}

function isPrefix(tree: readonly string[], place: readonly string[]): boolean {
  return tree.every((part, at) => part === place[at]);
}

function disabledTrees(tree: Node | undefined, path: readonly string[] = []): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  if (path.length > 12) return found;
  for (const { key, value } of pairsOf(tree)) {
    if (key.text === '+enabled' || key.text === 'enabled') {
      if (value.kind !== 'scalar' || value.value !== true) found.push(path);
    } else if (value.kind === 'map' && !key.text.startsWith('+')) {
      found.push(...disabledTrees(value, [...path, key.text]));
    }
  }
  return found;
}

/** The project that this root was installed for: told by its path alone, so that no other file must be read first. */
function hostOf(root: string): { readonly root: string; readonly isPackage: boolean } | undefined {
  const parts = root.split('/');
  const at = parts.findIndex((part) => installFolders.includes(part));
  if (at <= 0 || at === parts.length - 1) return undefined;
  return { root: parts.slice(0, at).join('/'), isPackage: parts.length === at + 2 };
}

/** The text of a string that holds no Jinja. */
function plain(node: Node | undefined): string | undefined {
  const text = stringOf(node)?.text;
  return text === undefined || text.includes('{{') || text.includes('{%') ? undefined : text;
}

function pathList(node: Node | undefined, folders: Folders): readonly string[] | undefined {
  if (node?.kind !== 'seq') return undefined;
  const found = itemsOf(node).flatMap((item) => plain(item) ?? []);
  return found.length > 0 ? found.flatMap((path) => seenFrom(path, folders) ?? []) : undefined;
}

/** The path as the project has it; undefined where it leads to where nobody looks. dbt takes absolute ones as well. */
function seenFrom(path: string, { root, isCovered }: Folders): string | undefined {
  if (!leadsOut(path)) return tidyPath(path);
  const folder = resolvePath(root, path);
  if (/^[A-Za-z]:/.test(path) || !isCovered(folder)) return undefined;
  return path.startsWith('/') ? pathFrom(root, folder) : tidyPath(path);
}

/** The keys of resource paths, their old names too. */
const pathKeys =
  'model-paths source-paths seed-paths data-paths snapshot-paths test-paths macro-paths analysis-paths function-paths'.split(
    ' ',
  );

function unseenPaths(tree: Node | undefined, folders: Folders): readonly string[] {
  return pathKeys.flatMap((key) =>
    itemsOf(get(tree, key)).flatMap((item) => {
      const text = stringOf(item)?.text;
      const isUnseen =
        plain(item) === undefined || (text !== undefined && seenFrom(text, folders) === undefined);
      return text !== undefined && isUnseen ? [text] : [];
    }),
  );
}

function leadsOut(path: string): boolean {
  return /^(?:\/|[A-Za-z]:|(?:\.\/)*\.\.(?:\/|$))/.test(path);
}

/** `./models/` and `models` are one folder; `.` is the project itself, written as ''. `..` stays in front. */
function tidyPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
