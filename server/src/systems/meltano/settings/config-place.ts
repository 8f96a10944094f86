import { get, nodeAt, type Node } from '../../../core/tree.ts';
import { pluginType } from '../plugin-types.ts';
import { scalarAt } from '../model.ts';

/** A place below the `config` of a plugin, in the project's own part or in an environment's. */
export interface ConfigPlace {
  /** `extractors` */
  readonly type: string;
  readonly plugin: string;
  /** The keys that lead from `config` to the place. */
  readonly path: readonly string[];
  readonly config: Node | undefined;
}

/** What the keys and indexes of a project's file lead to, where that is a plugin's configuration. */
export function configPlace(tree: Node | undefined, pointer: readonly string[]): ConfigPlace | undefined {
  const depth = pluginDepth(pointer);
  if (!tree || depth === undefined || pointer[depth] !== 'config') return undefined;
  const node = nodeAt(tree, pointer.slice(0, depth));
  const type = pointer[depth - 2]!;
  const plugin = scalarAt(node, 'name')?.text;
  if (plugin === undefined || !pluginType(type)) return undefined;
  return { type, plugin, path: pointer.slice(depth + 1), config: get(node, 'config') };
}

/** How many segments lead to a plugin's entry. */
export function pluginDepth(pointer: readonly string[]): number | undefined {
  if (pointer[0] === 'plugins') return 3;
  const [top, , config, plugins] = pointer;
  return top === 'environments' && config === 'config' && plugins === 'plugins' ? 6 : undefined;
}
