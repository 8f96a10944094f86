import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';
import { readSpec } from './selector-spec.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n#- /w/selectors.yml\nselectors:\n${fixture}`);

test.each([
  ['orders', undefined, 'orders', 0],
  ['+orders', undefined, 'orders', 1],
  ['2+tag:nightly+1', 'tag', 'nightly', 6],
  ['@source:raw', 'source', 'raw', 8],
  ['config.materialized:table+', 'config.materialized', 'table', 20],
  ['', undefined, '', 0],
])('reads the specification %j', (text, method, value, at) => {
  expect(readSpec(text)).toMatchObject({ method, value, at });
});

test('definitions of every valid shape', () =>
  check(`  - name: a
    definition: "tag:nightly"
    default: true
  - name: b
    description: by method
    definition: {method: tag, value: 5, parents: true, parents_depth: '2', indirect_selection: cautious, exclude: [a]}
  - name: c
    definition: {config.materialized: table}
  - name: d
    definition:
      union:
        - orders
        - intersection: [{method: path, value: models/staging}, "@tag:x"]
        - exclude: [{tag: hourly}]
    default: "{{ target.name == 'dev' }}"
  - name: e
    definition: {method: selector, value: a}
  - name: f
    definition: "{{ env_var('SEL', 'tag:x') }}"
`));

test('definitions that dbt refuses', () =>
  check(`  - name: a
    definition: {method: tga, value: x}
    #                    ^^^ error dbt/invalid-selector: \`tga\` is no method of a selector; did you mean \`tag\`?
    default: true
  - name: b
    definition: "nothing:x"
    #            ^^^^^^^^^ error dbt/invalid-selector: \`nothing\` is no method of a selector; take \`tag\`, \`path\`, \`fqn\`, \`config\` or another one of dbt
    default: true
    #        ^^^^ error dbt/invalid-selector: another selector is the default already; only one may be
  - name: c
    definition: {tag: x, path: y}
    #            ^^^ error dbt/missing-key: a definition has one method, or the keys \`method\` and \`value\`; write several as items of a \`union\`
  - name: d
    definition: {method: tag}
    #            ^^^^^^ error dbt/missing-key: \`method\` needs \`value\` beside it; add it
  - name: e
    definition: {union: x}
    #                   ^ error dbt/wrong-type: \`union\` must be a list; write each definition as an item
  - name: f
    definition: {union: [x], exclude: [y]}
    #                        ^^^^^^^ error dbt/invalid-selector: \`exclude\` cannot stand beside \`union\`; write it as an item of its list
  - name: g
    definition: {intersection: [5, {exclude: [y]}, {exclude: z}]}
    #                           ^ error dbt/wrong-type: this must be a string or a mapping; put it in quotes
    #                                               ^^^^^^^ error dbt/invalid-selector: \`exclude\` may stand once in a list; join the two
    #                                                        ^ error dbt/wrong-type: \`exclude\` must be a list; write each definition as an item
  - name: h
    definition: {exclude: [y]}
    #            ^^^^^^^ error dbt/invalid-selector: \`exclude\` needs something to take away from; write it as an item of a \`union\`
  - name: i
    definition: "@orders+"
    #            ^^^^^^^^ error dbt/invalid-selector: \`@\` before and \`+\` behind a name exclude each other; remove one of them
  - name: j
    definition:
      method: tag
      value: x
      childrens_parents: true
#     ^^^^^^^^^^^^^^^^^ error dbt/invalid-selector: \`childrens_parents\` and \`children\` exclude each other; remove one of them
      children: true
      parents_depth: deep
      #              ^^^^ error dbt/wrong-type: \`parents_depth\` must be a whole number
      indirect_selection: Eager
      #                   ^^^^^ error dbt/invalid-value: \`Eager\` is no value for \`indirect_selection\`; it must be one of \`eager\`, \`cautious\`, \`buildable\`, \`empty\`
      parent: true
#     ^^^^^^ warning dbt/unknown-key: dbt passes over the unknown key \`parent\`; did you mean \`parents\`?
`));

