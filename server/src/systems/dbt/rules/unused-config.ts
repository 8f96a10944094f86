import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactFile, FactRule } from '../../../core/rule.ts';
import { folderNamespace } from '../folder-facts.ts';
import type { FolderSection } from '../folder-sections.ts';
import { layoutOf } from '../layout.ts';
import { builtinTests } from '../properties-names.ts';

/** What a section configures, as a person calls it, one and several. */
const what: Readonly<Record<FolderSection, readonly [string, string]>> = {
  models: ['model', 'models'],
  seeds: ['seed', 'seeds'],
  snapshots: ['snapshot', 'snapshots'],
  sources: ['source', 'sources'],
  data_tests: ['data test', 'data tests'],
  unit_tests: ['unit test', 'unit tests'],
  exposures: ['exposure', 'exposures'],
  metrics: ['metric', 'metrics'],
  semantic_models: ['semantic model', 'semantic models'],
  saved_queries: ['saved query', 'saved queries'],
  functions: ['function', 'functions'],
};

/** Sections of things that are files, which lie in folders. */
const fileSections: ReadonlySet<string> = new Set(['models', 'seeds', 'snapshots', 'functions']);

/**
 * Configuration for a folder that holds nothing takes effect nowhere, as when the folder was renamed, or when the
 * package's name was left out before it. dbt warns.
 */
export const unusedConfig: FactRule = {
  id: 'dbt/unused-config',
  severity: 'warning',
  kinds: ['project'],
  check(file, facts, report) {
    const { project } = file;
    if (project.vendored) return;
    let unknown: string | undefined;
    for (const use of file.facts) {
      if (use.fact !== 'use' || use.namespaces[0] !== folderNamespace) continue;
      // One finding for a folder and all below it.
      if (unknown !== undefined && use.name.startsWith(`${unknown}/`)) continue;
      unknown = undefined;
      if (use.data?.['holds'] !== 'configuration') continue;
      const message = messageFor(use, file, facts);
      if (message === 'known') continue;
      unknown = use.name;
      if (message !== undefined) report(use, message);
    }
  },
};

/** 'known' where something is there; undefined where nobody can tell. */
function messageFor(use: Use, { project }: FactFile, facts: FactReader): string | undefined {
  const { scope } = project;
  const isThere = (name: string): boolean => facts.isDefined({ namespace: folderNamespace, scope, name });
  if (isThere(use.name)) return 'known';
  const [section = '', packageName = '', ...folders] = use.name.split('/');
  const own = layoutOf(project).package;
  const isOwn = packageName === own;
  if (!isOwn && facts.holes('dbt.package', scope).length > 0) return undefined;
  if (isOwn && layoutOf(project).unseen.length > 0) return undefined;
  // Below a model there are its versions; a snapshot in YAML lies where its file does.
  if (isBelowNode(section, packageName, folders, isThere) || hasUnplaced(section, scope, facts))
    return undefined;
  const last = folders.at(-1) ?? '';
  const isUnknown =
    isBelowKnown(section, folders, isOwn) || (section === 'data_tests' && mayBeTest(last, scope, facts));
  if (isUnknown && isThere([section, packageName, ...folders.slice(0, -1)].join('/'))) return undefined;
  const [resource, resources] = what[section as FolderSection];
  if (!isOwn && isThere([section, own, packageName, ...folders].join('/')))
    return `there is no package \`${packageName}\`, but a folder; write it below \`${own}:\``;
  const place = fileSections.has(section)
    ? `in the folder \`${folders.join('/')}\``
    : `below \`${folders.join('/')}\``;
  if (folders.length > 0)
    return `no ${resource} lies ${place} of \`${packageName}\`, so this does nothing; correct the path or remove it`;
  return isOwn
    ? `the project has no ${resources}, so this does nothing; remove it`
    : `no package with ${resources} is named \`${packageName}\`, so this does nothing; correct the name or remove it`;
}

function isBelowNode(
  section: string,
  packageName: string,
  folders: readonly string[],
  isThere: (name: string) => boolean,
): boolean {
  return (
    section === 'models' &&
    /^v\w+$/.test(folders.at(-1) ?? '') &&
    isThere([section, packageName, ...folders.slice(0, -1)].join('/'))
  );
}

/** Of what lies in a package only the folders are known. */
function isBelowKnown(section: string, folders: readonly string[], isOwn: boolean): boolean {
  return folders.length > 0 && !isOwn && section in what && !fileSections.has(section);
}

/** dbt names most data tests after their kind, which may be a package's: `dbt_utils_not_constant_orders_status`. */
function mayBeTest(name: string, scope: string, facts: FactReader): boolean {
  const words = name.split('_');
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      const test = words.slice(from, to).join('_');
      if (builtinTests.has(`test_${test}`)) return true;
      if (facts.isDefined({ namespace: 'dbt.macro', scope, name: `test_${test}` })) return true;
    }
  }
  return false;
}

function hasUnplaced(section: string, scope: string, facts: FactReader): boolean {
  if (section !== 'snapshots') return false;
  for (const node of facts.all('dbt.node', scope))
    if (node.what === 'snapshot' && /\.ya?ml$/i.test(node.path)) return true;
  return false;
}
