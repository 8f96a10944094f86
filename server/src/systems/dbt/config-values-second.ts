import { createSchema, type Schema } from '../../core/schema/schema.ts';
import type { TreeSection } from './config-tree.ts';
import { metaColumns } from './second-contract.ts';

const boolean = { type: 'boolean' };
const maybeBoolean = { type: ['boolean', 'null'] };
const maybeText = { type: ['string', 'null'] };
const maybeMapping = { type: ['object', 'null'] };
const texts = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }],
};
const hook = {
  anyOf: [
    { type: ['string', 'null'] },
    { type: 'object', required: ['sql'], properties: { sql: maybeText, transaction: maybeBoolean } },
  ],
};
const hooks = { anyOf: [...hook.anyOf, { type: 'array', items: hook }] };

/** What every resource that is a node may hold. */
const common = {
  alias: maybeText,
  database: maybeText,
  group: maybeText,
  meta: maybeMapping,
  quoting: maybeMapping,
  schema: maybeText,
  tags: texts,
};

const built = {
  ...common,
  docs: { type: ['object', 'null'], properties: { show: boolean, node_color: maybeText } },
  grants: { type: 'object' },
  persist_docs: {
    type: ['object', 'null'],
    properties: { columns: maybeBoolean, relation: maybeBoolean },
  },
  post_hook: hooks,
  pre_hook: hooks,
  unique_key: texts,
};

const period = { enum: ['second', 'minute', 'hour', 'day', null] };
const buildAfter = {
  type: ['object', 'null'],
  properties: { count: { type: ['integer', 'null'] }, period },
};

const bySection: Partial<Record<TreeSection, object>> = {
  models: {
    ...built,
    access: { enum: ['private', 'protected', 'public', null] },
    column_types: { type: ['object', 'null'], additionalProperties: { type: 'string' } },
    contract: { type: ['object', 'null'], properties: { enforced: boolean } },
    freshness: { type: ['object', 'null'], properties: { build_after: buildAfter } },
    latest_version_pointer: maybeMapping,
    materialized: maybeText,
    merge_exclude_columns: texts,
    merge_update_columns: texts,
    on_configuration_change: maybeText,
    on_error: { enum: ['skip_children', 'continue', null] },
    on_schema_change: maybeText,
    sql_header: maybeText,
  },
  snapshots: {
    ...built,
    check_cols: texts,
    snapshot_meta_column_names: metaColumns,
    strategy: maybeText,
    target_database: maybeText,
    target_schema: maybeText,
    updated_at: maybeText,
  },
  data_tests: {
    ...common,
    error_if: maybeText,
    limit: { type: ['integer', 'null'] },
    store_failures_as: { enum: ['ephemeral', 'table', 'view', null] },
    warn_if: maybeText,
    where: maybeText,
  },
};

const made = Object.fromEntries(
  Object.entries(bySection).map(([section, properties]) => [
    section,
    createSchema({ type: 'object', properties }, { draft: '07' }),
  ]),
);

/** What dbt v2 refuses in `config(…)`, as far as v2.0 does; undefined where nothing is known of it. */
export function secondConfigSchema(section: TreeSection): Schema | undefined {
  return made[section];
}
