import { type Kind, change, defect, mark, odd } from '../../kind.ts';
import { invoke } from './commands.ts';

const file = 'meltano.yml';
const url = '        - name: api_url\n          label: Address\n          kind: string\n';
const config = '      config:\n        api_url: https://shop.example.org/$REGION\n';
const setting = (text: string): ReturnType<typeof change> => change(file, url, url + text);
const shop = invoke('tap-shop');
const strict = change(
  file,
  'send_anonymous_usage_stats: false\n',
  'send_anonymous_usage_stats: false\nff:\n  strict_env_var_mode: true\n',
);
const ofAllKinds = setting(
  ['integer', 'decimal', 'array', 'object', 'boolean']
    .map((kind) => `        - name: a_${kind}\n          kind: ${kind}\n`)
    .join(''),
);
/** Compiling looks at all environments, of which one does not set it. */
const everywhere = change(file, '  REGION: eu\n', '  REGION: eu\n  WAREHOUSE: warehouse/any.duckdb\n');
const configured = (id: string, title: string, kind: string, value: string): Kind =>
  defect(
    id,
    title,
    [
      setting(`        - name: pages\n          kind: ${kind}\n`),
      change(file, config, `${config}        pages: ${value}${mark}\n`),
    ],
    { found: shop },
  );
const unset = (id: string, title: string, edit: ReturnType<typeof change>): Kind =>
  defect(id, title, [strict, edit], {
    found: shop,
    depends: 'the variable may be set where Meltano is started',
  });

/** Values for settings, of one kind and another, and variables in them. */
export const valueKinds: readonly Kind[] = [
  configured('config-not-integer', 'a word for a whole number', 'integer', 'many'),
  configured('config-float-for-integer', 'a text with a fraction for a whole number', 'integer', "'1.5'"),
  configured('config-not-decimal', 'a word for a number', 'decimal', 'much'),
  configured('config-not-array', 'a text for a list', 'array', 'data.csv'),
  configured('config-not-object', 'a text for a mapping', 'object', 'a=b'),
  defect(
    'config-no-option',
    'a value that is no option',
    change(file, config, `${config}        mode: dleta${mark}\n`),
    { found: shop },
  ),
  defect(
    'config-option-number',
    'a number for an option that is a text',
    [
      change(file, '{ label: What is new, value: delta }', "{ label: What is new, value: '1' }"),
      change(file, config, `${config}        mode: 1${mark}\n`),
    ],
    { found: shop },
  ),
  defect(
    'config-no-option-environment',
    'a value that is no option, in an environment',
    change(file, '              mode: delta\n', `              mode: daily${mark}\n`),
    { found: `--environment=prod ${shop}` },
  ),
  defect(
    'config-no-option-inherited',
    'a value that is no option, of a plugin that inherits',
    change(file, '        mode: full\n', `        mode: fulll${mark}\n`),
    { found: invoke('tap-shop--archive') },
  ),
  defect(
    'config-two-aliases',
    'two aliases with two values',
    [
      change(file, url, `${url}          aliases: [url, address]\n`),
      change(
        file,
        '        api_url: https://shop.example.org/$REGION\n',
        `        url: https://a.example.org\n        address: https://b.example.org${mark}\n`,
      ),
    ],
    { found: shop },
  ),
  unset(
    'strict-config',
    'a variable that nobody sets, in the strict mode',
    change(file, config, `${config}        mode: $NOBODY_SETS_THIS${mark}\n`),
  ),
  unset(
    'strict-own-setting',
    'a variable that is called like one of its own settings, in the strict mode',
    change(file, config, `${config}        mode: $TAP_SHOP_API_URL${mark}\n`),
  ),
  unset(
    'strict-default',
    'a default by a variable that nobody sets, in the strict mode',
    setting(`        - name: note\n          value: \${nobody_sets_this}${mark}\n`),
  ),
  unset(
    'strict-env',
    'a variable of a variable that nobody sets, in the strict mode',
    change(file, '  REGION: eu\n', `  REGION: eu\n  ZONE: $NOBODY_SETS_THIS${mark}\n`),
  ),
  unset(
    'strict-environment',
    'a variable of an environment that nobody sets, in the strict mode',
    change(
      file,
      '      WAREHOUSE: warehouse/dev.duckdb\n',
      `      WAREHOUSE: warehouse/dev.duckdb\n      ZONE: $NOBODY_SETS_THIS${mark}\n`,
    ),
  ),

  odd(
    'config-alias',
    'a value under an alias',
    [
      change(file, url, `${url}          aliases: [url]\n`),
      change(file, '        api_url: https', '        url: https'),
    ],
    { found: shop },
  ),
  odd(
    'config-alias-same',
    'one value under a name and its alias',
    [
      change(file, url, `${url}          aliases: [url]\n`),
      change(file, config, `${config}        url: https://shop.example.org/$REGION\n`),
    ],
    { found: shop },
  ),
  odd(
    'config-kinds-in-texts',
    'texts that are what the kinds want',
    [
      ofAllKinds,
      change(
        file,
        config,
        `${config}        a_integer: ' 1_000 '\n        a_decimal: 1__0e5\n        a_array: "['a', 1]"\n        a_object: '{"a": 1}'\n        a_boolean: perhaps\n`,
      ),
    ],
    { found: shop },
  ),
  odd(
    'config-kinds-crossed',
    'values of other kinds, which the plugin gets as they are',
    [
      ofAllKinds,
      change(
        file,
        config,
        `${config}        a_integer: 1.5\n        a_decimal: true\n        a_array: { a: 1 }\n        a_object: [a]\n        a_boolean: 5\n`,
      ),
    ],
    { found: shop },
  ),
  odd(
    'config-of-nothing',
    'values for a plugin that says nothing of its settings',
    change(
      file,
      '    - name: tap-shop--archive\n',
      `    - name: tap-custom
      namespace: tap_custom
      executable: echo
      config: { target_schema: raw, select: all, port: abc }
    - name: tap-shop--archive
`,
    ),
    { found: invoke('tap-custom') },
  ),
  odd('strict-all-set', 'the strict mode where everything is set', [strict, everywhere], { found: shop }),
  odd(
    'strict-text',
    'the strict mode in quotes, and what Meltano sets itself',
    [
      everywhere,
      change(
        file,
        'send_anonymous_usage_stats: false\n',
        "send_anonymous_usage_stats: false\nff.strict_env_var_mode: 'true'\n",
      ),
      change(file, config, `${config}        note: $MELTANO_EXTRACTOR_NAMESPACE costs \\$5\n`),
    ],
    { found: shop },
  ),
];
