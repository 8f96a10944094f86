import { type Kind, blame, change, defect, mark, odd, remove, write } from '../kind.ts';
import { onReference } from './reasons.ts';

const marts = 'models/marts/_marts.yml';
const described = '  - name: forecast\n    description: What will come\n';
const forecast = (lines: string) => change(marts, described, `  - name: forecast\n${lines}`);

/** Versions of models, time spines and batches. */
export const versionKinds: readonly Kind[] = [
  defect(
    'version-latest-unknown',
    'a latest version that is none',
    change(marts, 'latest_version: 2', `latest_version: 3${mark}`),
  ),
  defect(
    'version-twice',
    'one version twice',
    change(marts, '      - v: 1\n', `      - v: 1\n      - v: 1${mark}\n`),
  ),
  defect(
    'version-exclude-of-some',
    'columns left out of some that are named',
    change(marts, '- include: all', `- include: [price]\n            exclude: [product_id]${mark}`),
  ),
  defect(
    'version-no-v',
    'a version without its v',
    change(marts, '      - v: 1\n', `      - defined_in: prices_v1${mark}\n`),
  ),
  defect(
    'version-no-file',
    'a version without a file',
    change(marts, '      - v: 1\n', `      - v: 3${mark}\n      - v: 1\n`),
  ),
  defect(
    'version-ref-no-file',
    'a ref to a version that has no file',
    [
      change(marts, '      - v: 1\n', `      - v: 1\n        defined_in: prices_one${mark}\n`),
      blame('models/marts/price_list.sql', "ref('prices', v=1) }}"),
    ],
    { depends: onReference },
  ),
  defect(
    'version-defined-in',
    'a version that is defined in no file',
    change(marts, '      - v: 1\n', `      - v: 3\n        defined_in: prices_three${mark}\n      - v: 1\n`),
  ),
  defect(
    'version-ref-unknown',
    'a ref to a version that does not exist',
    change('models/marts/price_list.sql', 'v=1) }}', `v=7) }}${mark}`),
  ),
  defect(
    'version-of-unversioned',
    'a ref to a version of a model that has none',
    write('models/extra.sql', `select * from {{ ref('orders', v=1) }}${mark}\n`),
  ),
  defect(
    'version-null',
    'versions with nothing under it',
    change(
      marts,
      '    versions:\n      - v: 1\n      - v: 2\n        columns:\n          - include: all\n          - name: currency\n            data_type: varchar\n',
      `    versions:${mark}\n`,
    ),
  ),
  defect(
    'version-include-twice',
    'two inclusions of columns',
    change(
      marts,
      '          - include: all\n',
      `          - include: all\n          - include: [price]${mark}\n`,
    ),
  ),
  defect(
    'version-exclude-unknown',
    'an inclusion that is a mapping',
    change(marts, '          - include: all\n', `          - include: { all: true }${mark}\n`),
  ),
  defect('version-and-unversioned', 'a versioned model and a plain one of the same name', [
    write('models/staging/prices.sql', `${mark}select 1 as product_id\n`),
    blame(marts, '      - v: 2'),
    blame(marts, '- name: prices'),
  ]),
  defect(
    'time-spine-column',
    'a time spine of a column that is not described',
    forecast(
      `    time_spine:\n      standard_granularity_column: day${mark}\n    columns:\n      - name: date_day\n        granularity: day\n`,
    ),
  ),
  defect(
    'time-spine-granularity',
    'a time spine whose column has no granularity',
    forecast(
      `    time_spine:\n      standard_granularity_column: day${mark}\n    columns:\n      - name: day${mark}\n`,
    ),
  ),
  defect('microbatch-no-event-time', 'a microbatch model without an event time', [
    write(
      'models/batched.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', begin='2024-01-01', batch_size='day') }}${mark}\nselect 1 as id\n`,
    ),
  ]),
  defect(
    'microbatch-no-begin',
    'a microbatch model without a begin',
    write(
      'models/batched.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day') }}${mark}\nselect 1 as id\n`,
    ),
  ),
  defect(
    'microbatch-no-size',
    'a microbatch model without a size',
    write(
      'models/batched.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2024-01-01') }}${mark}\nselect 1 as id\n`,
    ),
  ),
  defect(
    'microbatch-size',
    'a microbatch model of an unknown size',
    write(
      'models/batched.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2024-01-01', batch_size='week') }}${mark}\nselect 1 as id\n`,
    ),
  ),
  defect(
    'microbatch-begin',
    'a microbatch model that begins at no time',
    write(
      'models/batched.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='spring', batch_size='day') }}${mark}\nselect 1 as id\n`,
    ),
  ),
  odd('version-text', 'versions that are texts', [
    change(marts, 'latest_version: 2', 'latest_version: two'),
    change(
      marts,
      '      - v: 1\n      - v: 2\n',
      '      - v: one\n        defined_in: prices_v1\n      - v: two\n        defined_in: prices_v2\n',
    ),
    change('models/marts/price_list.sql', 'v=1', "v='one'"),
    change('models/exposures.yml', 'v=2', "v='two'"),
  ]),
  odd('version-no-latest', 'versions without a latest', change(marts, '    latest_version: 2\n', '')),
  odd(
    'version-file-off',
    'the latest version in a file of the model itself, beside one that is switched off',
    [
      write('models/marts/prices_v2.sql', '{{ config(enabled=false) }} select 1 as product_id\n'),
      write('models/marts/prices.sql', "select 1 as product_id, 10 as price, 'EUR' as currency\n"),
    ],
  ),
  odd('version-file-off-by-folder', 'the same, switched off by its folder', [
    remove('models/marts/prices_v2.sql'),
    write('models/drafts/prices_v2.sql', 'select 1 as product_id\n'),
    write('models/marts/prices.sql', "select 1 as product_id, 10 as price, 'EUR' as currency\n"),
    change('dbt_project.yml', '    staging:\n', '    drafts:\n      +enabled: false\n    staging:\n'),
  ]),
  odd('version-no-suffix', 'a latest version in a file without a suffix', [
    remove('models/marts/prices_v2.sql'),
    write('models/marts/prices.sql', "select 1 as product_id, 10 as price, 'EUR' as currency\n"),
  ]),
  odd(
    'version-keyword',
    'a ref to a version by its long keyword',
    change('models/marts/price_list.sql', 'v=1', 'version=1'),
  ),
  odd(
    'time-spine',
    'a time spine with granularities of its own',
    forecast(
      '    time_spine:\n      standard_granularity_column: day\n      custom_granularities:\n        - name: fiscal_year\n    columns:\n      - name: day\n        granularity: day\n      - name: fiscal_year\n',
    ),
  ),
  odd('microbatch', 'a microbatch model with all that is its own', [
    write(
      'models/extra.sql',
      `select * from {{ ref('stg_orders').render() }}
{% if model.batch %}-- {{ model.batch.id }} {{ model.batch.event_time_start }}{% endif %}
`,
    ),
    write(
      'models/extra.yml',
      `models:
  - name: extra
    config:
      materialized: incremental
      incremental_strategy: microbatch
      event_time: ordered_at
      begin: 2024-01-01
      batch_size: hour
      lookback: 0
      concurrent_batches: false
      unique_key: [order_id, customer_id]
`,
    ),
  ]),
  odd('version-all', 'versions with all that they take', [
    write('models/rates/rate_v1.sql', 'select 1 as a, 2 as b\n'),
    write('models/rates/rate_old.sql', 'select 1 as a, 2 as b\n'),
    write('models/rates/rate_v3.sql', 'select 1 as a, 2 as b, 3 as c\n'),
    write(
      'models/rates/rates.yml',
      `models:
  - name: rate
    latest_version: 3
    config: { access: public, tags: [a] }
    columns:
      - { name: a, data_tests: [not_null] }
      - name: b
    versions:
      - v: 1
        deprecation_date: 2030-01-01
        columns: [{ include: [a] }]
      - v: 2
        defined_in: rate_old
        description: The older one
        config: { alias: rate_two, materialized: view }
        deprecation_date: 2031-04-30 00:00:00.00-05:00
        columns: [{ include: '*', exclude: [b] }]
      - v: 3
        constraints: [{ type: not_null, columns: [a] }]
        data_tests: []
        columns:
          - include: all
          - name: c
`,
    ),
    write(
      'models/rates/use.sql',
      "select * from {{ ref('rate') }} cross join {{ ref('shop', 'rate', v='3') }}\n",
    ),
  ]),
];
