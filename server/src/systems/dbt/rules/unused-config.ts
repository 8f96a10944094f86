import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactFile, FactRule } from '../../../core/rule.ts';
import { folderNamespace } from '../folder-facts.ts';
import { layoutOf } from '../layout.ts';

const what: Readonly<Record<string, string>> = { models: 'model', seeds: 'seed', snapshots: 'snapshot' };

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
  const resource = what[section]!;
  if (!isOwn && isThere([section, own, packageName, ...folders].join('/')))
    return `there is no package \`${packageName}\`, but a folder; write it below \`${own}:\``;
  if (folders.length > 0)
    return `no ${resource} lies in the folder \`${folders.join('/')}\` of \`${packageName}\`, so this does nothing; correct the path or remove it`;
  return isOwn
    ? `the project has no ${resource}s, so this does nothing; remove it`
    : `no package with ${resource}s is named \`${packageName}\`, so this does nothing; correct the name or remove it`;
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

function hasUnplaced(section: string, scope: string, facts: FactReader): boolean {
  if (section !== 'snapshots') return false;
  for (const node of facts.all('dbt.node', scope))
    if (node.what === 'snapshot' && /\.ya?ml$/i.test(node.path)) return true;
  return false;
}
