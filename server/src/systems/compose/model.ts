import { get, itemsOf, pairsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';

/** What a compose file says, each part where it is written. */
export interface ComposeModel {
  readonly services: readonly Pair[];
  readonly volumes: readonly Pair[];
  readonly networks: readonly Pair[];
  readonly secrets: readonly Pair[];
  readonly configs: readonly Pair[];
  readonly models: readonly Pair[];
  readonly jobs: readonly Pair[];
  readonly includes: readonly Include[];
  /** True where each service could start by itself: nothing says that the file is laid over another. */
  readonly isWhole: boolean;
}

/** Files that are read with this one, laid over each other. */
export interface Include {
  readonly paths: readonly ScalarNode[];
  /** What their relative paths are taken from; the folder of the first where absent. */
  readonly directory: ScalarNode | undefined;
  readonly envFiles: readonly ScalarNode[];
}

export function readCompose(tree: Node | undefined): ComposeModel {
  const services = pairsOf(get(tree, 'services'));
  return {
    services,
    volumes: pairsOf(get(tree, 'volumes')),
    networks: pairsOf(get(tree, 'networks')),
    secrets: pairsOf(get(tree, 'secrets')),
    configs: pairsOf(get(tree, 'configs')),
    models: pairsOf(get(tree, 'models')),
    jobs: pairsOf(get(tree, 'jobs')),
    includes: itemsOf(get(tree, 'include')).map(includeOf),
    isWhole: services.length > 0 && services.every(({ value }) => hasImage(value) || get(value, 'extends')),
  };
}

/** True for a service that compose can make a container of. */
function hasImage(service: Node): boolean {
  return ['image', 'build', 'provider'].some((key) => get(service, key) !== undefined);
}

/**
 * What Compose finds wrong with services together it asks only of those that it starts: without its profile a
 * service may be wrong, and nobody minds until then.
 */
export function ifStarted(service: Node): { readonly severity?: 'warning' } {
  const profiles = get(service, 'profiles');
  return profiles?.kind === 'seq' && profiles.items.length > 0 ? { severity: 'warning' } : {};
}

/** The items of a list, or the keys of a mapping: compose takes many things either way. */
export function namesIn(node: Node | undefined): readonly ScalarNode[] {
  if (node?.kind === 'map') return node.pairs.map(({ key }) => key);
  return itemsOf(node).filter((item) => item.kind === 'scalar');
}

/** A text that stands alone or the texts of a list. */
export function textsIn(node: Node | undefined): readonly ScalarNode[] {
  return (node?.kind === 'scalar' ? [node] : itemsOf(node)).filter((item) => item.kind === 'scalar');
}

export function textAt(node: Node | undefined, key: string): ScalarNode | undefined {
  const value = get(node, key);
  return value?.kind === 'scalar' && value.value !== null && value.text !== '' ? value : undefined;
}

export interface EnvFile {
  readonly path: ScalarNode;
  readonly isRequired: boolean;
}

/** The files of variables that a service is handed. */
export function envFilesOf(service: Node): readonly EnvFile[] {
  const node = get(service, 'env_file');
  return (node?.kind === 'seq' ? node.items : node ? [node] : []).flatMap((entry): readonly EnvFile[] => {
    if (entry.kind === 'scalar') return entry.value === null ? [] : [{ path: entry, isRequired: true }];
    const path = textAt(entry, 'path');
    const flag = get(entry, 'required');
    return path ? [{ path, isRequired: !(flag?.kind === 'scalar' && flag.value === false) }] : [];
  });
}

function includeOf(entry: Node): Include {
  return {
    paths: entry.kind === 'scalar' ? [entry] : textsIn(get(entry, 'path')),
    directory: textAt(entry, 'project_directory'),
    envFiles: textsIn(get(entry, 'env_file')),
  };
}
