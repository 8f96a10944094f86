import { findPair, get, itemsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import { plainString } from './entries.ts';

export const entityTypes: readonly string[] = ['primary', 'unique', 'foreign', 'natural'];
export const dimensionTypes: readonly string[] = ['categorical', 'time'];

/** An entity, a dimension or what is added up, whichever form it is written in. */
export interface SemanticPart {
  readonly name: ScalarNode | undefined;
  readonly type: Node | undefined;
  readonly entry: Node;
}

/** What a semantic model is made of. */
export interface SemanticParts {
  readonly entities: readonly SemanticPart[];
  readonly dimensions: readonly SemanticPart[];
  readonly measures: readonly SemanticPart[];
  /** Where it names its primary entity, which need not be one of its own. */
  readonly primary: Pair | undefined;
  /** The key that all its dimensions stand below, if there is one. */
  readonly dimensionsKey: ScalarNode | undefined;
  /** The time by which measures are added up that name none themselves. */
  readonly time: Node | undefined;
}

/** Those of an entry of `semantic_models:`. */
export function partsOfSemanticModel(entry: Node): SemanticParts {
  const dimensions = findPair(entry, 'dimensions');
  return {
    entities: itemsOf(get(entry, 'entities')).map(partOf),
    dimensions: itemsOf(dimensions?.value).map(partOf),
    measures: itemsOf(get(entry, 'measures')).map(partOf),
    primary: findPair(entry, 'primary_entity'),
    dimensionsKey: dimensions?.key,
    time: get(get(entry, 'defaults'), 'agg_time_dimension'),
  };
}

/** Those of a model that is a semantic model itself; undefined where it is none. */
export function partsOfModel(entry: Node): SemanticParts | undefined {
  const own = findPair(entry, 'semantic_model');
  if (!own || !isOn(own.value)) return undefined;
  const columns = itemsOf(get(entry, 'columns'));
  const derived = get(entry, 'derived_semantics');
  return {
    entities: [...inColumns(columns, 'entity'), ...itemsOf(get(derived, 'entities')).map(partOf)],
    dimensions: [...inColumns(columns, 'dimension'), ...itemsOf(get(derived, 'dimensions')).map(partOf)],
    // Its metrics are their own measures, which dbt does not look into.
    measures: [],
    primary: findPair(entry, 'primary_entity'),
    dimensionsKey: own.key,
    time: get(entry, 'agg_time_dimension'),
  };
}

function isOn(node: Node): boolean {
  if (node.kind === 'scalar') return node.value === true;
  const enabled = get(node, 'enabled');
  return enabled === undefined || (enabled.kind === 'scalar' && enabled.value === true);
}

const partOf = (entry: Node): SemanticPart => ({
  name: plainString(get(entry, 'name')),
  type: get(entry, 'type'),
  entry,
});

/** `entity: primary`, or a mapping of its type and a name other than the column's. */
function inColumns(columns: readonly Node[], key: 'entity' | 'dimension'): readonly SemanticPart[] {
  return columns.flatMap((column) => {
    const entry = get(column, key);
    if (!entry) return [];
    const isShort = entry.kind === 'scalar';
    return {
      name: plainString((isShort ? undefined : get(entry, 'name')) ?? get(column, 'name')),
      type: isShort ? entry : get(entry, 'type'),
      entry,
    };
  });
}