test('a selector that inherits from one that is not there; two of one name', () =>
  check(`  - name: nightly
    definition: {method: selector, value: dayly}
    #                                     ^^^^^ warning dbt/undefined-selector: no selector is named \`dayly\`; did you mean \`daily\`?
  - name: daily
    definition: "selector:daily"
  - name: daily
    #     ^^^^^ warning dbt/duplicate-selector: two selectors are named \`daily\`, and the last one counts; rename one of them
    definition: tag:x
`));

test('what a selector names is known, for going there and for renaming', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/orders.sql': 'select 1 as id',
    '/w/selectors.yml':
      'selectors:\n  - name: a\n    definition: {union: ["+orders+1", {method: fqn, value: orders}, {fqn: orders}, "tag:orders"]}\n',
  });
  const uses = platform.facts.uses({ namespace: 'dbt.node', scope: '/w', name: 'orders' });
  expect(uses.map(({ path, span }) => platform.source(path)!.slice(span))).toEqual([
    'orders',
    'orders',
    'orders',
  ]);
});

test.each([
  ['{union: {tag: x}}', ['error'], ['error']],
  ['{union: x}', ['error'], ['warning']],
  ['{union: [a], intersection: [b]}', ['error'], ['error']],
  ['{union: [a], exclude: [b]}', ['error'], []],
  ['{union: [a], exclude: {tag: b}}', ['error'], ['error']],
  ['{union: [a], own: 1}', ['error'], ['error']],
  ['{union: [{union: [a], own: 1}]}', ['information'], ['error']],
  ['{union: [{union: [a], exclude: [b]}]}', [], []],
])('dbt 1 and dbt v2 of %s', async (definition, first, second) => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1\n',
    '/w/models/b.sql': 'select 1\n',
    '/w/selectors.yml': `selectors:\n  - name: s\n    definition: ${definition}\n`,
  };
  const severities = async (version: string): Promise<readonly string[]> => {
    const { platform } = await openFixture([dbt], texts, ['/w'], { version, source: 'the test' });
    return platform.findings('/w/selectors.yml').map(({ severity }) => severity);
  };
  expect(await severities('1.12.0')).toEqual(first);
  expect(await severities('2.0.0')).toEqual(second);
});

test('names that are nearly those of something: nothing else is told, for tags and folders come and go', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
models:
  shop:
    staging:
      +tags: [nightly]
#- /w/models/staging/stg_orders.sql
select 1
#- /w/seeds/raw/countries.csv
a
#- /w/snapshots/orders.sql
{% snapshot orders_snapshot %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select 1{% endsnapshot %}
#- /w/selectors.yml
selectors:
  - name: wrong
    definition:
      union:
        - stg_ordes+
        # ^^^^^^^^^ warning dbt/empty-selection: nothing is called \`stg_ordes\`, so this selects nothing; did you mean \`stg_orders\`?
        - tag:nigthly
        #     ^^^^^^^ warning dbt/empty-selection: nothing is called \`nigthly\`, so this selects nothing; did you mean \`nightly\`?
        - path: models/stagin
        #              ^^^^^^ warning dbt/empty-selection: nothing is called \`stagin\`, so this selects nothing; did you mean \`staging\`?
        - method: path
          value: models/staging/stg_order.sql
          #                     ^^^^^^^^^ warning dbt/empty-selection: nothing is called \`stg_order\`, so this selects nothing; did you mean \`stg_orders\`?
        - file:stg_orderz.sql
        #      ^^^^^^^^^^ warning dbt/empty-selection: nothing is called \`stg_orderz\`, so this selects nothing; did you mean \`stg_orders\`?
  - name: right
    definition:
      union:
        - staging
        - models/staging/
        - path:models
        - path:./models/staging/stg_orders.sql
        - file:stg_orders
        - path:seeds/raw
        - path:snapshots/orders.sql
        - path:models/sta*
        - path:models/reports
        - tag:weekly
        - tests/assert_it.sql
`,
  ));
