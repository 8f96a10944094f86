import { type Kind, append, blame, change, defect, mark, odd, remove, write } from '../kind.ts';
import { onRelation, spread } from './reasons.ts';

const exposures = 'models/exposures.yml';
const groups = 'models/groups.yml';
const seeds = 'seeds/_seeds.yml';
const history = 'snapshots/orders_history.yml';
const macros = 'macros/_macros.yml';
const functions = 'functions/_functions.yml';
const owner = '    owner:\n      name: Ada\n      email: ada@example.org\n';

/** Exposures, groups, seeds, snapshots, macros, functions and analyses in properties. */
export const resourceKinds: readonly Kind[] = [
  defect('exposure-no-type', 'an exposure without a type', [
    change(exposures, '    type: dashboard\n', ''),
    blame(exposures, '- name: weekly_report'),
  ]),
  defect('exposure-no-owner', 'an exposure without an owner', [
    change(exposures, owner, ''),
    blame(exposures, '- name: weekly_report'),
  ]),
  defect(
    'exposure-no-name',
    'an exposure without a name',
    change(
      exposures,
      '  - name: weekly_report\n    label: Weekly report\n',
      `  - label: Weekly report${mark}\n`,
    ),
  ),
  defect(
    'exposure-owner-nobody',
    'an owner who is nobody',
    change(exposures, owner, `    owner: {}${mark}\n`),
  ),
  defect(
    'exposure-owner-text',
    'an owner that is a text',
    change(exposures, owner, `    owner: Ada${mark}\n`),
  ),
  defect('exposure-type', 'an unknown type', change(exposures, 'type: dashboard', `type: report${mark}`)),
  defect(
    'exposure-maturity',
    'an unknown maturity',
    change(exposures, 'maturity: high', `maturity: ripe${mark}`),
  ),
  defect(
    'exposure-name-spaces',
    'a name with spaces',
    change(exposures, 'name: weekly_report', `name: weekly report${mark}`),
  ),
  defect(
    'exposure-ref',
    'a dependency on no model',
    change(exposures, "ref('orders')", `ref('oders')${mark}`),
  ),
  defect(
    'exposure-source',
    'a dependency on no source',
    change(exposures, "source('raw', 'payments')", `source('raw', 'payment')${mark}`),
  ),
  defect(
    'exposure-metric',
    'a dependency on no metric',
    change(exposures, "source('raw', 'payments')", `metric('revenue')${mark}`),
  ),
  defect(
    'exposure-depends-text',
    'dependencies that are a text',
    change(
      exposures,
      "    depends_on:\n      - ref('orders')\n      - ref('prices', v=2)\n      - source('raw', 'payments')\n",
      `    depends_on: ref('orders')${mark}\n`,
    ),
  ),
  defect(
    'exposure-depends-word',
    'a dependency that is no call',
    change(exposures, "ref('orders')", `orders${mark}`),
  ),
  defect(
    'exposure-depends-bracket',
    'a dependency with an open bracket',
    change(exposures, "ref('orders')", `ref('orders'${mark}`),
  ),
  defect(
    'exposure-unknown-key',
    'a key that exposures do not have',
    change(exposures, 'url: https', `urll: https${mark}`),
  ),
  defect(
    'exposure-twice',
    'two exposures of one name',
    append(exposures, `  - name: weekly_report${mark}\n    type: notebook\n    owner: { name: Ada }\n`),
  ),
  defect(
    'exposure-url-list',
    'an address that is a list',
    change(exposures, 'url: https://example.org/report', `url: [https://example.org]${mark}`),
  ),
  defect('group-no-owner', 'a group without an owner', [
    change(groups, '    owner:\n      name: Finance\n      email: finance@example.org\n', ''),
    blame(groups, '- name: finance'),
  ]),
  defect('group-no-name', 'a group without a name', append(groups, `  - owner: { name: Ada }${mark}\n`)),
  defect(
    'group-owner-nobody',
    'a group whose owner is nobody',
    append(groups, `  - name: sales\n    owner: {}${mark}\n`),
  ),
  defect(
    'group-twice',
    'two groups of one name',
    append(groups, `  - name: finance${mark}\n    owner: { name: Ada }\n`),
  ),
  defect(
    'groups-mapping',
    'groups as a mapping',
    write(groups, `groups:${mark}\n  finance: { owner: { name: Ada } }\n`),
  ),
  defect('group-unknown-key', 'a key that groups do not have', append(groups, `    ownr: Ada${mark}\n`)),
  defect(
    'seed-column-types',
    'column types that are a list',
    change(
      seeds,
      '      column_types:\n        code: varchar(2)\n',
      `      column_types: [varchar]${mark}\n`,
    ),
  ),
  defect(
    'seed-delimiter',
    'a delimiter that is a number',
    change(seeds, '    config:\n', `    config:\n      delimiter: 5${mark}\n`),
  ),
  defect(
    'seed-quote-columns',
    'a `quote_columns` that is a text',
    change(seeds, '    config:\n', `    config:\n      quote_columns: maybe${mark}\n`),
  ),
  defect(
    'seed-of-no-file',
    'properties of a seed that does not exist',
    change(seeds, 'name: countries', `name: contries${mark}`),
  ),
  defect('seed-no-name', 'a seed without a name', append(seeds, `  - description: x${mark}\n`)),
  defect(
    'seed-model-same-name',
    'a seed and a model of one name',
    write('seeds/price_list.csv', `${mark}a\n1\n`),
    { depends: onRelation },
  ),
  defect('snapshot-no-strategy', 'a snapshot without a strategy', [
    change(history, '      strategy: timestamp\n      updated_at: ordered_at\n', ''),
    blame(history, '- name: orders_history'),
  ]),
  defect('snapshot-no-key', 'a snapshot without a key', [
    change(history, '      unique_key: order_id\n', ''),
    blame(history, '- name: orders_history'),
  ]),
  defect('snapshot-no-updated-at', 'a strategy by time without a time', [
    change(history, '      updated_at: ordered_at\n', ''),
    blame(history, 'strategy: timestamp'),
  ]),
  defect(
    'snapshot-check-no-columns',
    'a strategy by columns without columns',
    change(
      history,
      '      strategy: timestamp\n      updated_at: ordered_at\n',
      `      strategy: check${mark}\n`,
    ),
  ),
  defect(
    'snapshot-relation-unknown',
    'a snapshot of no model',
    change(history, "ref('stg_orders')", `ref('stg_order')${mark}`),
  ),
  defect(
    'snapshot-no-relation',
    'a snapshot of nothing',
    change(history, "    relation: ref('stg_orders')\n", mark),
  ),
  defect(
    'snapshot-hard-deletes',
    'an unknown way to delete',
    change(history, 'strategy: timestamp', `strategy: timestamp\n      hard_deletes: forget${mark}`),
  ),
  defect(
    'snapshot-check-columns',
    'columns to check that are a number',
    change(
      history,
      '      strategy: timestamp\n      updated_at: ordered_at\n',
      `      strategy: check\n      check_cols: 5${mark}\n`,
    ),
  ),
  defect(
    'snapshot-meta-names',
    'names of its columns that are a list',
    change(
      history,
      'strategy: timestamp',
      `strategy: timestamp\n      snapshot_meta_column_names: [dbt_valid_from]${mark}`,
    ),
  ),
  defect(
    'snapshot-meta-name',
    'a column of its that snapshots do not have',
    change(
      history,
      'strategy: timestamp',
      `strategy: timestamp\n      snapshot_meta_column_names: { dbt_valid_too: x }${mark}`,
    ),
  ),
  defect(
    'snapshot-block-no-strategy',
    'a snapshot in SQL without a strategy',
    change('snapshots/customers_history.sql', "strategy='check', check_cols=['name'], ", mark),
    { beyond: spread },
  ),
  defect(
    'snapshot-block-ref',
    'a snapshot in SQL of no model',
    change('snapshots/customers_history.sql', "ref('stg_customers') }}", `ref('stg_customer') }}${mark}`),
  ),
  defect(
    'snapshot-twice',
    'two snapshots of one name',
    append(
      history,
      `  - name: customers_history${mark}\n    relation: ref('stg_customers')\n    config: { strategy: check, check_cols: all, unique_key: customer_id }\n`,
    ),
  ),
  defect('macro-no-name', 'a macro without a name', append(macros, `  - description: x${mark}\n`)),
  defect(
    'macro-of-no-file',
    'properties of a macro that does not exist',
    change(macros, 'name: cents', `name: cent${mark}`),
  ),
  defect('macro-described-twice', 'one macro described twice', append(macros, `  - name: cents${mark}\n`)),
  defect(
    'macro-arguments-mapping',
    'arguments as a mapping',
    append(macros, `  - name: note_the_end\n    arguments:${mark}\n      a: { type: string }\n`),
  ),
  defect(
    'macro-argument-no-name',
    'an argument without a name',
    append(macros, `  - name: note_the_end\n    arguments:\n      - type: string${mark}\n`),
  ),
  defect(
    'macro-argument-unknown',
    'an argument that the macro does not have',
    change(macros, 'name: digits', `name: places${mark}`),
  ),
  defect('macros-mapping', 'macros as a mapping', write('macros/more.yml', `macros:${mark}\n  cents: {}\n`)),
  defect(
    'analysis-ref',
    'an analysis of no model',
    change('analyses/best_customers.sql', "ref('customers') }}", `ref('customer') }}${mark}`),
  ),
  defect(
    'analysis-no-name',
    'an analysis without a name',
    write('analyses/_analyses.yml', `analyses:\n  - description: x${mark}\n`),
  ),
  defect(
    'analysis-twice',
    'two analyses of one name',
    write('analyses/more/best_customers.sql', `${mark}select 1 as id\n`),
  ),
  defect('function-no-returns', 'a function that returns nothing', [
    write('functions/doubled.sql', 'x * 2\n'),
    write(
      functions,
      `functions:\n  - name: doubled${mark}\n    arguments:\n      - name: x\n        data_type: integer\n`,
    ),
  ]),
  defect('function-argument-no-type', 'an argument without a type', [
    write('functions/doubled.sql', 'x * 2\n'),
    write(
      functions,
      `functions:\n  - name: doubled\n    arguments:\n      - name: x${mark}\n    returns: { data_type: integer }\n`,
    ),
  ]),
  defect('function-volatility', 'an unknown volatility', [
    write('functions/doubled.sql', 'x * 2\n'),
    write(
      functions,
      `functions:\n  - name: doubled\n    config: { volatility: sometimes }${mark}\n    arguments: []\n    returns: { data_type: integer }\n`,
    ),
  ]),
  defect(
    'function-unknown',
    'a call of a function that does not exist',
    write('models/extra.sql', `select {{ function('doubled') }}(1) as two${mark}\n`),
  ),
  odd(
    'exposure-no-depends',
    'an exposure that depends on nothing',
    change(
      exposures,
      "    depends_on:\n      - ref('orders')\n      - ref('prices', v=2)\n      - source('raw', 'payments')\n",
      '',
    ),
  ),
  odd(
    'exposure-types',
    'the other types',
    append(
      exposures,
      '  - name: model_training\n    type: ml\n    owner: { email: a@example.org, team: data }\n    config: { enabled: true, meta: { a: 1 }, tags: [x] }\n',
    ),
  ),
  odd(
    'exposure-package-ref',
    'a dependency on a model of a package',
    change(exposures, "ref('orders')", "ref('shared', 'calendar')"),
  ),
  defect(
    'exposure-jinja',
    'a dependency in brackets of Jinja',
    change(exposures, "- ref('orders')", `- "{{ ref('orders') }}"${mark}`),
  ),
  odd(
    'group-config',
    'a group with labels',
    append(groups, '    description: All about money\n    config: { meta: { a: 1 } }\n'),
  ),
  odd('seed-no-properties', 'a seed without properties', remove(seeds)),
  odd('seed-tab', 'a seed with tabs', [
    write('seeds/cities.csv', 'city\tcountry\nBonn\tDE\n'),
    append(seeds, '  - name: cities\n    config: { delimiter: "\\t", quote_columns: true, enabled: true }\n'),
  ]),
  odd(
    'snapshot-source',
    'a snapshot of a source',
    change(history, "ref('stg_orders')", "source('raw', 'orders')"),
  ),
  odd(
    'snapshot-all-options',
    'all that a snapshot takes',
    change(
      history,
      'strategy: timestamp',
      'strategy: timestamp\n      hard_deletes: new_record\n      dbt_valid_to_current: "to_date(\'9999-12-31\')"\n      snapshot_meta_column_names: { dbt_valid_from: valid_from }',
    ),
  ),
  odd(
    'snapshot-keys',
    'a key of two columns',
    change(history, 'unique_key: order_id', 'unique_key: [order_id, customer_id]'),
  ),
  odd(
    'snapshot-old',
    'a snapshot with a target schema',
    change(
      'snapshots/customers_history.sql',
      "schema='history'",
      "target_schema='history', invalidate_hard_deletes=true",
    ),
  ),
  odd(
    'macro-docs',
    'a macro that is not shown',
    append(macros, '  - name: note_the_end\n    docs: { show: false }\n    config: { meta: { a: 1 } }\n'),
  ),
  odd(
    'analysis-described',
    'an analysis that is described',
    write(
      'analyses/_analyses.yml',
      'analyses:\n  - name: best_customers\n    description: Who buys most\n    config: { tags: [x] }\n    columns:\n      - name: customer_id\n',
    ),
  ),
  odd('function', 'a function and its call', [
    write('functions/doubled.sql', 'x * 2\n'),
    write(
      functions,
      'functions:\n  - name: doubled\n    arguments:\n      - name: x\n        data_type: integer\n    returns: { data_type: integer }\n',
    ),
    write('models/extra.sql', "select {{ function('doubled') }}(1) as two\n"),
  ]),
];
