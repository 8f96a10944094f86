import { type Kind, append, blame, change, defect, mark, odd, remove, removeBelow, write } from '../kind.ts';
import { withoutShared } from './without-shared.ts';
import { onCommand, onEnvironment, onVars } from './reasons.ts';

const file = 'dbt_project.yml';
const name = 'name: shop\n';
const profile = 'profile: shop\n';

/** dbt_project.yml. */
export const projectKinds: readonly Kind[] = [
  defect('project-no-name', 'a project without a name', change(file, `${name}version:`, `${mark}version:`)),
  defect('project-name-number', 'a name that is a number', change(file, name, `name: 5${mark}\n`)),
  defect('project-name-hyphen', 'a name with a hyphen', change(file, name, `name: my-shop${mark}\n`)),
  defect('project-name-digit', 'a name that begins with a digit', change(file, name, `name: 1shop${mark}\n`)),
  defect(
    'project-name-reserved',
    'a name that dbt keeps for itself',
    change(file, name, `name: target${mark}\n`),
  ),
  defect('project-name-empty', 'an empty name', change(file, name, `name: ''${mark}\n`)),
  defect(
    'project-list',
    'a project file that is a list',
    write(file, `${mark}- name: shop\n- profile: shop\n`),
  ),
  defect('project-empty', 'an empty project file', write(file, mark)),
  defect('project-model-paths-text', 'folders as one text', change(file, '[models]', `models${mark}`)),
  defect('project-model-paths-map', 'folders as a mapping', change(file, '[models]', `{ a: models }${mark}`)),
  defect(
    'project-unknown-profile',
    'a profile that does not exist',
    change(file, profile, `profile: shops${mark}\n`),
  ),
  defect('project-no-profile', 'no profile at all', [change(file, profile, ''), blame(file, 'name: shop')], {
    depends: onCommand,
  }),
  defect(
    'project-source-paths-both',
    'old and new name of the model folders',
    append(file, `source-paths: [models]${mark}\n`),
  ),
  defect(
    'project-data-paths-both',
    'old and new name of the seed folders',
    append(file, `data-paths: [seeds]${mark}\n`),
  ),
  defect(
    'project-tests-twice',
    'both `tests` and `data_tests`',
    append(file, `tests: { +severity: warn }${mark}\ndata_tests: { +severity: warn }${mark}\n`),
  ),
  defect(
    'project-dispatch-no-order',
    'a dispatch entry without an order',
    change(file, '    search_order: [shop, shared]\n', mark),
  ),
  defect(
    'project-dispatch-text',
    'a search order that is a text',
    change(file, '[shop, shared]', `shop${mark}`),
  ),
  defect(
    'project-query-comment-macro',
    'a query comment that calls no macro',
    append('dbt_project.yml', `query-comment: "{{ note(node) }}"${mark}\n`),
  ),
  odd(
    'project-dispatch-nobody',
    'a dispatch entry for a package that is not there',
    change(file, 'macro_namespace: shared', 'macro_namespace: shred'),
  ),
  defect(
    'project-dispatch-map',
    'a dispatch that is a mapping',
    change(
      file,
      'dispatch:\n  - macro_namespace: shared\n    search_order: [shop, shared]\n',
      `dispatch:${mark}\n  macro_namespace: shared${mark}\n`,
    ),
  ),
  defect(
    'project-version-form',
    'a version of one number',
    change(file, "version: '1.0'", `version: '1'${mark}`),
  ),
  defect(
    'project-version-range',
    'a `require-dbt-version` that is no range',
    append(file, `require-dbt-version: newest${mark}\n`),
  ),
  defect(
    'project-version-old',
    'a required dbt that is long gone',
    append(file, `require-dbt-version: '<1.0.0'${mark}\n`),
  ),
  defect(
    'project-version-never',
    'a range that no version is in',
    append(file, `require-dbt-version: ['>=1.9.0', '<1.5.0']${mark}\n`),
  ),
  defect(
    'project-vars-list',
    'vars as a list',
    change(
      file,
      "vars:\n  start_date: '2024-01-01'\n  shop:\n    currency: EUR\n",
      `vars: [start_date]${mark}\n`,
    ),
  ),
  defect(
    'project-quoting-text',
    'quoting that is no boolean',
    append(file, `quoting: { identifier: maybe }${mark}\n`),
  ),
  defect(
    'project-quoting-key',
    'quoting of something unknown',
    append(file, `quoting: { table: true }${mark}\n`),
  ),
  defect(
    'project-unknown-key',
    'a key that projects do not have',
    append(file, `modelpaths: [models]${mark}\n`),
  ),
  defect('project-flags-list', 'flags that are a list', append(file, `flags: [fail_fast]${mark}\n`)),
  defect(
    'project-flag-type',
    'a flag of the wrong type',
    append(file, `flags: { fail_fast: perhaps }${mark}\n`),
  ),
  defect(
    'project-models-list',
    'configuration of models as a list',
    change(
      file,
      'models:\n  shop:\n    +persist_docs:\n      relation: false\n    staging:\n      +materialized: view\n    marts:\n      +materialized: table\n',
      `models: [table]${mark}\n`,
    ),
  ),
  defect(
    'project-config-bool',
    'an `enabled` that is no boolean',
    change(
      file,
      '      +materialized: view\n',
      `      +materialized: view\n      +enabled: sometimes${mark}\n`,
    ),
    { beyond: { v2: 'v2 takes it for false, and minds only what refers to a model that is off' } },
  ),
  defect(
    'project-config-tags',
    'tags that are a mapping',
    change(file, '      +materialized: view\n', `      +materialized: view\n      +tags: { a: 1 }${mark}\n`),
  ),
  defect(
    'project-config-persist',
    '`persist_docs` that is a text',
    change(file, '    +persist_docs:\n      relation: false\n', `    +persist_docs: yes please${mark}\n`),
  ),
  defect(
    'project-config-hook',
    'a hook that is neither a text nor a mapping of `sql`',
    change(
      file,
      '      +materialized: view\n',
      `      +materialized: view\n      +pre-hook: { statement: select 1 }${mark}\n`,
    ),
    { found: 'compile' },
  ),
  defect(
    'project-config-schema-change',
    'an unknown `on_schema_change` for a folder',
    change(
      file,
      '      +materialized: table\n',
      `      +materialized: table\n      +on_configuration_change: explode${mark}\n`,
    ),
  ),
  defect(
    'project-jinja-open',
    'Jinja that is not closed',
    change(file, '"{{ note_the_end() }}"', `"{{ note_the_end() "${mark}`),
  ),
  defect(
    'project-jinja-key',
    'Jinja that is not closed in a rendered key',
    change(file, profile, `profile: "{{ env_var('X', 'shop') "${mark}\n`),
  ),
  defect(
    'project-env-var',
    'an environment variable that is not set',
    change(file, profile, `profile: "{{ env_var('SHOP_PROFILE') }}"${mark}\n`),
    { depends: onEnvironment },
  ),
  defect(
    'project-secret',
    'a secret outside profiles and packages',
    change(file, profile, `profile: "{{ env_var('DBT_ENV_SECRET_PROFILE', 'shop') }}"${mark}\n`),
  ),
  defect(
    'project-var-undefined',
    'a var that only the command line could give',
    change(file, profile, `profile: "{{ var('profile') }}"${mark}\n`),
    { depends: onVars },
  ),
  defect('project-duplicate-key', 'a key that stands twice', append(file, `profile: shop${mark}\n`)),
  defect(
    'project-packages-path',
    'an install path that is a list',
    append(file, `packages-install-path: [dbt_packages]${mark}\n`),
  ),
  defect(
    'project-hook-macro',
    'a hook that calls no macro',
    change(file, '"{{ note_the_end() }}"', `"{{ note_the_begin() }}"${mark}`),
  ),
  defect(
    'project-config-version',
    'a `config-version` of long ago',
    append(file, `config-version: 1${mark}\n`),
  ),
  defect(
    'project-query-comment',
    'a query comment that is a list',
    append(file, `query-comment: [a]${mark}\n`),
  ),
  defect('project-section-empty', 'a section of sources without content', append(file, `sources:${mark}\n`)),
  defect('project-macros-key', 'a section that there is none of', append(file, `macros: {}${mark}\n`)),
  defect(
    'project-restrict-access',
    'an access restriction that is no boolean',
    append(file, `restrict-access: perhaps${mark}\n`),
  ),
  defect(
    'project-warning-unknown',
    'a warning that dbt does not know',
    append(file, `flags:\n  warn_error_options:\n    silence: [NoNodeForYamlKye${mark}]\n`),
  ),
  defect(
    'project-clean-targets',
    'a list of folders to clean that is a text',
    append(file, `clean-targets: target${mark}\n`),
  ),
  odd('project-minimal', 'a name and a profile and no more', [
    write(file, 'name: shop\nprofile: shop\nvars: { start_date: today, currency: EUR }\n'),
  ]),
  odd(
    'project-version-number',
    'a version that is a number, and config-version 2',
    change(file, "version: '1.0'", 'version: 1.0\nconfig-version: 2'),
  ),
  odd('project-no-version', 'no version', change(file, "version: '1.0'\n", '')),
  odd(
    'project-require-list',
    'a range in two texts',
    append(file, "require-dbt-version: ['>=1.7.0', '<3.0.0']\n"),
  ),
  odd(
    'project-require-equals',
    'a range with an equals sign',
    append(file, "require-dbt-version: '=1.12.0'\n"),
  ),
  odd(
    'project-hook-list',
    'hooks as a list, one with transaction',
    append(file, 'on-run-start:\n  - select 1\n  - "{{ log(\'begin\') }}"\n'),
  ),
  odd(
    'project-hook-underscore',
    'hooks with an underscore',
    change(
      file,
      '      +materialized: view\n',
      `      +materialized: view\n      +pre_hook: select 1${mark}\n`,
    ),
  ),
  odd(
    'project-plus-and-bare',
    'configuration with and without its plus',
    change(
      file,
      '      +materialized: view\n',
      '      materialized: view\n      +docs: { show: true }\n      tags: [x]\n',
    ),
  ),
  odd(
    'project-unused-folder',
    'configuration of a folder that does not exist',
    change(file, '    staging:\n', '    intermediate:\n      +materialized: view\n    staging:\n'),
  ),
  odd(
    'project-unused-folders-of-entries',
    'configuration of sources, tests and unit tests that do not exist',
    append(
      file,
      'sources:\n  shop:\n    nope:\n      +enabled: true\ndata_tests:\n  shop:\n    nope:\n      +severity: warn\nunit_tests:\n  shop:\n    nope:\n      +enabled: true\n',
    ),
  ),
  odd(
    'project-query-comment-map',
    'a query comment with options',
    append(file, 'query-comment:\n  comment: made by shop\n  append: true\n'),
  ),
  odd(
    'project-anchors',
    'anchors and merge keys',
    change(file, '      +materialized: view\n', '      <<: &usual\n        +materialized: view\n'),
  ),
  odd(
    'project-env-default',
    'an environment variable with a default',
    change(file, profile, `profile: "{{ env_var('SHOP_PROFILE', 'shop') }}"\n`),
  ),
  odd(
    'project-env-set',
    'an environment variable that is set',
    change(file, profile, `profile: "{{ env_var('SHOP_PROFILE') }}"\n`),
    { env: { SHOP_PROFILE: 'shop' } },
  ),
  odd(
    'project-folders-twice',
    'folders that exist and that do not',
    change(file, '[seeds]', '[seeds, data/more]'),
  ),
  odd(
    'project-flags',
    'flags',
    append(
      file,
      'flags:\n  send_anonymous_usage_stats: false\n  warn_error_options:\n    silence: [NoNodesForSelectionCriteria]\n',
    ),
  ),
  odd(
    'project-warnings-of-v2',
    'warnings that dbt v2 has',
    append(file, 'flags:\n  warn_error_options:\n    silence: [UnusedConfigKey, Deprecations]\n'),
  ),
  odd('project-nulls', 'sections without content', append(file, 'snapshots:\nquoting:\nclean-targets: []\n')),
  odd('project-cloud', 'settings of the hosted service', append(file, 'dbt-cloud:\n  project-id: 1\n')),
  odd(
    'project-data-tests',
    'severity of all tests',
    append(file, 'data_tests:\n  +severity: warn\n  shop:\n    +store_failures: true\n'),
  ),
  odd(
    'project-old-paths',
    'the old name of the model folders alone',
    change(file, 'model-paths: [models]', `source-paths: [models]${mark}`),
  ),
  odd(
    'project-quoting',
    'quoting',
    append(file, 'quoting: { database: true, schema: false, identifier: true }\n'),
  ),
  odd('project-access-open', 'a package that hides nothing', append(file, 'restrict-access: false\n')),
  odd('project-no-packages', 'a project without packages', [
    remove('packages.yml'),
    remove('package-lock.yml'),
    removeBelow('dbt_packages/'),
    ...withoutShared,
  ]),
];
