import type { Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import { checkFacts } from './checks.ts';
import { materializations } from './builtins.ts';
import { configEntries, isConfig } from './config-tree.ts';
import { dispatchedNamespace } from './dispatched.ts';
import { folderNamespace } from './folder-facts.ts';
import { folderSection } from './folder-sections.ts';
import { layoutOf } from './layout.ts';
import { installedPackage } from './installed.ts';
import { definedByFiles, projectRoot } from './packages.ts';
import { projectFlagsKey } from './profiles.ts';
import { configUses, hookUses, type RenderedFile } from './project-jinja.ts';
import type { YamlModel } from './properties.ts';
import { commandStepNames } from './step-names.ts';
import { varDefinitions, varOwners, varsFile } from './vars.ts';
import { toolFact } from '../../core/vocabulary.ts';
import { transformPlace } from './transform-place.ts';
import { readDbtYaml } from './yaml.ts';

/** Keys that dbt renders late, if at all. */
const late = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);

/** Reads `dbt_project.yml`: the package it is, its variables, and what it wants of other files. */
export function parseProject(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const model: YamlModel = { kind: 'yaml' };
  const place = project.vendored
    ? []
    : [transformPlace(source, 'project'), toolFact('dbt', 'dbt', project), ...checkFacts(project)];
  if (!tree) return { model, problems, facts: [...commandStepNames(project), ...place] };
  const { scope } = project;
  const facts: Fact[] = [...commandStepNames(project), ...place];
  const name = stringOf(get(tree, 'name'));
  if (name) {
    const own = { namespace: 'dbt.package', scope, name: name.text, span: name.span, what: 'package' };
    facts.push({ fact: 'definition', ...own, exclusive: false });
  }
  if (project.vendored)
    return { tree, model, problems, facts: [...facts, ...installedPackage(tree, project)] };
  facts.push(
    ownRoot(project),
    ...unseenFacts(project),
    ...loomFacts(project),
    ...profileFacts(tree, project),
    ...varFacts(tree, project),
    ...flagsFacts(tree, project),
    ...dispatchUses(tree, project),
    ...folderUses(tree, project),
    ...materializationUses(tree, project),
    ...jinjaUses(tree, { text: source.text, project }),
  );
  return { tree, model, problems, facts };
}

/** That a package may be taken from this folder. */
function ownRoot({ root }: Project): Fact {
  const place = { namespace: projectRoot, scope: '', name: root, span: { start: 0, end: 0 } };
  return { fact: 'definition', ...place, what: 'dbt project', implicit: true, exclusive: false };
}

/** What lies outside of the workspace is not read, nor what only running Jinja tells. */
function unseenFacts(project: Project): readonly Fact[] {
  const [path] = layoutOf(project).unseen;
  if (path === undefined) return [];
  const reason = `the resource path \`${path}\` is computed or leads out of the workspace, so what it defines is not known`;
  return definedByFiles.map((namespace) => ({ fact: 'hole', namespace, scope: project.scope, reason }));
}

/** The plugin dbt-loom adds models of other projects as dbt reads this one. */
function loomFacts({ files, scope }: Project): readonly Fact[] {
  const file = 'dbt_loom.config.yml';
  if (!files.has(file)) return [];
  const reason = `dbt-loom brings models of other projects (${file}): what is not in this one may be theirs`;
  const namespaces = ['dbt.package', 'dbt.node', 'dbt.node-version'];
  return namespaces.map((namespace) => ({ fact: 'hole', namespace, scope, reason }));
}

function profileFacts(tree: Node, project: Project): readonly Fact[] {
  const { scope } = project;
  const facts: Fact[] = [];
  const profile = stringOf(get(tree, 'profile'));
  if (profile && layoutOf(project).profile !== undefined) {
    const { text: name, span } = profile;
    facts.push({ fact: 'use', namespaces: ['dbt.profile'], scope, name, span, role: 'plain' });
  }
  if (!project.files.has('profiles.yml')) {
    const reason = 'profiles.yml is not beside dbt_project.yml, so the profile is not checked';
    facts.push({ fact: 'hole', namespace: 'dbt.profile', scope, reason });
  }
  return facts;
}

function varFacts(tree: Node, project: Project): readonly Fact[] {
  const pair = findPair(tree, 'vars');
  if (!pair || pairsOf(pair.value).length === 0) return [];
  const { namespace, name } = varsFile;
  const asked = {
    namespaces: [namespace],
    scope: project.scope,
    name,
    span: pair.key.span,
    role: 'deferred',
  };
  const { value } = pair;
  return [...varOwners(value, project), ...varDefinitions(value, project), { fact: 'use', ...asked }];
}

function flagsFacts(tree: Node, { scope }: Project): readonly Fact[] {
  const pair = findPair(tree, 'flags');
  if (!pair || pairsOf(pair.value).length === 0) return [];
  const { span } = pair.key;
  return [{ fact: 'definition', ...projectFlagsKey, scope, span, what: 'section', exclusive: false }];
}

