import { test } from 'vitest';
import { checkShop } from './test-support/shop.ts';

test('a generic test is defined somewhere, or dbt brings it along, whatever follows its name', () =>
  checkShop(`--- /w/macros/positive.sql
{% test positive(model, column_name) %}select 1{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    data_tests:
      - positiv
#       ^^^^^^^ error dbt/undefined-test: no generic test is named \`positiv\`; did you mean \`positive\`?
      - dbt_utils.at_least_one
#       ^^^^^^^^^ error dbt/undefined-package: no package is named \`dbt_utils\`; add the package to packages.yml or correct the name
      - positive
      - 'positive:'
      - 'positiv:': { config: { severity: warn } }
#        ^^^^^^^ error dbt/undefined-test: no generic test is named \`positiv\`; did you mean \`positive\`?
      - dbt.unique
      - negative: { config: { enabled: false } }
    columns:
      - name: id
        data_tests: [unique, not_null, positive]
`));

test('a generic test takes the arguments of its macro', () =>
  checkShop(`--- /w/macros/tests.sql
{% test above(model, column_name, least, also=none) %}select 1{% endtest %}
{% test anything(model) %}{{ kwargs }}{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - above: { arguments: { least: 1, name: it_is, description: x, config: { where: id > 0 } } }
          - above: { arguments: { leest: 1 } }
#           ^^^^^ error dbt/wrong-arguments: test \`above\` takes no \`leest\`; it takes \`model\`, \`column_name\`, \`least\`, \`also\`
          - above
#           ^^^^^ warning dbt/wrong-arguments: test \`above\` is called without \`least\`, which has no default; give it
          - anything: { arguments: { x: 1, y: 2 } }
          - accepted_values: { arguments: { value: [1] } }
#           ^^^^^^^^^^^^^^^ error dbt/wrong-arguments: test \`accepted_values\` takes no \`value\`; it takes \`model\`, \`column_name\`, \`values\`, \`quote\`
          - relationships: { arguments: { to: ref('b'), field: id }, config: { where: id > 1 } }
          - unique: { arguments: { where: id > 1 } }
`));

test('a package’s test with much that may be left out is not held to it', () =>
  checkShop(`#- /w/dbt_packages/p/dbt_project.yml
name: p
--- /w/dbt_packages/p/macros/t.sql
{% test volume(model, at, where, most, least=none) %}{% endtest %}
{% test close(model, to, by) %}{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    data_tests:
      - p.volume
      - p.close
#         ^^^^^ warning dbt/wrong-arguments: test \`close\` is called without \`to\`, \`by\`, which have no default; give them
`));
