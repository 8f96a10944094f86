import { type Kind, append, blame, change, defect, mark, odd, remove, write } from '../kind.ts';
import { warehouse } from './reasons.ts';

const file = 'models/unit_tests.yml';
const given =
  "      - input: ref('stg_customers')\n        rows:\n          - { customer_id: 1, name: Ada, country: DE }\n";
const expected =
  '    expect:\n      rows:\n        - { customer_id: 1, name: Ada, placed_orders: 2, shipped_orders: 0 }\n';
const incremental = `  - name: orders_are_added
    model: orders
    overrides:
      macros:
        is_incremental: true
    given:
      - input: ref('stg_orders')
        rows: []
      - input: ref('stg_payments')
        rows: []
      - input: this
        rows: []
    expect:
      rows: []
`;

/** Unit tests. */
export const unitTestKinds: readonly Kind[] = [
  defect('unit-no-model', 'a unit test of nothing', [
    change(file, '    model: customers\n', ''),
    blame(file, '- name: customers_are_counted'),
  ]),
  defect(
    'unit-model-unknown',
    'a unit test of no model',
    change(file, 'model: customers', `model: customer${mark}`),
  ),
  defect('unit-no-expect', 'a unit test that expects nothing', [
    change(file, expected, ''),
    blame(file, '- name: customers_are_counted'),
  ]),
  defect(
    'unit-no-given',
    'a unit test that is given nothing',
    write(file, `unit_tests:\n  - name: nothing${mark}\n    model: price_list\n    expect: { rows: [] }\n`),
  ),
  defect(
    'unit-no-name',
    'a unit test without a name',
    change(file, '  - name: customers_are_counted\n    model', `  - model${mark}`),
  ),
  defect(
    'unit-input-unknown',
    'an input that is no model',
    change(file, "input: ref('stg_customers')", `input: ref('stg_customer')${mark}`),
    { found: 'compile' },
  ),
  defect(
    'unit-input-word',
    'an input that is no call',
    change(file, "input: ref('stg_customers')", `input: stg_customers${mark}`),
    { found: 'run', select: 'customers' },
  ),
  defect(
    'unit-input-missing',
    'rows without an input',
    change(file, "      - input: ref('stg_customers')\n        rows:\n", `      - rows:${mark}\n`),
  ),
  defect('unit-format', 'an unknown format', change(file, 'format: csv', `format: tsv${mark}`)),
  defect(
    'unit-rows-csv',
    'rows as text without their format',
    change(
      file,
      given,
      `      - input: ref('stg_customers')\n        rows: |${mark}\n          customer_id,name\n          1,Ada\n`,
    ),
  ),
  defect(
    'unit-rows-list-as-csv',
    'rows as a list in a text format',
    change(
      file,
      "      - input: ref('stg_customers')\n        rows:\n",
      `      - input: ref('stg_customers')\n        format: csv${mark}\n        rows:${mark}\n`,
    ),
  ),
  defect(
    'unit-expect-format',
    'what is expected in another format than it says',
    change(file, '    expect:\n      rows:\n', `    expect:\n      format: csv${mark}\n      rows:${mark}\n`),
  ),
  defect(
    'unit-fixture-unknown',
    'a fixture that does not exist',
    change(file, 'fixture: some_orders', `fixture: more_orders${mark}`),
  ),
  defect(
    'unit-fixture-and-rows',
    'rows and a fixture',
    change(
      file,
      '        fixture: some_orders\n',
      `        fixture: some_orders${mark}\n        rows: ""${mark}\n`,
    ),
  ),
  defect(
    'unit-column-unknown',
    'a column that the model does not have',
    change(file, 'placed_orders: 2,', `placed_orders: 2,${mark} returned_orders: 0,`),
    {
      found: 'run',
      select: 'customers,test_type:unit',
      beyond: warehouse,
    },
  ),
  defect(
    'unit-twice',
    'two unit tests of one name',
    append(
      file,
      `  - name: customers_are_counted${mark}\n    model: customers\n    given: []\n    expect: { rows: [] }\n`,
    ),
  ),
  defect(
    'unit-unknown-key',
    'a key that unit tests do not have',
    change(file, '    model: customers\n', `    modle: x${mark}\n    model: customers\n`),
  ),
  defect(
    'unit-overrides-text',
    'overrides that are a text',
    change(file, '    model: customers\n', `    model: customers\n    overrides: none${mark}\n`),
  ),
  defect(
    'unit-given-mapping',
    'what is given as a mapping',
    write(
      file,
      `unit_tests:\n  - name: nothing\n    model: price_list\n    given: { input: ref('prices') }${mark}\n    expect: { rows: [] }\n`,
    ),
  ),
  defect(
    'unit-version-unknown',
    'a version that the model does not have',
    append(
      file,
      `  - name: prices_stay\n    model: prices\n    versions: { include: [9] }${mark}\n    given: []\n    expect: { rows: [] }\n`,
    ),
  ),
  defect(
    'unit-versions-of-unversioned',
    'versions of a model that has none',
    change(file, '    model: customers\n', `    model: customers\n    versions: { include: [1] }${mark}\n`),
  ),
  defect(
    'unit-versions-both',
    'versions to include and to exclude',
    append(
      file,
      `  - name: prices_stay\n    model: prices\n    versions: { include: [1], exclude: [2] }${mark}\n    given: []\n    expect: { rows: [] }\n`,
    ),
  ),
  defect(
    'unit-incremental-no-override',
    'an incremental model, and nobody says whether it grows',
    append(
      file,
      incremental
        .replace('    overrides:\n      macros:\n        is_incremental: true\n', '')
        .replace('orders_are_added', `orders_are_added${mark}`)
        .replace('model: orders', `model: orders${mark}`),
    ),
    { found: 'compile' },
  ),
  defect(
    'unit-incremental-no-this',
    'an incremental model that grows, without what there was',
    append(
      file,
      incremental
        .replace('      - input: this\n        rows: []\n', '')
        .replace('orders_are_added', `orders_are_added${mark}`)
        .replace('model: orders', `model: orders${mark}`),
    ),
    { found: 'compile' },
  ),
  odd('unit-incremental', 'an incremental model that grows', append(file, incremental)),
  odd(
    'unit-csv-rows',
    'rows as text',
    change(
      file,
      given,
      "      - input: ref('stg_customers')\n        format: csv\n        rows: |\n          customer_id,name,country\n          1,Ada,DE\n",
    ),
  ),
  odd(
    'unit-sql-rows',
    'rows as SQL',
    change(
      file,
      given,
      "      - input: ref('stg_customers')\n        format: sql\n        rows: |\n          select 1 as customer_id, 'Ada' as name, 'DE' as country\n",
    ),
  ),
  odd(
    'unit-overrides',
    'vars and macros that are overridden',
    change(
      file,
      '    model: customers\n',
      '    description: Counted by status\n    config: { tags: [x], meta: { a: 1 } }\n    overrides:\n      vars: { start_date: today }\n      macros: { cents: 1 }\n      env_vars: { SHOP_REGION: eu }\n    model: customers\n',
    ),
  ),
  odd('unit-expect-fixture', 'what is expected in a fixture', [
    change(file, expected, '    expect:\n      format: csv\n      fixture: counted\n'),
    write('tests/fixtures/counted.csv', 'customer_id,name\n1,Ada\n'),
  ]),
  odd(
    'unit-empty-rows',
    'no rows',
    change(file, given, "      - input: ref('stg_customers')\n        rows: []\n"),
  ),
  odd(
    'unit-source-input',
    'a source as input',
    append(
      file,
      "  - name: renamed\n    model: stg_customers\n    given:\n      - input: source('raw', 'customers')\n        rows: [{ id: 1, name: Ada, country: DE }]\n    expect:\n      rows: [{ customer_id: 1 }]\n",
    ),
  ),
  odd(
    'unit-version',
    'one version of a model',
    append(
      file,
      '  - name: prices_stay\n    model: prices\n    versions: { include: [2] }\n    given: []\n    expect: { rows: [{ price: 10 }] }\n',
    ),
  ),
  odd('unit-off', 'a unit test that is off', [
    change(file, '    model: customers\n', '    model: customers\n    config: { enabled: false }\n'),
    remove('tests/_tests.yml'),
  ]),
];
