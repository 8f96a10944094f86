import { append, change, defect, type Kind, mark, odd, write } from '../kind.ts';

const file = 'selectors.yml';
const second = '  - name: quick\n    definition: stg_orders+\n';
const instead = (text: string) => change(file, second, text);

/** selectors.yml. */
export const selectorsKinds: readonly Kind[] = [
  defect(
    'selectors-method',
    'a method that does not exist',
    change(file, 'method: path', `method: pth${mark}`),
  ),
  defect(
    'selectors-method-text',
    'an unknown method in a text',
    change(file, "'tag:nightly'", `'tga:nightly'${mark}`),
  ),
  defect('selectors-two-defaults', 'two defaults', [
    change(file, '  - name: nightly\n', `  - name: nightly\n    default: true\n`),
    instead(`${second}    default: true${mark}\n`),
  ]),
  defect('selectors-no-name', 'a selector without a name', instead(`  - definition: stg_orders+${mark}\n`)),
  defect('selectors-no-definition', 'a selector without a definition', instead(`  - name: quick${mark}\n`)),
  defect(
    'selectors-list-definition',
    'a definition that is a list',
    instead(`  - name: quick\n    definition: [stg_orders]${mark}\n`),
  ),
  defect(
    'selectors-unknown-key',
    'a key that selectors do not have',
    instead(`${second}    descripton: x${mark}\n`),
  ),
  defect(
    'selectors-indirect',
    'an unknown way to select tests',
    change(
      file,
      '          parents: true\n',
      `          parents: true\n          indirect_selection: greedy${mark}\n`,
    ),
  ),
  defect(
    'selectors-inherits-unknown',
    'a selector that is built on none',
    instead(`  - name: quick\n    definition:\n      method: selector\n      value: nightlyy${mark}\n`),
  ),
  defect(
    'selectors-top-list',
    'a file that is a list',
    write(file, `${mark}- name: quick\n  definition: stg_orders\n`),
  ),
  defect('selectors-top-key', 'another key at the top', append(file, `foo: 1${mark}\n`)),
  defect(
    'selectors-yaml',
    'a file that is no YAML',
    instead(`  - name: quick\n    definition: 'stg_orders${mark}\n`),
  ),
  defect(
    'selectors-jinja',
    'Jinja that is not closed',
    instead(`  - name: quick\n    definition: "{{ 'stg_orders' "${mark}\n`),
  ),
  defect(
    'selectors-union-map',
    'a union that is a mapping',
    instead(`  - name: quick\n    definition:\n      union:\n        method: tag${mark}\n        value: x\n`),
  ),
  defect(
    'selectors-two-roots',
    'a union and an intersection side by side',
    instead(
      `  - name: quick\n    definition:\n      union: [stg_orders]\n      intersection: [stg_orders]${mark}\n`,
    ),
  ),
  defect(
    'selectors-method-no-value',
    'a method without a value',
    instead(`  - name: quick\n    definition:\n      method: tag${mark}\n`),
  ),
  defect(
    'selectors-duplicate',
    'two selectors of one name',
    instead(`${second}  - name: quick${mark}\n    definition: stg_customers\n`),
  ),
  defect(
    'selectors-state-plain',
    'an exclusion alone at the root',
    instead(`  - name: quick\n    definition:\n      exclude: [stg_orders]${mark}\n`),
  ),
  defect(
    'selectors-depth',
    'a depth that is a text',
    change(
      file,
      '          parents: true\n',
      `          parents: true\n          parents_depth: deep${mark}\n`,
    ),
  ),
  odd(
    'selectors-short',
    'a method and its value in short',
    instead('  - name: quick\n    definition:\n      tag: nightly\n'),
  ),
  odd(
    'selectors-exclude',
    'a union without some',
    instead(
      "  - name: quick\n    definition:\n      union:\n        - 'tag:nightly'\n        - exclude:\n            - method: path\n              value: models/staging\n",
    ),
  ),
  odd(
    'selectors-nested',
    'an intersection in a union',
    instead(
      "  - name: quick\n    default: true\n    definition:\n      union:\n        - intersection: ['tag:nightly', 'config.materialized:table']\n        - '@stg_orders'\n        - '2+orders+1'\n",
    ),
  ),
  odd(
    'selectors-inherit',
    'a selector built on another',
    instead('  - name: quick\n    definition:\n      method: selector\n      value: nightly\n'),
  ),
  odd(
    'selectors-unmatched',
    'a tag that nothing has',
    instead("  - name: quick\n    definition: 'tag:nothing'\n"),
  ),
  odd(
    'selectors-default-jinja',
    'a default that depends on the target',
    instead(`${second}    default: "{{ target.name == 'prod' | as_bool }}"\n`),
  ),
  odd(
    'selectors-state',
    'selections by state, result and all else',
    append(
      'selectors.yml',
      `  - name: changed
    definition: 'state:modified+'
  - name: around
    definition: '@state:new'
  - name: far
    definition:
      union:
        - 3+stg_orders+2
        - 'state:modified.body+'
        - 'result:error+1'
        - 'source_status:fresher+'
        - 'config.meta.owner:finance'
        - 'path:models/marts/*.sql'
        - 'fqn:shop.staging.*'
        - 'file:orders.sql'
        - 'package:this'
        - 'version:latest'
        - 'exposure:*'
        - 'test_type:unit'
        - 'test_name:unique*'
        - 'unit_test:*'
        - 'tag:night*'
        - 'stg_*'
        - method: state
          value: modified
          children: true
          children_depth: 2
        - method: source
          value: raw.*
          indirect_selection: buildable
        - exclude:
            - 'tag:deprecated'
            - method: fqn
              value: '*'
              exclude: ['tag:x']
`,
    ),
  ),
];
