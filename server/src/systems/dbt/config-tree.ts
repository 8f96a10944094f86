import { findPair, type Node, type Pair } from '../../core/tree.ts';

/** Sections of dbt_project.yml that are trees of folders with configuration in them. */
const treeSections = [
  'models',
  'seeds',
  'snapshots',
  'tests',
  'data_tests',
  'sources',
  'exposures',
  'unit_tests',
  'metrics',
  'semantic-models',
  'saved-queries',
  'functions',
  'analyses',
] as const;

export type TreeSection = (typeof treeSections)[number];

/** A pair of such a tree. */
export interface TreeEntry {
  readonly section: TreeSection;
  readonly pair: Pair;
  /** Its key without the plus sign. */
  readonly key: string;
  readonly hasPlus: boolean;
  /** The folders it stands below, package first. */
  readonly folders: readonly string[];
}

/** Limit: deeper trees are nobody's folders. */
const deepest = 20;

/** Every pair of the trees of a dbt_project.yml. A key with a plus sign leads nowhere, any other one with a mapping is a folder. */
export function* configEntries(tree: Node | undefined): Iterable<TreeEntry> {
  for (const section of treeSections) {
    const pair = findPair(tree, section);
    if (pair) yield* entriesOf(section, pair.value, []);
  }
}

function* entriesOf(section: TreeSection, node: Node, folders: readonly string[]): Iterable<TreeEntry> {
  if (node.kind !== 'map' || folders.length > deepest) return;
  for (const pair of node.pairs) {
    const hasPlus = pair.key.text.startsWith('+');
    const key = hasPlus ? pair.key.text.slice(1).trim() : pair.key.text;
    yield { section, pair, key, hasPlus, folders };
    if (!hasPlus && pair.value.kind === 'map') yield* entriesOf(section, pair.value, [...folders, key]);
  }
}

/** True where dbt takes the pair for configuration: of keys without a plus sign only those that lead to no mapping. */
export function isConfig({ pair, hasPlus }: TreeEntry): boolean {
  return hasPlus || pair.value.kind !== 'map';
}

/** What a hook is called in dbt_project.yml, of the spelling that dbt 1 takes besides. */
export function hookOf(key: string): 'pre-hook' | 'post-hook' | undefined {
  if (key === 'pre_hook') return 'pre-hook';
  return key === 'post_hook' ? 'post-hook' : undefined;
}
