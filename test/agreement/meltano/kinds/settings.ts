import { type Kind, blame, change, defect, mark, odd } from '../../kind.ts';
import { invoke } from './commands.ts';

const file = 'meltano.yml';
const url = '        - name: api_url\n          label: Address\n          kind: string\n';
const groups = '      settings_group_validation:\n        - [api_url, api_token]\n';
const options = `          options:
            - { label: Everything, value: full }
            - { label: What is new, value: delta }
`;
const config = '      config:\n        api_url: https://shop.example.org/$REGION\n';
const commands = '        build: build\n';
const setting = (text: string): ReturnType<typeof change> => change(file, url, url + text);
const shop = invoke('tap-shop');

/** Definitions of settings, values for them, and commands. */
export const settingKinds: readonly Kind[] = [
  defect('setting-without-name', 'a setting without a name', setting(`        - kind: string${mark}\n`)),
  defect('setting-text', 'a setting by its name alone', setting(`        - page${mark}\n`)),
  defect('setting-name-null', 'a setting whose name has no value', setting(`        - name:${mark}\n`), {
    found: shop,
  }),
  defect('setting-name-number', 'a setting whose name is a number', setting(`        - name: 5${mark}\n`), {
    found: shop,
  }),
  defect(
    'settings-mapping',
    'settings in a mapping',
    change(
      file,
      '      settings:\n        - name: filepath\n          kind: file\n        - name: default_target_schema\n',
      `      settings:${mark}\n        filepath: { kind: file }${mark}\n`,
    ),
  ),
  defect(
    'setting-kind-unknown',
    'a kind that does not exist',
    setting(`        - name: page\n          kind: number${mark}\n`),
  ),
  defect(
    'setting-kind-capital',
    'a kind in capitals',
    setting(`        - name: page\n          kind: String${mark}\n`),
  ),
  defect(
    'setting-kind-list',
    'a kind that is a list',
    setting(`        - name: page\n          kind: [string]${mark}\n`),
  ),
  defect(
    'setting-options-missing',
    'a choice without options',
    change(
      file,
      `          kind: options\n          value: full\n${options}`,
      `          kind: options${mark}\n          value: full${mark}\n`,
    ),
    { found: shop },
  ),
  defect(
    'setting-options-text',
    'options by their values alone',
    [
      change(file, options, `          options: [full, delta]${mark}\n`),
      blame(file, '          value: full'),
    ],
    { found: shop },
  ),
  defect(
    'setting-options-without-value',
    'an option without a value',
    [
      change(file, '{ label: What is new, value: delta }', `{ label: What is new }${mark}`),
      blame(file, '              mode: delta'),
    ],
    { found: `--environment=prod ${shop}` },
  ),
  defect(
    'setting-options-mapping',
    'options in a mapping',
    [
      change(file, options, `          options:${mark}\n            full: Everything${mark}\n`),
      blame(file, '          value: full'),
    ],
    { found: shop },
  ),
  defect(
    'setting-processor-unknown',
    'a processor that does not exist',
    setting(
      `        - name: page\n          kind: string\n          value: a\n          value_processor: lowercase${mark}\n`,
    ),
    { found: shop },
  ),
  defect(
    'setting-default-not-integer',
    'a default that is no number',
    change(
      file,
      '          kind: integer\n          value: 100\n',
      `          kind: integer\n          value: many${mark}\n`,
    ),
    { found: shop },
  ),
  defect(
    'setting-default-no-option',
    'a default that is no option',
    change(
      file,
      '          kind: options\n          value: full\n',
      `          kind: options\n          value: everything${mark}\n`,
    ),
    { found: shop },
  ),
  defect(
    'setting-aliases-text',
    'an alias that is a text, read letter by letter',
    setting(`        - name: page\n          aliases: 5${mark}\n`),
    { found: shop },
  ),
  defect(
    'setting-default-not-array',
    'a default that is no list',
    setting(`        - name: pages\n          kind: array\n          value: all${mark}\n`),
    { found: shop },
  ),
  defect(
    'config-value-and-alias',
    'a value under a name and its alias',
    [
      change(file, url, `${url}          aliases: [url]\n`),
      change(file, config, `${config}        url: https://other.example.org${mark}\n`),
    ],
    { found: shop },
  ),
  defect(
    'groups-text',
    'groups of settings as texts',
    change(file, groups, `      settings_group_validation:\n        - api_url${mark}\n`),
    { found: shop },
  ),
  defect('command-number', 'a command that is a number', change(file, commands, `        build: 5${mark}\n`)),
  defect(
    'command-list',
    'a command that is a list',
    change(file, commands, `        build: [build]${mark}\n`),
  ),
  defect(
    'command-key-unknown',
    'a command with an unknown key',
    change(file, commands, `        build:\n          arg: build${mark}\n`),
  ),
  defect(
    'commands-list',
    'commands in a list',
    change(
      file,
      `      commands:\n        build: build\n        test:\n          args: test --quiet\n          description: Runs the tests alone\n`,
      `      commands:${mark}\n        - build${mark}\n`,
    ),
  ),
  defect(
    'command-args-list',
    'arguments in a list',
    change(file, commands, `        build:\n          args: [build]${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'command-args-number',
    'arguments that are a number',
    change(file, commands, `        build:\n          args: 5${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'command-args-quote',
    'a quote that stays open in arguments',
    change(file, commands, `        build: "build --vars '{a: 1}"${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'command-container-unknown',
    'a container with an unknown key',
    change(
      file,
      commands,
      `        build:\n          args: build\n          container_spec:\n            image: dbt\n            imaeg: dbt${mark}\n`,
    ),
  ),
  defect(
    'command-container-without-image',
    'a container without an image',
    change(
      file,
      commands,
      `        build:\n          args: build\n          container_spec:${mark}\n            ports: {}${mark}\n`,
    ),
  ),
  defect(
    'command-variable-unset',
    'a variable that nobody sets in arguments',
    change(file, commands, `        build: build --target $TARGET_NAME${mark}\n`),
    { found: invoke('dbt:build'), depends: 'the variable may be set where Meltano is started' },
  ),
  defect(
    'command-unknown',
    'a command that the plugin does not have',
    change(file, '      - dbt:build\n', `      - dbt:biuld${mark}\n`),
    { found: 'run --no-install dbt:biuld' },
  ),

  odd(
    'setting-kind-deprecated',
    'kinds of old',
    setting('        - name: pass\n          kind: password\n        - name: hid\n          kind: hidden\n'),
  ),
  odd('setting-kind-null', 'a kind without a value', setting('        - name: page\n          kind:\n'), {
    found: shop,
  }),
  odd('setting-own-keys', "keys of one's own", setting('        - name: page\n          since: 2024\n'), {
    found: shop,
  }),
  odd(
    'setting-dotted',
    'a dotted name',
    setting('        - name: auth.token\n          kind: string\n          sensitive: true\n'),
    { found: shop },
  ),
  odd(
    'setting-all-kinds',
    'all kinds',
    setting(
      ['oauth', 'date_iso8601', 'file', 'email', 'integer', 'decimal', 'object', 'array', 'boolean']
        .map((kind) => `        - name: a_${kind}\n          kind: ${kind}\n`)
        .join(''),
    ),
    { found: shop },
  ),
  odd(
    'settings-null',
    'settings without a value',
    change(
      file,
      '      settings:\n        - name: filepath\n          kind: file\n        - name: default_target_schema\n',
      '      settings:\n',
    ),
  ),
  odd(
    'config-unknown',
    'a value for a setting that nobody defines',
    change(file, config, `${config}        page: 5\n        nested:\n          deep: [1, 2]\n`),
    { found: shop },
  ),
  odd(
    'config-group-incomplete',
    'a group of settings that lacks one',
    change(file, '        api_token: $SHOP_TOKEN\n', ''),
    { found: shop },
  ),
  odd(
    'config-number-for-text',
    'a number for a text',
    change(file, config, `${config}        page_size: '50'\n        mode: delta\n`),
    { found: shop },
  ),
  odd(
    'config-date-text',
    'any text for a date',
    setting('        - name: since\n          kind: date_iso8601\n          value: yesterday\n'),
    { found: shop },
  ),
  odd(
    'config-escaped',
    'a dollar that is none',
    change(file, config, `${config}        note: costs \\$5 and $lower and 5$\n`),
    { found: shop },
  ),
  odd(
    'config-unset',
    'a variable that nobody sets',
    change(file, config, `${config}        note: $NOBODY_SETS_THIS\n`),
    { found: shop },
  ),
  odd('command-null', 'a command without a value', change(file, commands, '        build:\n')),
  odd(
    'command-executable',
    'a command with a program of its own',
    change(file, commands, '        build:\n          args: build\n          executable: echo\n'),
  ),
  odd(
    'command-container',
    'a command in a container',
    change(
      file,
      commands,
      "        build:\n          args: build\n          container_spec:\n            image: dbt\n            command: dbt build\n            ports: { '80': '8080' }\n            volumes: ['./dbt:/dbt']\n            env: { A: b }\n",
    ),
  ),
];

/** Definitions of settings, values for them, and commands. */
