import { change, defect, type Kind, mark, odd, remove, write } from '../kind.ts';

const file = 'models/staging/_sources.yml';
const extra = 'models/extra.yml';
const schema = '    schema: raw\n';
const source = (line: string) => change(file, schema, `${schema}    ${line}\n`);
const table = (line: string) =>
  change(file, '      - name: payments\n', `      - name: payments\n        ${line}\n`);

/** Sources and their tables. */
export const sourceKinds: readonly Kind[] = [
  defect(
    'source-no-name',
    'a source without a name',
    write(extra, `sources:\n  - schema: x${mark}\n    tables: [{ name: a }]\n`),
  ),
  defect(
    'source-name-number',
    'a name that is a number',
    write(extra, `sources:\n  - name: 5${mark}\n    tables: [{ name: a }]\n`),
  ),
  defect(
    'sources-mapping',
    'sources as a mapping',
    write(extra, `sources:${mark}\n  other: { tables: [] }\n`),
  ),
  defect('sources-null', 'sources with nothing under it', write(extra, `sources:${mark}\n`)),
  defect(
    'source-tables-mapping',
    'tables as a mapping',
    write(extra, `sources:\n  - name: other\n    tables:${mark}\n      a: {}\n`),
  ),
  defect(
    'source-tables-text',
    'a table that is a text',
    write(extra, `sources:\n  - name: other\n    tables:\n      - a${mark}\n`),
  ),
  defect(
    'source-tables-null',
    'tables with nothing under it',
    write(extra, `sources:\n  - name: other\n    tables:${mark}\n`),
  ),
  defect(
    'source-table-no-name',
    'a table without a name',
    write(extra, `sources:\n  - name: other\n    tables:\n      - identifier: a${mark}\n`),
  ),
  defect(
    'source-table-twice',
    'one table twice',
    change(file, '      - name: payments\n', `      - name: payments\n      - name: payments${mark}\n`),
  ),
  defect(
    'source-table-two-files',
    'one table in two files',
    write(extra, `sources:\n  - name: raw\n    tables:\n      - name: payments${mark}\n`),
  ),
  defect('source-unknown-key', 'a key that sources do not have', source(`shema: raw${mark}`)),
  defect('source-table-unknown-key', 'a key that tables do not have', table(`identifer: pay${mark}`)),
  defect('source-columns', 'columns of a source', source(`columns: []${mark}`)),
  defect('source-tags-text', 'tags that are a text', source(`tags: a${mark}`)),
  defect('source-meta-text', 'meta that is a text', source(`meta: a${mark}`)),
  defect(
    'source-description-null',
    'a description with nothing in it',
    change(file, '    description: What the web shop writes\n', `    description:${mark}\n`),
  ),
  defect('source-quoting-text', 'quoting that is a text', source(`quoting: always${mark}`)),
  defect('source-quoting-value', 'quoting by a text', source(`quoting: { identifier: maybe }${mark}`)),
  defect(
    'source-config-null',
    'a config with nothing in it',
    write(extra, `sources:\n  - name: other\n    config:${mark}\n    tables: [{ name: a }]\n`),
  ),
  defect('source-config-text', 'a config that is a text', table(`config: on${mark}`)),
  defect('source-enabled', 'an `enabled` that is a text', table(`config: { enabled: sometimes }${mark}`)),
  defect(
    'source-freshness-period',
    'an unknown period',
    change(file, 'period: hour', `period: hours${mark}`),
  ),
  defect(
    'source-freshness-count',
    'a count that is a text',
    change(file, 'count: 12', `count: twelve${mark}`),
  ),
  defect(
    'source-freshness-text',
    'freshness that is a text',
    change(
      file,
      '      freshness:\n        warn_after: { count: 12, period: hour }\n        error_after: { count: 2, period: day }\n',
      `      freshness: daily${mark}\n`,
    ),
  ),
  defect(
    'source-freshness-no-period',
    'a count of nothing',
    change(file, '{ count: 12, period: hour }', `{ count: 12 }${mark}`),
  ),
  defect(
    'source-loaded-twice',
    'a field and a query for the time of loading',
    change(
      file,
      '      loaded_at_field: loaded_at\n',
      `      loaded_at_field: loaded_at${mark}\n      loaded_at_query: select 1${mark}\n`,
    ),
  ),
  defect(
    'source-loaded-number',
    'a field of loading that is a number',
    change(file, 'loaded_at_field: loaded_at', `loaded_at_field: 5${mark}`),
  ),
  defect('source-external-text', 'an external table that is a text', table(`external: s3${mark}`)),
  defect(
    'source-schema-number',
    'a schema that is a number',
    change(file, 'schema: raw', `schema: 5${mark}`),
  ),
  defect(
    'source-identifier-number',
    'an identifier that is a number',
    change(file, 'identifier: customers_2024', `identifier: 2024${mark}`),
  ),
  defect(
    'source-column-no-name',
    'a column without a name',
    change(file, '          - name: loaded_at\n', `          - description: When${mark}\n`),
  ),
  defect(
    'source-undefined',
    'a source that does not exist',
    change(
      'models/staging/stg_payments.sql',
      "source('raw', 'payments')",
      `source('row', 'payments')${mark}`,
    ),
  ),
  defect(
    'source-table-undefined',
    'a table that the source does not have',
    change('models/staging/stg_payments.sql', "source('raw', 'payments')", `source('raw', 'payment')${mark}`),
  ),
  defect(
    'source-one-argument',
    'a source without a table',
    change('models/staging/stg_payments.sql', "source('raw', 'payments')", `source('raw')${mark}`),
  ),
  defect(
    'source-three-arguments',
    'a source of three parts',
    change(
      'models/staging/stg_payments.sql',
      "source('raw', 'payments')",
      `source('db', 'raw', 'payments')${mark}`,
    ),
  ),
  defect('source-disabled', 'a source that is off', [
    table('config: { enabled: false }'),
    change('models/exposures.yml', "      - source('raw', 'payments')\n", ''),
    change(
      'models/staging/stg_payments.sql',
      "source('raw', 'payments') }}",
      `source('raw', 'payments') }}${mark}`,
    ),
  ]),
  defect(
    'source-doc-undefined',
    'a description from no docs block',
    change(file, 'description: One row an order', `description: "{{ doc('order_row') }}"${mark}`),
  ),
  defect('source-word-catalog', "a word of Databricks for DuckDB's database", source(`catalog: lake${mark}`)),
  defect('source-word-project', "a word of BigQuery for DuckDB's database", source(`project: lake${mark}`)),
  defect(
    'source-word-dataset',
    "a word of BigQuery for DuckDB's schema",
    change(file, schema, `    dataset: raw${mark}\n`),
  ),
  defect('source-word-dbname', "a word of Postgres for DuckDB's database", source(`dbname: lake${mark}`)),
  defect(
    'source-word-empty',
    "a word of Databricks for DuckDB's database, with nothing in it",
    source(`catalog:${mark}`),
  ),
  defect(
    'source-word-twin',
    'a database in the words of all and of one adapter',
    source(`database: lake\n    project: lake${mark}`),
  ),
  defect(
    'source-word-twin-catalog',
    'a database in the words of all and of Databricks',
    source(`database: lake\n    catalog: lake${mark}`),
  ),
  defect(
    'source-word-quoting',
    'quoting in the words of BigQuery',
    source(`quoting: { project: true }${mark}`),
  ),
  defect(
    'source-word-table-quoting',
    'quoting of a table in the words of BigQuery',
    table(`quoting: { dataset: true }${mark}`),
  ),
  odd('source-no-tables', 'a source without tables', write(extra, 'sources:\n  - name: other\n')),
  odd(
    'source-two-files',
    'one source in two files, other tables',
    write(extra, 'sources:\n  - name: raw\n    schema: raw\n    tables:\n      - name: refunds\n'),
  ),
  odd('source-freshness-null', 'freshness switched off for a table', table('config: { freshness: null }')),
  odd(
    'source-old-places',
    'freshness where it used to stand',
    table('freshness: { warn_after: { count: 1, period: day } }\n        loaded_at_field: at'),
  ),
  odd('source-database-jinja', 'a database that is computed', source('database: "{{ target.database }}"')),
  odd(
    'source-schema-jinja',
    'a schema by the target',
    change(file, 'schema: raw', `schema: "{{ 'raw' if target.name == 'prod' else 'raw_dev' }}"`),
  ),
  odd(
    'source-external',
    'an external table with keys of its own',
    table("external: { location: 's3://x', partitions: [{ name: day, data_type: date }], anything: 1 }"),
  ),
  odd('source-quoting', 'quoting', table('quoting: { identifier: true }')),
  odd(
    'source-loader',
    'who loads it, and labels',
    source('loader: meltano\n    meta: { owner: me }\n    tags: [raw]'),
  ),
  odd('source-odd-names', 'names with dots and spaces', [
    write(extra, `sources:\n  - name: web shop${mark}\n    tables:\n      - name: orders.v1\n`),
    write('models/extra.sql', "select * from {{ source('web shop', 'orders.v1') }}\n"),
  ]),
  odd(
    'source-loaded-query',
    'a query for the time of loading',
    change(
      file,
      '      loaded_at_field: loaded_at\n',
      '      loaded_at_query: select max(loaded_at) from raw.orders\n',
    ),
  ),
  odd('source-yaml-ending', 'a properties file that ends with .yaml', [
    remove(extra),
    write('models/extra.yaml', 'sources:\n  - name: other\n    tables:\n      - name: a\n'),
  ]),
];
