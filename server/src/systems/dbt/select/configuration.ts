import { get, itemsOf, pairsOf, type Node } from '../../../core/tree.ts';
import { configEntries, isConfig, type TreeSection } from '../config-tree.ts';
import { isTemplate } from '../project-jinja.ts';
import type { ResourceConfig } from './resource.ts';

/** Keys that count beside `config`, as dbt took them there before. */
const besideConfig: ReadonlySet<string> = new Set(
  'tags enabled group access severity meta freshness'.split(' '),
);

/** The trees of folders of dbt_project.yml files, from the weakest word to the strongest. */
export class ProjectConfig {
  readonly #entries: readonly {
    readonly sections: readonly TreeSection[];
    readonly folders: readonly string[];
    readonly key: string;
    readonly value: Node;
  }[];

  constructor(trees: readonly (Node | undefined)[]) {
    this.#entries = trees.flatMap((tree) =>
      [...configEntries(tree)].filter(isConfig).map(({ section, folders, key, pair }) => ({
        sections: section === 'data_tests' ? (['tests', 'data_tests'] as const) : ([section] as const),
        folders,
        key,
        value: pair.value,
      })),
    );
  }

  /** What the trees say of the thing with these folders: the deeper one later, as it counts more. */
  of(section: TreeSection, fqn: readonly string[]): readonly (readonly [key: string, value: Node])[] {
    return this.#entries
      .filter(
        ({ sections, folders }) =>
          sections.includes(section) && folders.every((folder, at) => folder === fqn[at]),
      )
      .sort((a, b) => a.folders.length - b.folders.length)
      .map(({ key, value }) => [key, value]);
  }
}

/** What an entry of a properties file, or what is given to a test, configures. */
export function configIn(entry: Node | undefined): readonly (readonly [key: string, value: Node])[] {
  return [
    ...pairsOf(entry).filter(({ key }) => besideConfig.has(key.text)),
    ...pairsOf(get(entry, 'config')),
  ].map(({ key, value }) => [key.text, value]);
}

/** Puts words together, the last one counting most; tags add up. `doubt` is told what only dbt can tell. */
export function configOf(
  words: readonly (readonly [key: string, value: Node])[],
  doubt: (reason: string) => void,
): ResourceConfig {
  const tags = new Set<string>();
  const values = new Map<string, Node>();
  for (const [key, value] of words) {
    if (key !== 'tags') {
      values.set(key, value);
      continue;
    }
    for (const each of value.kind === 'seq' ? itemsOf(value) : [value]) {
      if (each.kind !== 'scalar' || isTemplate(each)) doubt('some tags are computed');
      else if (each.value !== null) tags.add(each.text);
    }
  }
  return { tags: [...tags], values };
}

/** False for what is switched off. */
export function isEnabled({ values }: ResourceConfig, doubt: (reason: string) => void): boolean {
  const enabled = values.get('enabled');
  if (enabled?.kind !== 'scalar') return true;
  if (typeof enabled.value === 'boolean') return enabled.value;
  doubt('whether some things are switched on is computed');
  return true;
}
