import type { FactReader } from '../../core/fact-index.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Configuration that means something to some adapters only. What stands in no list is offered to all. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  snowflake: words(
    'automatic_clustering base_location_root base_location_subpath change_tracking cluster_by copy_grants copy_tags ' +
      'data_retention_time_in_days external_access_integrations external_volume immutable_where imports initialize ' +
      'max_data_extension_time_in_days query_tag refresh_mode refresh_warehouse row_access_policy scheduler secrets secure ' +
      'snowflake_initialization_warehouse snowflake_warehouse storage_serialization_policy table_tag target_lag ' +
      'tmp_relation_type transient use_anonymous_sproc',
  ),
  bigquery: words(
    'batch_id cluster_by dataproc_cluster_name enable_list_inference enable_refresh grant_access_to hours_to_expiration ' +
      'intermediate_format jar_file_uri job_execution_timeout_seconds kms_key_name labels labels_from_meta max_staleness ' +
      'notebook_template_id partition_by partition_expiration_days partitions refresh_interval_minutes ' +
      'require_partition_filter reservation resource_tags storage_uri submission_method',
  ),
  redshift: words('auto_refresh backup bind dist sort sort_type'),
  databricks: words(
    'additional_libs auto_liquid_cluster buckets cluster_id clustered_by compression create_notebook databricks_compute ' +
      'databricks_tags file_format http_path include_full_name_in_path index_url job_cluster_config liquid_clustered_by ' +
      'location_root matched_condition merge_with_schema_evolution not_matched_by_source_action ' +
      'not_matched_by_source_condition not_matched_condition partition_by python_job_config schedule skip_matched_step ' +
      'skip_not_matched_step source_alias submission_method target_alias tblproperties use_uniform user_folder_for_python',
  ),
  spark: words('buckets clustered_by file_format location_root partition_by submission_method tblproperties'),
  postgres: words('indexes unlogged'),
  duckdb: words('delimiter format glue_database glue_register indexes location options partition_by plugin'),
  fabric: words('as_columnstore'),
};

/** What models can be everywhere. */
const everywhere = words('view table incremental ephemeral');
const materializationsOf: Readonly<Record<string, readonly string[]>> = {
  snowflake: words('dynamic_table interactive_table'),
  bigquery: words('materialized_view copy'),
  redshift: words('materialized_view'),
  databricks: words('materialized_view streaming_table metric_view'),
  postgres: words('materialized_view'),
  duckdb: words('external table_function'),
};

const strategiesOf: Readonly<Record<string, readonly string[]>> = {
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
const ofSomeAdapter: ReadonlySet<string> = new Set(Object.values(keysOf).flat());

/** Which configuration is worth offering to a project, by the adapters of its profile. */
export interface AdapterConfig {
  /** False for a key that only other adapters read. */
  isKey(key: string): boolean;
  /** False for a value of `key` that only other adapters take. */
  isValue(key: string, value: string): boolean;
}

/** Undefined where an adapter is not known, or none is told: all is offered then. */
export function adapterConfig(project: Project, facts: FactReader): AdapterConfig | undefined {
  const { profile } = layoutOf(project);
  const types = new Set<string>();
  for (const { prefix, data } of facts.all('dbt.target', project.scope))
    if (prefix === `${profile}.` && data?.['type'] !== undefined) types.add(data['type']);
  const adapters = [...types];
  if (adapters.length === 0 || adapters.some((each) => !Object.hasOwn(strategiesOf, each))) return undefined;
  return {
    isKey: (key) => !ofSomeAdapter.has(key) || adapters.some((each) => keysOf[each]?.includes(key)),
    isValue(key, value) {
      const list = lists.get(key);
      if (!list || (key === 'materialized' && everywhere.includes(value))) return true;
      return adapters.some((each) => list[each]?.includes(value));
    },
  };
}
