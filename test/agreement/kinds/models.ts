import { type Kind, append, blame, change, defect, mark, odd, write } from '../kind.ts';
import { spread } from './reasons.ts';

const marts = 'models/marts/_marts.yml';
const staging = 'models/staging/_staging.yml';
const extra = 'models/extra.yml';
const config = '    config:\n      group: finance\n';
const described = '  - name: forecast\n    description: What will come\n';
const withConfig = (line: string) => change(marts, config, `${config}      ${line}\n`);
const forecast = (lines: string) => change(marts, described, `  - name: forecast\n${lines}`);
const column = (line: string) =>
  change(staging, '      - name: customer_id\n', `      - name: customer_id\n        ${line}\n`);
const constraint = (text: string) => change(marts, '          - type: not_null\n', text);

/** Properties of models: configuration, columns, constraints, versions, access. */
export const modelKinds: readonly Kind[] = [
  defect('model-no-name', 'a model without a name', forecast(`  - description: What will come${mark}\n`)),
  defect('model-name-number', 'a name that is a number', write(extra, `models:\n  - name: 5${mark}\n`)),
  defect('model-name-list', 'a name that is a list', write(extra, `models:\n  - name: [a]${mark}\n`)),
  defect(
    'models-mapping',
    'models as a mapping',
    write(extra, `models:${mark}\n  orders:\n    description: x\n`),
  ),
  defect('models-text', 'models that are a text', write(extra, `models: orders${mark}\n`)),
  defect('models-nothing', 'models with nothing under it', write(extra, `models:${mark}\n`)),
  defect('models-text-item', 'a model that is a text', write(extra, `models:\n  - orders${mark}\n`)),
  defect(
    'model-description-list',
    'a description that is a list',
    forecast(`  - name: forecast\n    description: [a, b]${mark}\n`.replace('  - name: forecast\n', '')),
  ),
  defect('model-description-null', 'a description with nothing in it', forecast(`    description:${mark}\n`)),
  defect(
    'model-unknown-key',
    'a key that models do not have',
    forecast(`    descripton: What will come${mark}\n`),
  ),
  defect(
    'model-unknown-top',
    'a section that dbt does not have',
    write(extra, `modles:${mark}\n  - name: orders\n`),
  ),
  defect(
    'model-of-no-file',
    'properties of a model that does not exist',
    write(extra, `models:\n  - name: oders${mark}\n`),
  ),
  defect(
    'model-in-wrong-section',
    'properties of a model among the seeds',
    write(extra, `seeds:\n  - name: price_list${mark}\n`),
  ),
  defect('model-described-twice', 'one model described twice', [
    write(extra, `models:\n  - name: orders${mark}\n`),
    blame(marts, 'models:\n  - name: orders'),
  ]),
  defect(
    'model-described-twice-here',
    'one model described twice in one file',
    append(marts, `  - name: orders${mark}\n`),
  ),
  defect('model-config-text', 'a config that is a text', forecast(`    config: table${mark}\n`)),
  defect('model-config-null-whole', 'a config with nothing under it', forecast(`    config:${mark}\n`)),
  defect('model-config-list', 'a config that is a list', forecast(`    config: [table]${mark}\n`)),
  defect('model-enabled-text', 'an `enabled` that is a text', withConfig(`enabled: sometimes${mark}`)),
  defect(
    'model-meta-text',
    'meta that is a text',
    change(marts, '      meta:\n        owner: finance\n', `      meta: finance${mark}\n`),
  ),
  defect('model-tags-map', 'tags that are a mapping', forecast(`    config:\n      tags: { a: 1 }${mark}\n`)),
  defect('model-full-refresh', 'a `full_refresh` that is a text', withConfig(`full_refresh: never${mark}`)),
  defect('model-grants', 'grants that are a text', withConfig(`grants: everybody${mark}`)),
  defect(
    'model-contract-text',
    'a contract that is a text',
    change(marts, '      contract:\n        enforced: false\n', `      contract: please${mark}\n`),
  ),
  defect(
    'model-contract-enforced',
    'an `enforced` that is a text',
    change(marts, 'enforced: false', `enforced: perhaps${mark}`),
  ),
  defect('model-persist-docs', '`persist_docs` that is a text', withConfig(`persist_docs: all${mark}`)),
  defect(
    'model-on-configuration-change',
    'an unknown `on_configuration_change`',
    withConfig(`on_configuration_change: explode${mark}`),
  ),
  defect(
    'model-on-schema-change',
    'an unknown `on_schema_change`',
    write(
      'models/extra.sql',
      `{{ config(materialized='incremental', on_schema_change='explode') }}${mark}\nselect 1 as id\n`,
    ),
    { found: 'run', select: 'extra' },
  ),
  defect('model-on-error', 'an unknown `on_error`', withConfig(`on_error: explode${mark}`)),
  defect('model-batch-size', 'an unknown size of batches', withConfig(`batch_size: week${mark}`)),
  defect('model-docs-text', 'docs that are a text', withConfig(`docs: hidden${mark}`)),
  defect('model-column-types', 'column types that are a list', withConfig(`column_types: [a]${mark}`)),
  defect(
    'model-freshness-period',
    'an unknown period of a build',
    forecast(`    config:\n      freshness:\n        build_after: { count: 1, period: weeks }${mark}\n`),
  ),
  defect(
    'model-freshness-no-period',
    'a build after a count of nothing',
    forecast(`    config:\n      freshness:\n        build_after: { count: 1 }${mark}\n`),
  ),
  defect('model-event-time', 'an event time that is a number', withConfig(`event_time: 5${mark}`)),
  defect(
    'model-deprecation-date',
    'a deprecation date that is no date',
    forecast(`    deprecation_date: soon${mark}\n`),
  ),
  defect(
    'model-constraints-null',
    'constraints with nothing under it',
    forecast(`    constraints:${mark}\n`),
  ),
  defect(
    'model-constraints-map',
    'constraints that are a mapping',
    forecast(`    constraints: { type: not_null }${mark}\n`),
  ),
  defect(
    'constraint-type',
    'an unknown type of constraint',
    constraint(`          - type: notnull${mark}\n`),
  ),
  defect('constraint-no-type', 'a constraint without a type', constraint(`          - name: key${mark}\n`)),
  defect('constraint-columns-unknown', 'a constraint over a column that is not described', [
    change(marts, 'columns: [order_id]', `columns: [oder_id]${mark}`),
    change(marts, 'enforced: false', 'enforced: true'),
  ]),
  defect(
    'constraint-foreign-to',
    'a foreign key to no model',
    constraint(
      `          - type: foreign_key\n            to: ref('custmers')${mark}\n            to_columns: [customer_id]\n`,
    ),
  ),
  defect(
    'constraint-warn-text',
    'a flag of a constraint that is a text',
    constraint(`          - type: not_null\n            warn_unenforced: maybe${mark}\n`),
  ),
  defect(
    'contract-no-columns',
    'a contract without columns',
    write(
      extra,
      `models:\n  - name: price_list${mark}\n    config:\n      contract: { enforced: true }${mark}\n`,
    ),
    { found: 'run', select: '+price_list' },
  ),
  defect(
    'contract-no-type',
    'a contract with a column without a type',
    [
      write('models/extra.sql', 'select 1 as a, 2 as b\n'),
      write(
        extra,
        `models:\n  - name: extra\n    config:\n      contract: { enforced: true }\n    columns:\n      - name: a\n        data_type: integer\n      - name: b${mark}\n`,
      ),
    ],
    { found: 'run', select: 'extra' },
  ),
  defect(
    'contract-schema-change',
    'a contract that ignores changes of columns',
    [
      change(marts, 'enforced: false', `enforced: true${mark}`),
      change(
        'models/marts/orders.sql',
        "on_schema_change='append_new_columns'",
        `on_schema_change='ignore'${mark}`,
      ),
    ],
    { beyond: spread },
  ),
  defect(
    'column-no-name',
    'a column without a name',
    change(staging, '      - name: customer_id\n', `      - description: The key${mark}\n`),
  ),
  defect(
    'column-name-number',
    'a column whose name is a number',
    change(staging, '      - name: customer_id\n', `      - name: 5${mark}\n`),
  ),
  defect(
    'column-text-item',
    'a column that is a text',
    change(staging, '      - name: customer_id\n', `      - customer_id${mark}\n`),
  ),
  defect(
    'columns-mapping',
    'columns as a mapping',
    forecast(`    columns:${mark}\n      order_id: { description: x }\n`),
  ),
  defect('columns-null', 'columns with nothing under it', forecast(`    columns:${mark}\n`)),
  defect('column-quote-text', 'a `quote` that is a text', column(`quote: maybe${mark}`)),
  defect('column-tags-text', 'tags of a column that are a text', column(`tags: personal${mark}`)),
  defect('column-meta-text', 'meta of a column that is a text', column(`meta: personal${mark}`)),
  defect('column-tests-null', 'tests of a column with nothing under it', column(`data_tests:${mark}`)),
  defect('column-type-list', 'a type of a column that is a list', column(`data_type: [integer]${mark}`)),
  defect('column-unknown-key', 'a key that columns do not have', column(`descripton: The key${mark}`)),
  defect('column-config-text', 'a config of a column that is a text', column(`config: personal${mark}`)),
  defect(
    'group-unknown',
    'a group that does not exist',
    change(marts, 'group: finance', `group: finances${mark}`),
  ),
  defect('access-unknown', 'an unknown access', change(marts, 'access: public', `access: open${mark}`)),
  defect(
    'access-public-ephemeral',
    'public access to a model that is nowhere',
    append(staging, `  - name: stg_payments\n    config:\n      access: public${mark}\n`),
    { beyond: spread },
  ),
  defect('access-package', 'a ref to a protected model of a package that restricts access', [
    change(
      'dbt_packages/shared/dbt_project.yml',
      'config-version: 2',
      'config-version: 2\nrestrict-access: true',
    ),
    write('models/extra.sql', `select * from {{ ref('shared', 'calendar') }}${mark}\n`),
  ]),
  defect('access-private', 'a ref into a group from outside', [
    change(marts, '      group: finance\n', '      group: finance\n      access: private\n'),
    blame('models/marts/forecast.py', 'dbt.ref("orders")'),
  ]),
  odd(
    'model-old-places',
    'configuration at the top, where it used to be',
    forecast('    tags: [a]\n    meta: { owner: me }\n    docs: { show: false }\n    access: protected\n'),
  ),
  odd('model-tags-text', 'tags that are one text', forecast('    config:\n      tags: a\n')),
  odd(
    'model-custom-config',
    'a config of one’s own',
    forecast('    config:\n      flavour: sweet\n      materialized: my_own\n'),
  ),
  odd(
    'model-config-null',
    'a label with nothing in it',
    forecast('    config:\n      meta: { owner: }\n      alias:\n'),
  ),
  odd(
    'model-quoted-name',
    'a quoted name and a folded description',
    forecast('    description: >\n      What\n      will come\n    docs:\n      node_color: red\n'),
  ),
  odd('models-empty', 'an empty list of models', write(extra, 'version: 2\nmodels: []\n')),
  odd('properties-empty', 'an empty properties file', write(extra, '')),
  odd('properties-comment', 'a properties file of comments', write(extra, '# nothing yet\n')),
  odd('properties-anchors', 'anchors at the top', [
    write(
      extra,
      'anchors:\n  - &key { name: order_id, description: The key }\nmodels:\n  - name: price_list\n    columns:\n      - *key\n',
    ),
  ]),
  odd(
    'column-any-type',
    'a type that only the warehouse knows',
    column('data_type: struct(a int, b varchar[])'),
  ),
  odd('model-deprecated', 'a deprecation date far off', forecast('    deprecation_date: 2099-01-01\n')),
  odd(
    'constraint-all',
    'constraints of all types',
    constraint(
      "          - type: not_null\n          - type: unique\n          - type: check\n            expression: order_id > 0\n          - type: foreign_key\n            to: ref('price_list')\n            to_columns: [product_id]\n            warn_unsupported: false\n",
    ),
  ),
  odd(
    'model-latest-only',
    'a properties file in JSON style',
    write(extra, '{ "models": [{ "name": "price_list", "description": "all" }] }\n'),
  ),
];
