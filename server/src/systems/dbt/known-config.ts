import { keysAt, valuesAt, type KeyInfo, type ValueInfo } from '../../core/schema/describe-schema.ts';
import type { DbtFileKind } from './claim.ts';
import { schemasOf } from './schemas.ts';

/** The section of a properties file that configures the same kind of resource. */
export function sectionOf(kind: DbtFileKind): 'models' | 'snapshots' | 'data_tests' | 'analyses' | undefined {
  if (kind === 'model' || kind === 'python-model') return 'models';
  if (kind === 'snapshot') return 'snapshots';
  if (kind === 'test') return 'data_tests';
  return kind === 'analysis' ? 'analyses' : undefined;
}

/** What most models set: no schema is asked about them. */
const common = new Set(
  (
    'materialized schema alias tags enabled meta database unique_key incremental_strategy on_schema_change ' +
    'pre_hook post_hook cluster_by partition_by persist_docs full_refresh docs grants contract access group ' +
    'event_time begin batch_size lookback strategy updated_at check_cols target_schema severity warn_if error_if'
  ).split(' '),
);

/** True for a key that needs no second look. */
export function isCommonConfig(key: string): boolean {
  return common.has(key);
}

/** The configuration that dbt and its adapters know for a kind of file. */
export function configKeys(kind: DbtFileKind): readonly KeyInfo[] {
  const section = sectionOf(kind);
  const schema = schemasOf('properties')?.published;
  if (!section || !schema) return [];
  // The key with the underscore is the one that can be written as a keyword.
  return keysAt(schema, undefined, [section, '0', 'config']).filter(({ name }) => /^\w+$/.test(name));
}

/** The values that a key of the configuration may have, where they can be counted. */
export function configValues(kind: DbtFileKind, key: string): readonly ValueInfo[] {
  const section = sectionOf(kind);
  const schema = schemasOf('properties')?.published;
  return section && schema ? valuesAt(schema, undefined, [section, '0', 'config', key]) : [];
}
