import { expect, test } from 'vitest';
import { neverCancelled } from '../../core/cancellation.ts';
import { silentLog } from '../../core/log.ts';
import { Platform } from '../../core/platform.ts';
import { MemoryFiles } from '../../../../test/support/memory-files.ts';
import { dbt } from './index.ts';

/** `severity code` of every finding of a project that this dbt reads. */
async function found(version: string, texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const files = new MemoryFiles({ '/w/dbt_project.yml': 'name: shop\n', ...texts });
  const versionOf = () => ({ version, source: 'the test' });
  const platform = new Platform({
    systems: [dbt],
    files,
    log: silentLog,
    pause: async () => {},
    versionOf,
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
  });
  await platform.load(['/w'], neverCancelled);
  return [...platform.paths()].flatMap((path) =>
    platform.findings(path).map(({ severity, code }) => `${severity} ${code}`),
  );
}

test.each([
  [
    'a docs block that is not there',
    'models: [{ name: a, description: "{{ doc(\'x\') }}" }]',
    'dbt/undefined-doc',
  ],
  ['a group that is not there', 'models: [{ name: a, config: { group: x } }]', 'dbt/undefined-group'],
  [
    'an exposure of no model',
    "exposures: [{ name: e, type: dashboard, owner: { name: x }, depends_on: [ref('x')] }]",
    'dbt/undefined-ref',
  ],
])('dbt v1 refuses what v2 only warns of: %s', async (_name, text, code) => {
  const texts = { '/w/models/a.sql': 'select 1', '/w/models/s.yml': `${text}\n` };
  expect(await found('1.12.0', texts)).toEqual([`error ${code}`]);
  expect(await found('2.0.0', texts)).toEqual([`warning ${code}`]);
});

test.each([
  ['/w/models/s.yml', 'models: [{ name: a, config: { batch_size: week } }]', 'information dbt/refused-by-v2'],
  [
    '/w/snapshots/s.yml',
    "snapshots: [{ name: s, relation: ref('a'), config: { strategy: check, unique_key: id, check_cols: all, snapshot_meta_column_names: { dbt_valid_too: x } } }]",
    'warning dbt/unknown-key',
  ],
])('what dbt v2 refuses at once v1 passes over: %s', async (path, text, first) => {
  const texts = { '/w/models/a.sql': 'select 1', [path]: `${text}\n` };
  expect(await found('1.12.0', texts)).toEqual([first]);
  expect(await found('2.0.0', texts)).toEqual([expect.stringMatching(/^error dbt/) as string]);
});

test('a key without a value is one left out to v2, unless it must be there', async () => {
  const nothing = {
    '/w/models/s.yml': 'models:\n  - name: a\n    description:\n    columns:\n',
    '/w/models/a.sql': '',
  };
  expect(await found('1.12.0', nothing)).toEqual(['error dbt/wrong-type', 'error dbt/wrong-type']);
  expect(await found('2.0.0', nothing)).toEqual([]);
  const unnamed = { '/w/models/s.yml': 'models:\n  - name:\n' };
  expect(await found('2.0.0', unnamed)).toEqual(['error dbt/wrong-type']);
});

test('what both refuse stays refused', async () => {
  const texts = { '/w/models/a.sql': "select * from {{ ref('x') }}" };
  expect(await found('2.0.0', texts)).toEqual(['error dbt/undefined-ref']);
});
