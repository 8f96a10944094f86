/** A flag of dbt_project.yml: the type dbt demands of it, and whether it is dbt's own choice of behaviour. */
export type FlagType = 'boolean' | 'number' | 'string' | 'options';

const settings: Readonly<Record<string, FlagType>> = {
  cache_selected_only: 'boolean',
  debug: 'boolean',
  fail_fast: 'boolean',
  hints_enabled: 'boolean',
  indirect_selection: 'string',
  log_format: 'string',
  log_format_file: 'string',
  log_level: 'string',
  log_level_file: 'string',
  maximum_seed_size_mib: 'number',
  partial_parse: 'boolean',
  populate_cache: 'boolean',
  printer_width: 'number',
  send_anonymous_usage_stats: 'boolean',
  static_parser: 'boolean',
  use_colors: 'boolean',
  use_colors_file: 'boolean',
  use_experimental_parser: 'boolean',
  use_v2_parser: 'boolean',
  v2_parser: 'string',
  version_check: 'boolean',
  warn_error: 'boolean',
  warn_error_options: 'options',
  write_json: 'boolean',
};

/** Choices between old and new behaviour; dbt v2 has only the new one. */
export const behaviourFlags: ReadonlySet<string> = new Set(
  (
    'require_batched_execution_for_custom_microbatch_strategy require_event_names_in_deprecations ' +
    'require_explicit_package_overrides_for_builtin_materializations require_resource_names_without_spaces ' +
    'source_freshness_run_project_hooks skip_nodes_if_on_run_start_fails state_modified_compare_more_unrendered_values ' +
    'state_modified_compare_vars require_yaml_configuration_for_mf_time_spines require_nested_cumulative_type_params ' +
    'validate_macro_args require_all_warnings_handled_by_warn_error require_generic_test_arguments_property ' +
    'require_unique_project_resource_names require_ref_searches_node_package_before_root ' +
    'require_valid_schema_from_generate_schema_name allow_jinja_file_extensions require_sql_header_in_test_configs ' +
    'support_custom_ref_kwargs require_corrected_analysis_fqns require_source_and_semantic_model_names_without_spaces ' +
    'enable_grouped_warn_error_parser_logs use_catalogs_v2 latest_version_pointer_enabled_by_default'
  ).split(' '),
);

/** Every flag that dbt itself knows; adapters have more. */
export const flagTypes: Readonly<Record<string, FlagType>> = {
  ...settings,
  ...Object.fromEntries([...behaviourFlags].map((flag) => [flag, 'boolean' as const])),
};

/** Listed values of flags, with whether dbt stops at others at once. */
export const flagValues: Readonly<
  Record<string, { readonly values: readonly string[]; readonly isRefused: boolean }>
> = {
  indirect_selection: { values: ['eager', 'cautious', 'buildable', 'empty'], isRefused: false },
  log_level: { values: ['debug', 'info', 'warn', 'error', 'none'], isRefused: true },
  log_level_file: { values: ['debug', 'info', 'warn', 'error', 'none'], isRefused: true },
  log_format: { values: ['text', 'debug', 'json', 'default'], isRefused: false },
  log_format_file: { values: ['text', 'debug', 'json', 'default'], isRefused: false },
};
