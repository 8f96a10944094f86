import {
  findPair,
  get,
  itemsOf,
  pairsOf,
  stringOf,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
} from '../../core/tree.ts';
import type { Narrow } from '../../core/system.ts';
import { MadeItems } from '../../core/made-items.ts';
import type { YamlResult } from '../../core/yaml/parse-yaml.ts';
import type { LockPlace } from './layout.ts';
import { pluginType, type PluginType } from './plugin-types.ts';

/** What a file of a Meltano project says, each part where it is written. */
export type MeltanoModel = ProjectModel | LockModel;

export interface ProjectModel {
  /** `logging`: how Meltano logs, which says nothing of plugins. */
  readonly kind: 'project' | 'included' | 'logging';
  readonly plugins: readonly Plugin[];
  readonly jobs: readonly Job[];
  readonly schedules: readonly Schedule[];
  readonly environments: readonly Environment[];
  readonly defaultEnvironment: ScalarNode | undefined;
  readonly environmentsKey: ScalarNode | undefined;
  /** The patterns of `include_paths`, which only `meltano.yml` has. */
  readonly includes: readonly ScalarNode[];
  readonly tree: Node | undefined;
  /** Whether one node may stand at several places of the tree. */
  readonly hasAliases: boolean;
}

export interface LockModel {
  readonly kind: 'lock';
  readonly place: LockPlace;
  readonly node: Node | undefined;
  readonly commands: readonly Pair[];
  readonly description: string | undefined;
}

export interface Plugin {
  readonly type: PluginType;
  readonly node: MapNode;
  readonly name: ScalarNode;
  readonly inheritFrom: ScalarNode | undefined;
  readonly commands: readonly Pair[];
  /** Of a mapper: the names a task may use. */
  readonly mappings: readonly ScalarNode[];
  readonly requires: readonly PluginName[];
}

export interface PluginName {
  readonly type: PluginType;
  readonly name: ScalarNode;
}

export interface Job {
  readonly node: MapNode;
  readonly name: ScalarNode | undefined;
  readonly tasks: Node | undefined;
}

export interface Schedule {
  readonly node: MapNode;
  readonly name: ScalarNode | undefined;
  readonly interval: ScalarNode | undefined;
  readonly job: ScalarNode | undefined;
  readonly extractor: ScalarNode | undefined;
  readonly loader: ScalarNode | undefined;
}

export interface Environment {
  readonly node: MapNode;
  readonly name: ScalarNode | undefined;
  readonly plugins: readonly (PluginName & { readonly node: MapNode })[];
}

/** What was read of the items of a file's long lists, to be taken over by its next version where they are the same. */
export class ProjectMemory {
  readonly #lists = new Map<string, MadeItems<Node, unknown>>();

  /** What `read` makes of the items, those left out of which it makes nothing. */
  read<Made>(list: string, node: Node | undefined, read: (item: Node) => Made | undefined): readonly Made[] {
    let known = this.#lists.get(list) as MadeItems<Node, Made | undefined> | undefined;
    if (!known) this.#lists.set(list, (known = new MadeItems()));
    return known.of(itemsOf(node), read).filter((made) => made !== undefined);
  }
}

/** `memory` is what is kept of the file's former version. */
export function readProject(
  kind: ProjectModel['kind'],
  { tree, hasAliases = true }: Pick<YamlResult, 'tree' | 'hasAliases'>,
  memory = new ProjectMemory(),
): ProjectModel {
  return {
    kind,
    plugins: pairsOf(get(tree, 'plugins')).flatMap(({ key, value }, at) => {
      const type = pluginType(key.text);
      return type ? memory.read(`${at} ${type.key}`, value, (item) => readPlugin(type, item)) : [];
    }),
    jobs: memory.read('jobs', get(tree, 'jobs'), readJob),
    schedules: memory.read('schedules', get(tree, 'schedules'), readSchedule),
    environments: maps(get(tree, 'environments')).map(readEnvironment),
    defaultEnvironment: slotAt(tree, 'default_environment'),
    environmentsKey: findPair(tree, 'environments')?.key,
    includes:
      kind === 'project' ? itemsOf(get(tree, 'include_paths')).flatMap((item) => stringOf(item) ?? []) : [],
    tree,
    hasAliases,
  };
}

