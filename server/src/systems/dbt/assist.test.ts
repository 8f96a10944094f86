import { noSurroundings } from '../../core/artifact.ts';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import { completeDbt } from './complete.ts';
import { hoverDbt } from './hover.ts';
import { dbt } from './index.ts';
import { dbtSymbols } from './symbols.ts';

/** A file of a small project, and the offset of `<|>` in its text. */
async function open(
  path: string,
  marked: string,
): Promise<{ readonly file: ParsedFile; readonly offset: number; readonly facts: FactReader }> {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', [path]: text });
  return { file: platform.parsed(path)!, offset, facts: platform.facts };
}

async function labels(path: string, marked: string): Promise<readonly string[]> {
  const { file, offset, facts } = await open(path, marked);
  return completeDbt(file, offset, facts, noSurroundings).map((suggestion) => suggestion.label);
}

test('completes keys and values of YAML files', async () => {
  expect(await labels('/w/models/s.yml', 'models:\n  - name: a\n    desc<|>\n')).toContain('description');
  expect(
    await labels('/w/models/s.yml', 'models:\n  - name: a\n    config:\n      on_schema_change: <|>\n'),
  ).toEqual(['ignore', 'append_new_columns', 'fail', 'sync_all_columns']);
  expect(await labels('/w/dbt_project.yml', 'name: shop\nmodels:\n  +<|>\n')).toContain('+materialized');
  expect(await labels('/w/profiles.yml', 'shop:\n  tar<|>\n')).toContain('target');
  expect(await labels('/w/models/a.sql', 'select <|>1')).toEqual([]);
});

test('says what a key is', async () => {
  const { file, offset } = await open(
    '/w/profiles.yml',
    'shop:\n  target: dev\n  out<|>puts:\n    dev:\n      type: duckdb\n',
  );
  expect(hoverDbt(file, offset)?.markdown).toContain('The connections, by target');
});

function shape(symbols: readonly OutlineSymbol[]): unknown[] {
  return symbols.map((each) => (each.children.length > 0 ? [each.name, shape(each.children)] : each.name));
}

test('outlines what files hold, and nothing of a connection but its type', async () => {
  const properties = await open(
    '/w/models/s.yml',
    'version: 2\nmodels:\n  - name: a\n    columns:\n      - name: id\nsources:\n  - name: raw\n    tables:\n      - name: orders\n',
  );
  expect(shape(dbtSymbols(properties.file))).toEqual([
    'version',
    ['models', [['a', ['id']]]],
    ['sources', [['raw', ['orders']]]],
  ]);
  const profiles = await open(
    '/w/profiles.yml',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      password: hunter2\n',
  );
  const outline = dbtSymbols(profiles.file);
  expect(shape(outline)).toEqual([['shop', ['dev']]]);
  expect(JSON.stringify(outline)).not.toContain('hunter2');
});

const profiles = (type: string): Readonly<Record<string, string>> => ({
  '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: {type: ${type}}\nother:\n  outputs:\n    dev: {type: redshift}\n`,
});

async function labelsWith(
  type: string,
  path: string,
  marked: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const offset = marked.indexOf('<|>');
  const texts = { ...profiles(type), ...more, [path]: marked.replace('<|>', '') };
  const { platform } = await openFixture([dbt], texts);
  return completeDbt(platform.parsed(path)!, offset, platform.facts, noSurroundings).map(
    ({ label }) => label,
  );
}

test.each([
  ['/w/models/a.sql', '{{ config(<|>) }}', ''],
  ['/w/models/s.yml', 'models:\n  - name: a\n    config:\n      <|>\n', ''],
  ['/w/dbt_project.yml', 'name: shop\nprofile: shop\nmodels:\n  +<|>\n', '+'],
])('keys of configuration are those of the adapter in use: %s', async (path, marked, plus) => {
  const snowflake = await labelsWith('snowflake', path, marked);
  expect(snowflake).toEqual(expect.arrayContaining([`${plus}materialized`, `${plus}snowflake_warehouse`]));
  for (const key of ['dist', 'labels', 'file_format']) expect(snowflake).not.toContain(plus + key);
  expect(await labelsWith('redshift', path, marked)).toContain(`${plus}dist`);
  // Of this one nothing is known.
  expect(await labelsWith('trino', path, marked)).toEqual(
    expect.arrayContaining([`${plus}dist`, `${plus}file_format`]),
  );
});

test.each([
  ['/w/models/a.sql', '{{ config(zorder=1, <|>) }}'],
  ['/w/models/s.yml', 'models:\n  - name: a\n    config:\n      zorder: x\n      <|>\n'],
])('keys that only the adapter’s own class knows, not those that are there: %s', async (path, marked) => {
  const found = await labelsWith('databricks', path, marked);
  expect(found).toEqual(expect.arrayContaining(['skip_optimize', 'query_tags']));
  expect(found).not.toContain('zorder');
  expect(await labelsWith('duckdb', path, marked)).not.toContain('skip_optimize');
});

test.each([
  ['/w/models/a.sql', "{{ config(materialized='<|>') }}"],
  ['/w/models/s.yml', 'models:\n  - name: a\n    config:\n      materialized: <|>\n'],
])('a model is materialized as the adapter in use can: %s', async (path, marked) => {
  const snowflake = await labelsWith('snowflake', path, marked);
  expect(snowflake).toEqual(expect.arrayContaining(['table', 'view', 'dynamic_table']));
  for (const other of ['streaming_table', 'unit', 'seed', 'external']) expect(snowflake).not.toContain(other);
  expect(await labelsWith('duckdb', path, marked)).toContain('external');
});

