import type { Definition } from '../../core/facts.ts';
import { pathFrom } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { get, itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import { placeOfYaml, type ResourcePlace } from './claim.ts';
import { plainText } from './entries.ts';
import { folderSection, type FolderSection } from './folder-sections.ts';
import { layoutOf } from './layout.ts';

/** Folders that hold resources: `models/shop/staging`, by section of dbt_project.yml and package. */
export const folderNamespace = 'dbt.folder';

/** What `--select staging` may mean besides a node: a package, or a folder right below its resources. */
export const qualifierNamespace = 'dbt.qualifier';

/** Kinds of files whose folder configuration in dbt_project.yml may name, by section. */
const ofFiles: Readonly<Record<string, FolderSection>> = {
  model: 'models',
  'python-model': 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  function: 'functions',
};

/** The file's facts, with those that say in which folders it lies. */
export function withFolders(parsed: Parsed, source: SourceFile, claim: Claim, project: Project): Parsed {
  const found =
    claim.kind === 'properties'
      ? foldersOfEntries(parsed.tree, source, project)
      : foldersOfFile(claim, project);
  return found.length === 0 ? parsed : { ...parsed, facts: [...parsed.facts, ...found] };
}

const atStart = { start: 0, end: 0 };

/** Its own folder and each above it; the file itself only where the project, or who installs it, may configure something of that name. */
function foldersOfFile(claim: Claim, project: Project): readonly Definition[] {
  const section = ofFiles[claim.kind];
  if (section === undefined) return [];
  const { folders, name } = claim.data as ResourcePlace;
  const known = layoutOf(project).configured[section];
  // Of a version, `orders_v2`, configuration names the model. A snapshot's file counts as a folder.
  const names = section === 'models' ? new Set([name, name.replace(/_v\w+$/, '')]) : [name];
  const isAsked = section === 'snapshots' || project.vendored;
  const own = [...names].filter((each) => isAsked || isConfigured(known, each));
  const around = foldersTo(section, folders, project);
  const { name: folder } = around.at(-1)!;
  return [
    ...around,
    ...own.map((each) => entryPlace(`${folder}/${each}`, each, project)),
    definition(qualifierNamespace, folders[0] ?? layoutOf(project).package, project),
  ];
}

/** Properties files that hold a section's things, and where in the section's tree each thing stands below its folder. */
const entries: Readonly<Record<string, (entry: Node) => readonly (readonly (Node | undefined)[])[]>> = {
  sources: (entry) => itemsOf(get(entry, 'tables')).map((table) => [get(entry, 'name'), get(table, 'name')]),
  unit_tests: (entry) => [[get(entry, 'model'), get(entry, 'name')]],
  exposures: byName,
  metrics: byName,
  semantic_models: byName,
  saved_queries: byName,
};

function byName(entry: Node): readonly (readonly (Node | undefined)[])[] {
  return [[get(entry, 'name')]];
}

/** What stands in a properties file is configured by the file's folder and its own name, where the project does so at all. */
function foldersOfEntries(
  tree: Node | undefined,
  source: SourceFile,
  project: Project,
): readonly Definition[] {
  const { configured } = layoutOf(project);
  const found = new Map<string, Definition>();
  const add = (section: FolderSection, names: readonly (Node | undefined)[]): void => {
    const relative = pathFrom(project.root, source.path);
    // Of tests dbt takes off only the first folder, wherever the resource path ends.
    const isTest = section === 'data_tests' || section === 'unit_tests';
    const folders = isTest
      ? relative.split('/').slice(1, -1)
      : (placeOfYaml(relative, layoutOf(project))?.folders ?? []);
    const around = foldersTo(section, folders, project);
    for (const each of around) found.set(each.name, each);
    let { name: path } = around.at(-1)!;
    let entry = '';
    for (const name of names.map(plainText)) {
      if (name === undefined || !isConfigured(configured[section], name)) break;
      path += `/${name}`;
      entry += entry === '' ? name : `.${name}`;
      found.set(path, entryPlace(path, entry, project));
    }
  };
  // What nobody configures nobody asks for; of a package's things whoever installs it has the last word.
  const isAsked = (section: FolderSection): boolean => project.vendored || configured[section].size > 0;
  for (const { key, value } of pairsOf(tree)) {
    const section = folderSection(key.text);
    const namesIn = section && entries[section];
    if (namesIn && isAsked(section))
      for (const entry of itemsOf(value)) for (const names of namesIn(entry)) add(section, names);
  }
  if (isAsked('data_tests') && /\b(?:data_)?tests\s*:/.test(source.text)) {
    add('data_tests', []);
    for (const name of testNames(tree)) add('data_tests', [name]);
  }
  return [...found.values()];
}

/** Names that tests are given; those that dbt makes for the others are not known. */
function testNames(node: Node | undefined, isTest = false): readonly Node[] {
  if (node?.kind !== 'map') return itemsOf(node).flatMap((item) => testNames(item, isTest));
  return node.pairs.flatMap(({ key, value }) => {
    if (isTest && key.text === 'name') return [value];
    return testNames(value, isTest || key.text === 'tests' || key.text === 'data_tests');
  });
}

function isConfigured(known: ReadonlySet<string>, name: string): boolean {
  return known.has(name.replaceAll('-', '_'));
}

/** The package's folder and those on the way to the last one. */
function foldersTo(
  section: FolderSection,
  folders: readonly string[],
  project: Project,
): readonly Definition[] {
  let name = `${section}/${layoutOf(project).package}`;
  const found = [definition(folderNamespace, name, project)];
  for (const folder of folders) {
    name += `/${folder}`;
    found.push(definition(folderNamespace, name, project));
  }
  return found;
}

/** The place in the tree that a thing itself has below its folder, with the name that it is known by. */
function entryPlace(path: string, entry: string, project: Project): Definition {
  return { ...definition(folderNamespace, path, project), data: { entry } };
}

function definition(namespace: string, name: string, { scope }: Project): Definition {
  return {
    fact: 'definition',
    namespace,
    scope,
    name,
    span: atStart,
    what: 'folder',
    implicit: true,
    exclusive: false,
  };
}