/** The packages whose calls `dispatch` leads elsewhere, and those that it searches for macros. */
function dispatchUses(tree: Node, { scope }: Project): readonly Use[] {
  const use = (node: Node | undefined, role: string, namespaces: readonly string[]): readonly Use[] => {
    const name = stringOf(node);
    if (!name || name.text.includes('{{') || isBuiltIn(name.text)) return [];
    return [{ fact: 'use', namespaces, scope, name: name.text, span: name.span, role }];
  };
  return itemsOf(get(tree, 'dispatch')).flatMap((entry) => {
    const order = itemsOf(get(entry, 'search_order'));
    const namespace = get(entry, 'macro_namespace');
    // Where the package is missing there, too, that is said once.
    const isInOrder = order.some((item) => stringOf(item)?.text === stringOf(namespace)?.text);
    return [
      ...use(namespace, isInOrder ? 'deferred' : 'dispatched', ['dbt.package', dispatchedNamespace]),
      ...order.flatMap((item) => use(item, 'dispatch', ['dbt.package'])),
    ];
  });
}

/** The folders that configuration is for, in the order of the text. */
function folderUses(tree: Node, { scope }: Project): readonly Use[] {
  const uses: Use[] = [];
  for (const entry of configEntries(tree)) {
    const section = folderSection(entry.section);
    if (entry.hasPlus || isConfig(entry) || section === undefined) continue;
    const { key, value } = entry.pair;
    const prefix = `${[section, ...entry.folders].join('/')}/`;
    const name = prefix + entry.key;
    const holds = holdsConfig(value) ? 'configuration' : 'nothing';
    const place = { namespaces: [folderNamespace], scope, name, prefix, span: key.span, role: 'deferred' };
    uses.push({ fact: 'use', ...place, data: { holds } });
  }
  return uses;
}

/** What folders make of models, beyond what dbt itself can. */
function materializationUses(tree: Node, { scope }: Project): readonly Use[] {
  return [...configEntries(tree)].flatMap((entry): readonly Use[] => {
    const name = stringOf(entry.pair.value);
    if (entry.section !== 'models' || entry.key !== 'materialized' || !name) return [];
    if (name.text.includes('{{') || materializations.includes(name.text)) return [];
    const { text, span } = name;
    return [{ fact: 'use', namespaces: ['dbt.materialization'], scope, name: text, span, role: 'folder' }];
  });
}

/** An empty folder configures nothing. */
function holdsConfig(node: Node): boolean {
  return pairsOf(node).some(
    ({ key, value }) => key.text.startsWith('+') || value.kind !== 'map' || holdsConfig(value),
  );
}

/** dbt's own macros, and those that an adapter brings. */
function isBuiltIn(name: string): boolean {
  return (
    name === 'dbt' ||
    /^dbt_(?:athena|bigquery|clickhouse|databricks|duckdb|fabric|fabricspark|glue|postgres|redshift|snowflake|spark|sqlite|sqlserver|synapse|teradata|trino|vertica)$/.test(
      name,
    )
  );
}

function jinjaUses(tree: Node, file: RenderedFile): readonly Use[] {
  return pairsOf(tree).flatMap(({ key, value }) => {
    if (key.text === 'on-run-start' || key.text === 'on-run-end') return hookUses(value, file);
    if (key.text === 'query-comment') return commentUses(value, file);
    return late.has(key.text) ? [] : treeUses(value, file);
  });
}

/** dbt renders the comment before all queries, with macros and without models. */
function commentUses(node: Node, file: RenderedFile): readonly Use[] {
  const text = node.kind === 'map' ? get(node, 'comment') : node;
  const uses = hookUses(text, file).filter(({ namespaces: [first = ''] }) => ofComments.has(first));
  // Only a single call is surely made.
  const isCall =
    text?.kind === 'scalar' && /^\s*\{\{-?\s*\w+\((?:(?!\}\}).)*\)\s*-?\}\}\s*$/s.test(text.text);
  return isCall
    ? uses.map((use, at) => (at === 0 && use.role === 'deferred' ? { ...use, role: 'plain' } : use))
    : uses;
}

const ofComments: ReadonlySet<string> = new Set(['dbt.macro', 'dbt.package', 'dbt.env', 'dbt.var']);

const hooks = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/** Hooks of models stand in trees of other configuration; dbt resolves them for each model there is. */
function treeUses(node: Node, file: RenderedFile): readonly Use[] {
  if (node.kind !== 'map') return configUses(node, file);
  return node.pairs.flatMap(({ key, value }) => {
    if (!hooks.has(key.text.replace(/^\+\s*/, ''))) return treeUses(value, file);
    return hookUses(value, file).map((use) => (use.role === 'plain' ? { ...use, role: 'branch' } : use));
  });
}
