import { createSchema, type Schema } from '../../core/schema/schema.ts';
import type { TreeSection } from './config-tree.ts';

const boolean = { type: 'boolean' };
const mapping = { type: 'object' };
const maybeMapping = { type: ['object', 'null'] };
const maybeBoolean = { type: ['boolean', 'null'] };
const period = { enum: ['minute', 'hour', 'day', null] };
const time = { properties: { count: { type: ['integer', 'null'] }, period } };

const hook = {
  anyOf: [
    { type: 'string' },
    { type: 'object', required: ['sql'], properties: { transaction: boolean, sql: { type: 'string' } } },
  ],
};
const hooks = { anyOf: [...hook.anyOf, { type: 'array', items: hook }, { type: 'null' }] };

/** What every resource's configuration may hold. */
const anything = { enabled: boolean, meta: mapping };

const node = {
  ...anything,
  column_types: maybeMapping,
  contract: { type: 'object', properties: { enforced: boolean } },
  docs: { type: 'object', properties: { show: boolean, node_color: { type: ['string', 'null'] } } },
  full_refresh: maybeBoolean,
  grants: mapping,
  group: { type: ['string', 'null'] },
  on_configuration_change: { enum: ['apply', 'continue', 'fail'] },
  persist_docs: maybeMapping,
  'post-hook': hooks,
  post_hook: hooks,
  'pre-hook': hooks,
  pre_hook: hooks,
  quoting: maybeMapping,
};

/** What dbt looks at of models alone. */
const model = {
  ...node,
  access: { enum: ['private', 'protected', 'public'] },
  freshness: { properties: { build_after: { properties: { period } } } },
  latest_version_pointer: maybeMapping,
  on_error: { enum: ['skip_children', 'continue', null] },
};

const test = {
  ...anything,
  limit: { anyOf: [{ type: ['integer', 'null'] }, { type: 'string', pattern: '^\\d+$' }] },
  severity: { enum: ['warn', 'error', null] },
  store_failures: maybeBoolean,
};

const source = {
  ...anything,
  freshness: { type: ['object', 'null'], properties: { warn_after: time, error_after: time } },
};

const bySection: Readonly<Record<TreeSection, object>> = {
  models: model,
  seeds: { ...node, materialized: { enum: ['seed'] }, quote_columns: maybeBoolean },
  snapshots: { ...node, snapshot_meta_column_names: maybeMapping },
  tests: test,
  data_tests: test,
  sources: source,
  exposures: anything,
  unit_tests: anything,
  metrics: anything,
  'semantic-models': anything,
  'saved-queries': anything,
  functions: anything,
  analyses: anything,
};

const made = Object.fromEntries(
  Object.entries(bySection).map(([section, properties]) => [
    section,
    createSchema({ type: 'object', properties }, { draft: '07' }),
  ]),
);

/** What dbt refuses when it builds a node with configuration from dbt_project.yml; each tried with dbt 1.12.0. */
export function configSchema(section: TreeSection): Schema {
  return made[section]!;
}

/** Keys of the trees whose listed values are checked here, so nowhere else. */
export const closedConfig: ReadonlySet<string> = new Set(
  Object.values(bySection).flatMap((properties) =>
    Object.entries(properties as Record<string, object>).flatMap(([key, value]) =>
      'enum' in value ? [`+${key}`] : [],
    ),
  ),
);
