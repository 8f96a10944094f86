import adapters from '../../../schemas/dbt/adapters.json' with { type: 'json' };
import type { FactReader } from '../../core/fact-index.ts';
import { joined, typeWords } from '../../core/schema/words.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';

const words = (text: string): readonly string[] => text.split(' ');

interface Extracted {
  /** The fields of the adapter's own class for configuration, with their types. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys that its macros and its code name besides. */
  readonly reads: readonly string[];
}

const extracted: Readonly<Record<string, Extracted>> = adapters;

/**
 * Configuration that means something to some adapters only: the fields of their own classes, and here what they read
 * besides. What stands in no list is offered to all.
 */
export const besides: Readonly<Record<string, readonly string[]>> = {
  snowflake: words(
    'change_tracking data_retention_time_in_days external_access_integrations imports initialize ' +
      'max_data_extension_time_in_days refresh_mode secrets storage_serialization_policy target_file_size use_anonymous_sproc',
  ),
  bigquery: words(
    'base_location_root base_location_subpath batch_id dataproc_cluster_name jar_file_uri labels_from_meta resource_tags ' +
      'storage_uri',
  ),
  databricks: words(
    'additional_libs cluster_id create_notebook databricks_compute http_path index_url job_cluster_config ' +
      'python_job_config row_filter schedule use_uniform user_folder_for_python',
  ),
  spark: words('additional_libs cluster_id create_notebook job_cluster_config tblproperties'),
  duckdb: words(
    'delimiter format glue_database glue_register location options partition_by partitioned_by plugin sorted_by',
  ),
};

/** An adapter whose package is not read here. */
const elsewhere: Readonly<Record<string, readonly string[]>> = { fabric: words('as_columnstore') };

/** dbt's own macros read these, whatever an adapter's class says. */
const ofAll: ReadonlySet<string> = new Set(
  words('merge_exclude_columns merge_update_columns submission_method table_format'),
);

const keysOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...Object.entries(extracted).map(
    ([name, { config }]) => [name, new Set([...Object.keys(config), ...(besides[name] ?? [])])] as const,
  ),
  ...Object.entries(elsewhere).map(([name, keys]) => [name, new Set(keys)] as const),
]);

/** What models can be everywhere. */
const everywhere = words('view table incremental ephemeral');
export const materializationsOf: Readonly<Record<string, readonly string[]>> = {
  snowflake: words('dynamic_table interactive_table'),
  bigquery: words('materialized_view copy'),
  redshift: words('materialized_view'),
  databricks: words('materialized_view streaming_table metric_view'),
  postgres: words('materialized_view'),
  duckdb: words('external table_function'),
};

export const strategiesOf: Readonly<Record<string, readonly string[]>> = {
  snowflake: words('append merge delete+insert insert_overwrite microbatch'),
  bigquery: words('merge insert_overwrite microbatch'),
  redshift: words('append merge delete+insert microbatch'),
  databricks: words('append merge insert_overwrite replace_where delete+insert microbatch'),
  spark: words('append merge insert_overwrite microbatch'),
  postgres: words('append merge delete+insert microbatch'),
  duckdb: words('append merge delete+insert microbatch'),
};

const lists: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> = new Map([
  ['materialized', materializationsOf],
  ['incremental_strategy', strategiesOf],
]);
const ofSomeAdapter: ReadonlySet<string> = new Set(
  [...keysOf.values()].flatMap((keys) => [...keys]).filter((key) => !ofAll.has(key)),
);

/** A key that an adapter's own class has. */
export interface OwnKey {
  readonly name: string;
  /** In words: 'a string'. */
  readonly type: string;
}

/** Which configuration is worth offering to a project, by the adapters of its profile. */
export interface AdapterConfig {
  /** False for a key that only other adapters read. */
  isKey(key: string): boolean;
  /** False for a value of `key` that only other adapters take. */
  isValue(key: string, value: string): boolean;
  /** The keys of the adapters' own classes, which the published schema may not know. */
  readonly own: readonly OwnKey[];
}

/** Undefined where an adapter is not known, or none is told: all is offered then. */
export function adapterConfig(project: Project, facts: FactReader): AdapterConfig | undefined {
  const { profile } = layoutOf(project);
  const types = new Set<string>();
  for (const { prefix, data } of facts.all('dbt.target', project.scope))
    if (prefix === `${profile}.` && data?.['type'] !== undefined) types.add(data['type']);
  const inUse = [...types];
  if (inUse.length === 0 || inUse.some((each) => !Object.hasOwn(strategiesOf, each))) return undefined;
  return {
    isKey: (key) => !ofSomeAdapter.has(key) || inUse.some((each) => keysOf.get(each)?.has(key)),
    isValue(key, value) {
      const list = lists.get(key);
      if (!list || (key === 'materialized' && everywhere.includes(value))) return true;
      return inUse.some((each) => list[each]?.includes(value));
    },
    own: inUse.flatMap(ownKeys),
  };
}

function ownKeys(adapter: string): readonly OwnKey[] {
  return Object.entries(extracted[adapter]?.config ?? {}).map(([name, type]) => ({
    name,
    type: typeInWords(type),
  }));
}

/** `Optional[Union[List[str], str]]` in a person's words. */
export function typeInWords(type: string): string {
  const [, inner] = /^(?:Optional|Union)\[(.*)\]$/u.exec(type) ?? [];
  if (inner === undefined) return typeWords[jsonType(type)]!;
  const parts = type.startsWith('Union') ? membersIn(inner) : [inner];
  return joined(parts.map(typeInWords), 'or');
}

function jsonType(type: string): string {
  if (/^(?:list|sequence|tuple)\b/iu.test(type)) return 'array';
  if (/^dict\b/iu.test(type)) return 'object';
  return { int: 'integer', float: 'number', bool: 'boolean' }[type] ?? 'string';
}

/** What commas part outside of brackets. */
function membersIn(text: string): readonly string[] {
  return text.split(/,\s*(?![^[]*\])/u);
}
