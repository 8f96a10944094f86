import type { Node } from '../../../core/tree.ts';

/** What dbt can select. */
export type ResourceType =
  'model' | 'seed' | 'snapshot' | 'test' | 'unit_test' | 'source' | 'exposure' | 'analysis';

/** Something that dbt builds, tests or knows of, as its selection looks at it. */
export interface Resource {
  /** Unique among all: `model.shop.orders`, `source.shop.raw.orders`. */
  readonly id: string;
  readonly type: ResourceType;
  /** `orders`, `raw.orders`, `unique_orders_id` */
  readonly name: string;
  readonly package: string;
  /** The package, the folders and the name. Of a source nobody asks for it. */
  readonly fqn: readonly string[];
  /** Relative to its project. */
  readonly path: string;
  /** The properties file that describes it. */
  readonly patch?: string;
  readonly config: ResourceConfig;
  /** Of a data test: `unique`; undefined for one that is a file of its own. */
  readonly testName?: string;
  /** Ids of what it reads or tests. */
  readonly parents: readonly string[];
}

/** What is configured of a resource, wherever that is written. */
export interface ResourceConfig {
  readonly tags: readonly string[];
  /** The last word on each other key. */
  readonly values: ReadonlyMap<string, Node>;
}

/** All resources of a project and its packages. */
export interface Resources {
  readonly all: readonly Resource[];
  /** Why more or other things may be there than can be seen, in sentences. */
  readonly doubts: readonly string[];
}
