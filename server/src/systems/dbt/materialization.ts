import { pairsOf, stringOf, type Node } from '../../core/tree.ts';

/** What a folder of `dbt_project.yml` sets for all models in it; '' where it must be computed. */
export interface FolderMaterialization {
  /** The package first, where it is written. */
  readonly path: readonly string[];
  readonly materialized: string;
}

/** Every `materialized` in the tree of `models:`. */
export function materializationsOf(
  tree: Node | undefined,
  path: readonly string[] = [],
): readonly FolderMaterialization[] {
  if (path.length > 12) return [];
  return pairsOf(tree).flatMap(({ key, value }): readonly FolderMaterialization[] => {
    if (key.text === '+materialized' || key.text === 'materialized')
      return [{ path, materialized: writtenValue(value) }];
    return value.kind === 'map' && !key.text.startsWith('+')
      ? materializationsOf(value, [...path, key.text])
      : [];
  });
}

/** What the nearest folder says of a model at `place`, with the package first and its name last; undefined where none does. */
export function nearestMaterialization(
  all: readonly FolderMaterialization[],
  place: readonly string[],
): string | undefined {
  let best: { readonly depth: number; readonly materialized: string } | undefined;
  for (const { path, materialized } of all) {
    // The package's own name may be left out, which says less than a path with it.
    const depth = isPrefix(path, place)
      ? path.length
      : isPrefix(path, place.slice(1))
        ? path.length + 0.5
        : -1;
    if (depth >= 0 && depth >= (best?.depth ?? 0)) best = { depth, materialized };
  }
  return best?.materialized || undefined;
}

/** The value as it is written; '' where Jinja decides. */
export function writtenValue(node: Node | undefined): string {
  const text = stringOf(node)?.text ?? '';
  return text.includes('{{') || text.includes('{%') ? '' : text;
}

function isPrefix(path: readonly string[], place: readonly string[]): boolean {
  return path.every((part, at) => part === place[at]);
}
