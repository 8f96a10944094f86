import { type Kind, append, change, defect, mark, odd, write } from '../kind.ts';
import { onEnvironment, onVars } from './reasons.ts';

const model = 'models/extra.sql';
const properties = 'models/extra.yml';

/** Names from the environment and from `vars`, wherever Jinja stands. */
export const variableKinds: readonly Kind[] = [
  defect(
    'var-undefined',
    'a var that nothing defines',
    write(model, `select '{{ var("end_date") }}'${mark} as d\n`),
    { found: 'compile', depends: onVars },
  ),
  defect(
    'var-misspelled',
    'a var that is misspelled',
    change('models/staging/stg_orders.sql', `{{ var("start_date") }}'\n`, `{{ var("start_dat") }}'${mark}\n`),
    { found: 'compile', depends: onVars },
  ),
  defect(
    'var-other-project',
    'a var that another package defines',
    [
      change(
        'dbt_project.yml',
        '  shop:\n    currency: EUR\n',
        `  shop:\n    currency: EUR\n  shared:\n    depth: 1\n`,
      ),
      write(model, `select {{ var('depth') }}${mark} as d\n`),
    ],
    { found: 'compile', depends: onVars },
  ),
  defect(
    'var-in-config',
    'an undefined var in a config',
    write(model, `{{ config(alias=var('no_alias')) }}${mark}\nselect 1 as id\n`),
    { found: 'compile', depends: onVars },
  ),
  defect(
    'var-in-properties',
    'an undefined var in properties',
    append(
      properties,
      `models:\n  - name: orders_again\n    config:\n      alias: "{{ var('no_alias') }}"${mark}\n`,
    ),
    { depends: onVars },
  ),
  defect(
    'var-in-hook',
    'an undefined var in a hook',
    change('dbt_project.yml', '"{{ note_the_end() }}"', `"select {{ var('no_such') }}"${mark}`),
    { depends: onVars },
  ),
  defect(
    'env-undefined',
    'an environment variable that is not set',
    write(model, `select '{{ env_var("SHOP_REGION") }}'${mark} as r\n`),
    { depends: onEnvironment },
  ),
  defect(
    'env-in-properties',
    'an environment variable that is not set, in properties',
    change(
      'models/staging/_sources.yml',
      '    schema: raw\n',
      `    schema: "{{ env_var('RAW_SCHEMA') }}"${mark}\n`,
    ),
    { depends: onEnvironment },
  ),
  defect(
    'env-secret',
    'a secret outside profiles and packages',
    write(model, `select '{{ env_var("DBT_ENV_SECRET_KEY") }}'${mark} as r\n`),
    { env: { DBT_ENV_SECRET_KEY: 'x' } },
  ),
  defect('env-no-name', 'env_var without a name', write(model, `select '{{ env_var() }}'${mark} as r\n`)),
  defect('var-no-name', 'var without a name', write(model, `select '{{ var() }}'${mark} as r\n`), {
    found: 'compile',
  }),
  odd('var-default', 'a var with a default', write(model, `select '{{ var("end_date", "today") }}' as d\n`)),
  odd(
    'var-null-default',
    'a var whose default is none',
    write(model, `select '{{ var("end_date", none) }}' as d\n`),
  ),
  odd(
    'var-keyword-default',
    'a default by its keyword',
    write(model, `select '{{ var("end_date", default="x") }}' as d\n`),
  ),
  odd(
    'var-has',
    'asking whether a var is there',
    write(model, `select {% if var.has_var('end_date') %}1{% else %}0{% endif %} as d\n`),
  ),
  odd(
    'var-in-if',
    'an undefined var that is never asked for',
    write(model, `select {% if execute and false %}{{ var('end_date') }}{% else %}0{% endif %} as d\n`),
    { beyond: { v2: 'whether a branch is taken' } },
  ),
  odd(
    'env-default',
    'an environment variable with a default',
    write(model, `select '{{ env_var("SHOP_REGION", "eu") }}' as r\n`),
  ),
  odd(
    'env-set',
    'an environment variable that is set',
    write(model, `select '{{ env_var("SHOP_REGION") }}' as r\n`),
    { env: { SHOP_REGION: 'eu' } },
  ),
  odd('var-known-in-properties', 'vars of the project in properties', [
    change('models/staging/_sources.yml', '    schema: raw\n', `    schema: "{{ var('currency') }}"\n`),
    write(properties, `models:\n  - name: price_list\n    config:\n      alias: "{{ var('start_date') }}"\n`),
  ]),
  odd('env-dotenv', 'an environment variable from .env', [
    write('.env', 'SHOP_REGION=eu\n'),
    write(model, `select '{{ env_var("SHOP_REGION") }}' as r\n`),
  ]),
  odd(
    'var-raw',
    'an undefined var in a raw block',
    write(model, `select {% raw %}'{{ var("end_date") }}'{% endraw %} as d\n`),
  ),
];
