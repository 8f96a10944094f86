import {
  findPair,
  get,
  itemsOf,
  pairsOf,
  stringOf,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../core/tree.ts';

export type SingerModel = CatalogModel | StateModel | { readonly kind: 'discovered' };

export interface CatalogModel {
  readonly kind: 'catalog';
  readonly streams: readonly Stream[];
}

export interface StateModel {
  readonly kind: 'state';
  /** What the tap left behind: within the wrapping that Meltano gives it, where it has one. */
  readonly state: Node | undefined;
}

/** One stream of a catalog, each part where it is written. */
export interface Stream {
  readonly node: MapNode;
  readonly id: ScalarNode | undefined;
  readonly schema: Node | undefined;
  readonly keys: readonly ScalarNode[];
  readonly replicationKey: ScalarNode | undefined;
  readonly metadata: readonly MetadataEntry[];
}

export interface MetadataEntry {
  readonly node: MapNode;
  readonly breadcrumb: Node | undefined;
  readonly values: Node | undefined;
}

export function readCatalog(tree: Node | undefined): CatalogModel {
  return {
    kind: 'catalog',
    streams: itemsOf(get(tree, 'streams'))
      .filter((item) => item.kind === 'map')
      .map(readStream),
  };
}

export function readState(tree: Node | undefined): StateModel {
  return { kind: 'state', state: get(tree, 'singer_state') ?? tree };
}

function readStream(node: MapNode): Stream {
  return {
    node,
    id: stringOf(get(node, 'tap_stream_id')),
    schema: findPair(node, 'schema')?.value,
    keys: itemsOf(get(node, 'key_properties')).flatMap((key) => stringOf(key) ?? []),
    replicationKey: stringOf(get(node, 'replication_key')),
    metadata: itemsOf(get(node, 'metadata'))
      .filter((item) => item.kind === 'map')
      .map((entry) => ({
        node: entry,
        breadcrumb: get(entry, 'breadcrumb'),
        values: get(entry, 'metadata'),
      })),
  };
}

/** The names of the properties of a schema; undefined where it leaves open which there are. */
export function propertiesOf(schema: Node | undefined): ReadonlySet<string> | undefined {
  const properties = get(schema, 'properties');
  if (properties?.kind !== 'map') return undefined;
  // Properties may come from elsewhere: nobody can tell which there are.
  if (['$ref', 'allOf', 'anyOf', 'oneOf', 'patternProperties'].some((key) => get(schema, key)))
    return undefined;
  return new Set(pairsOf(properties).map(({ key }) => key.text));
}

/** The keys of a breadcrumb; undefined for one that is no list of texts. */
export function crumbsOf(breadcrumb: Node | undefined): readonly string[] | undefined {
  if (breadcrumb?.kind !== 'seq') return undefined;
  const crumbs = breadcrumb.items.map((item) => (item.kind === 'scalar' ? item.text : undefined));
  return crumbs.every((crumb) => crumb !== undefined) ? crumbs : undefined;
}
