import { type Kind, append, change, defect, mark, odd, write } from '../kind.ts';
import { relation } from './reasons.ts';

const file = 'models/extra.yml';

/** YAML itself, and names that meet. */
export const yamlKinds: readonly Kind[] = [
  defect(
    'yaml-indent',
    'a line that is indented wrongly',
    change(
      'models/marts/_marts.yml',
      '    description: What will come\n',
      `   description: What will come${mark}\n`,
    ),
  ),
  defect(
    'yaml-tab',
    'a tab that indents',
    write(file, `models:\n  - name: price_list\n\tdescription: x${mark}\n`),
  ),
  defect(
    'yaml-quote',
    'a quote that is not closed',
    write(file, `models:\n  - name: price_list\n    description: "all of${mark}\n`),
  ),
  defect(
    'yaml-bracket',
    'a bracket that is not closed',
    write(file, `models:\n  - name: price_list\n    config: { tags: [a }${mark}\n`),
  ),
  defect(
    'yaml-colon',
    'a colon in a plain text',
    write(file, `models:\n  - name: price_list\n    description: all: of it${mark}\n`),
  ),
  defect(
    'yaml-jinja-bare',
    'Jinja that begins a value without quotes',
    write(file, `models:\n  - name: price_list\n    description: {{ doc('order_status') }}${mark}\n`),
  ),
  defect('yaml-anchor', 'an alias without an anchor', write(file, `models:\n  - *orders${mark}\n`)),
  defect(
    'yaml-two-documents',
    'two documents in a file',
    write(file, `models: []\n---${mark}\nmodels: []\n`),
  ),
  defect(
    'yaml-percent',
    'a value that begins with a percent sign',
    write(file, `models:\n  - name: price_list\n    description: %all${mark}\n`),
  ),
  defect(
    'yaml-at',
    'a value that begins with an at sign',
    write(file, `models:\n  - name: price_list\n    description: @all${mark}\n`),
  ),
  defect('yaml-list', 'a properties file that is a list', write(file, `${mark}- name: price_list\n`)),
  defect('yaml-text', 'a properties file that is a text', write(file, `${mark}models\n`)),
  defect(
    'yaml-dash-space',
    'a dash without a space',
    write(file, `models:${mark}\n  -name: price_list${mark}\n`),
  ),
  defect(
    'yaml-key-twice',
    'a key that stands twice',
    write(file, `models:\n  - name: price_list\n    description: a\n    description: b${mark}\n`),
  ),
  defect('yaml-version-one', 'a version of long ago', write(file, `version: 1${mark}\nmodels: []\n`)),
  defect('yaml-version-text', 'a version that is a text', write(file, `version: two${mark}\nmodels: []\n`)),
  defect(
    'yaml-tag-unknown',
    'a tag of YAML that nobody knows',
    write(file, `models:\n  - name: !shop price_list${mark}\n`),
  ),
  defect(
    'yaml-control',
    'a character that YAML forbids',
    write(file, `models:\n  - name: price_list\n    description: a\u0007b${mark}\n`),
  ),
  defect(
    'name-spaces',
    'a model whose name has a space',
    write('models/extra model.sql', `${mark}select 1 as id\n`),
  ),
  odd(
    'yaml-block-texts',
    'block texts of all kinds',
    write(
      file,
      'models:\n  - name: price_list\n    description: |-\n      One {{ "line" }}\n       and another\n    config:\n      meta:\n        a: >+\n          folded\n\n',
    ),
  ),
  odd(
    'yaml-flow',
    'flow style over lines',
    write(file, 'models: [\n  { name: price_list,\n    description: "all" },\n]\n'),
  ),
  odd('yaml-markers', 'markers of document, a directive of none', write(file, '---\nmodels: []\n...\n')),
  odd(
    'yaml-odd-indent',
    'lists that are not indented',
    write(
      file,
      'models:\n- name: price_list\n  columns:\n  - name: product_id\n    data_tests:\n    - not_null\n',
    ),
  ),
  odd(
    'yaml-quoted-keys',
    'keys in quotes, and Unicode',
    write(file, '"models":\n  - "name": \'price_list\'\n    "description": "Größe \\u00e9 🎲"\n'),
  ),
  odd(
    'yaml-merge',
    'merge keys',
    write(
      file,
      'anchors:\n  - &all { data_tests: [not_null] }\nmodels:\n  - name: price_list\n    columns:\n      - name: product_id\n        <<: *all\n',
    ),
  ),
  odd(
    'yaml-crlf',
    'line ends of Windows',
    write(
      file,
      'version: 2\r\nmodels:\r\n  - name: price_list\r\n    description: >\r\n      all\r\n      of it\r\n',
    ),
  ),
  odd(
    'yaml-in-seeds',
    'properties of models among the seeds',
    append('seeds/_seeds.yml', '\nmodels:\n  - name: price_list\n'),
  ),
  odd(
    'yaml-jinja-description',
    'Jinja that is no call in a description',
    write(file, "models:\n  - name: price_list\n    description: 'Uses {% raw %}{{ x }}{% endraw %}'\n"),
  ),
  odd(
    'test-like-model',
    'a singular test with the name of a model',
    write('tests/price_list.sql', 'select 1 as id where false\n'),
  ),
  defect(
    'model-like-package',
    'a model that becomes the table of one in a package',
    write('models/calendar.sql', `${mark}select 1 as id\n`),
    { beyond: relation },
  ),
];