test('what incremental models do is what the adapter in use can', async () => {
  const marked = "{{ config(incremental_strategy='<|>') }}";
  expect(await labelsWith('bigquery', '/w/models/a.sql', marked)).toEqual([
    'merge',
    'insert_overwrite',
    'microbatch',
  ]);
});

test('completes tests by their names, and those of packages by the package', async () => {
  const more = {
    '/w/macros/t.sql': '{% test is_odd(model) %}{% endtest %}\n{% macro helps() %}{% endmacro %}\n',
    '/w/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    '/w/dbt_packages/utils/macros/t.sql': '{% test recent(model) %}{% endtest %}\n',
  };
  const marked =
    'models:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n          - <|>\n';
  const found = await labelsWith('duckdb', '/w/models/s.yml', marked, more);
  expect(found).toEqual(expect.arrayContaining(['unique', 'relationships', 'is_odd', 'utils.recent']));
  expect(found).not.toContain('helps');
});

test('completes how selectors select, and what they can name', async () => {
  const at = (rest: string): Promise<readonly string[]> =>
    labelsWith(
      'duckdb',
      '/w/selectors.yml',
      `selectors:\n  - name: daily\n    definition:\n      ${rest}\n`,
      {
        '/w/models/a.sql': "{{ config(tags=['nightly']) }} select 1\n",
      },
    );
  expect(await at('method: <|>')).toEqual(expect.arrayContaining(['tag', 'path', 'selector']));
  expect(await at('met<|>')).toEqual(expect.arrayContaining(['method', 'value', 'children']));
  expect(await at('method: tag\n      value: <|>')).toContain('nightly');
  expect(await at('method: fqn\n      value: <|>')).toContain('a');
  expect(await at('union:\n        - method: <|>')).toContain('group');
});

test('offers names where nothing is written yet', async () => {
  const files = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/b.sql': 'select 1 as id',
    '/w/models/m.yml':
      'models: [{ name: a }]\ngroups: [{ name: g, owner: { name: o } }]\nmetrics: [{ name: sold, label: S, agg: sum }]\n',
    '/w/models/r.yml': 'sources: [{ name: raw, tables: [{ name: t }] }]\n',
    '/w/models/sem.yml':
      "semantic_models: [{ name: s, model: ref('a'), measures: [{ name: total, agg: sum }] }]\n",
    '/w/tests/fixtures/some_rows.csv': 'id\n1\n',
    '/w/macros/t.sql': '{% test near(model, column_name, to, most=1) %}select 1{% endtest %}',
    '/w/macros/c.sql': '{% macro cents(column, digits=2) %}1{% endmacro %}',
  };
  const offered = async (marked: string): Promise<readonly string[]> => {
    const { platform } = await openFixture([dbt], { ...files, '/w/models/s.yml': marked.replace('<|>', '') });
    const file = platform.parsed('/w/models/s.yml')!;
    const found = completeDbt(file, marked.indexOf('<|>'), platform.facts, noSurroundings);
    return found.map(({ label }) => label);
  };
  const tested = (rest: string): string => `models:\n  - name: b\n    data_tests:\n      - ${rest}`;
  expect(await offered('models:\n  - name: <|>\n')).toEqual(['b']);
  expect(await offered('models:\n  - name: b\n    config:\n      group: <|>\n')).toEqual(['g']);
  expect(await offered('unit_tests:\n  - name: u\n    model: <|>\n')).toEqual(['a', 'b']);
  const calls = ["ref('a')", "ref('b')", "source('raw', 't')"];
  expect(await offered('unit_tests:\n  - name: u\n    given:\n      - input: <|>\n')).toEqual(calls);
  expect(await offered('exposures:\n  - name: e\n    depends_on:\n      - <|>\n')).toEqual(calls);
  expect(await offered(tested('near:\n          arguments:\n            <|>\n'))).toEqual(['to', 'most']);
  expect(
    await offered(tested('relationships:\n          arguments:\n            to: x\n            <|>\n')),
  ).toEqual(['field']);
  expect(await offered(tested('relationships:\n          arguments:\n            to: <|>\n'))).toEqual(calls);
  expect(
    await offered(
      'models:\n  - name: b\n    metrics:\n      - name: m\n        input_metrics:\n          - name: <|>\n',
    ),
  ).toEqual(['m', 'sold']);
  expect(await offered('unit_tests:\n  - name: u\n    expect:\n      fixture: <|>\n')).toEqual(['some_rows']);
  for (const at of ['measure: <|>', 'measure:\n        name: <|>'])
    expect(await offered(`metrics:\n  - name: m\n    type_params:\n      ${at}\n`)).toContain('total');
  expect(await offered('macros:\n  - name: <|>\n')).toEqual(['cents']);
  expect(await offered('macros:\n  - name: cents\n    arguments:\n      - name: <|>\n')).toEqual([
    'column',
    'digits',
  ]);
  expect(
    await offered('saved_queries:\n  - name: q\n    query_params:\n      metrics:\n        - <|>\n'),
  ).toEqual(['sold']);
  expect(await offered('snapshots:\n  - name: x\n    config:\n      strategy: <|>\n')).toEqual([
    'timestamp',
    'check',
  ]);
  expect(await offered('models:\n  <|>\n')).toEqual(['- name:']);
  expect(await offered('models:\n  - name: b\n    versions:\n      <|>\n')).toEqual(['- v:']);
  expect(await offered('models:\n  - name: b\n    <|>\n')).not.toContain('- name:');
});