export function readLock(place: LockPlace, tree: Node | undefined): LockModel {
  const description = scalarAt(tree, 'description')?.text;
  return { kind: 'lock', place, node: tree, commands: pairsOf(get(tree, 'commands')), description };
}

/** The model with those of the items of its long lists alone that `narrow` leaves. */
export function narrowedModel(model: MeltanoModel, narrow: Narrow): MeltanoModel {
  if (model.kind === 'lock') return model;
  const [plugins, jobs, schedules] = [model.plugins, model.jobs, model.schedules];
  return { ...model, plugins: narrow(plugins), jobs: narrow(jobs), schedules: narrow(schedules) };
}

/** The texts of tasks, or of one task, nested lists included, in the order in which Meltano joins them. */
export function taskTexts(tasks: Node | undefined): readonly ScalarNode[] {
  if (tasks?.kind === 'scalar') return [tasks];
  return itemsOf(tasks).flatMap(taskTexts);
}

/** True for a plugin that this file defines whole: nothing of it comes from a lock file or another plugin. */
export function isCustom(plugin: Plugin): boolean {
  return plugin.inheritFrom === undefined && scalarAt(plugin.node, 'namespace') !== undefined;
}

/** Where a name stands or is about to be typed: a string, or the empty value behind a colon. */
export function slotAt(node: Node | undefined, key: string): ScalarNode | undefined {
  const value = findPair(node, key)?.value;
  return value?.kind === 'scalar' && (typeof value.value === 'string' || value.value === null)
    ? value
    : undefined;
}

export function scalarAt(node: Node | undefined, key: string): ScalarNode | undefined {
  return stringOf(findPair(node, key)?.value);
}

function readPlugin(type: PluginType, node: Node): Plugin | undefined {
  const name = node.kind === 'map' ? nameIn(node) : undefined;
  if (node.kind !== 'map' || !name) return undefined;
  const parent = slotAt(node, 'inherit_from');
  return {
    type,
    node,
    name,
    // Meltano takes a plugin that inherits from itself for one that inherits from nothing.
    inheritFrom: parent && parent.text !== name.text ? parent : undefined,
    commands: pairsOf(get(node, 'commands')),
    mappings: type.key === 'mappers' ? maps(get(node, 'mappings')).flatMap((each) => nameIn(each) ?? []) : [],
    requires: perType(get(node, 'requires')).flatMap(named),
  };
}

function readJob(node: Node): Job | undefined {
  return node.kind === 'map' ? { node, name: nameIn(node), tasks: get(node, 'tasks') } : undefined;
}

function readSchedule(node: Node): Schedule | undefined {
  if (node.kind !== 'map') return undefined;
  const at = (key: string): ScalarNode | undefined => slotAt(node, key);
  return {
    node,
    name: nameIn(node),
    interval: scalarAt(node, 'interval'),
    job: at('job'),
    extractor: at('extractor'),
    loader: at('loader'),
  };
}

function readEnvironment(node: MapNode): Environment {
  const plugins = perType(get(get(node, 'config'), 'plugins')).flatMap((entry) =>
    named(entry).map((name) => ({ ...name, node: entry.node })),
  );
  return { node, name: nameIn(node), plugins };
}

function perType(node: Node | undefined): readonly { readonly type: PluginType; readonly node: MapNode }[] {
  return pairsOf(node).flatMap(({ key, value }) => {
    const type = pluginType(key.text);
    return type ? maps(value).map((each) => ({ type, node: each })) : [];
  });
}

function named({ type, node }: { readonly type: PluginType; readonly node: MapNode }): readonly PluginName[] {
  const name = nameIn(node);
  return name ? [{ type, name }] : [];
}

function nameIn(node: MapNode): ScalarNode | undefined {
  return scalarAt(node, 'name');
}

function maps(node: Node | undefined): readonly MapNode[] {
  return itemsOf(node).filter((item) => item.kind === 'map');
}
