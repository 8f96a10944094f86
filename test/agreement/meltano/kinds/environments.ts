import { type Kind, change, defect, mark, odd } from '../../kind.ts';
import { compile, dryRun, invoke, onlyCompile, realRun } from './commands.ts';

const file = 'meltano.yml';
const prod = '  - name: prod\n';
const devEnv = '    env:\n      WAREHOUSE: warehouse/dev.duckdb\n';
const plugins = '      plugins:\n        extractors:\n          - name: tap-shop\n';
const environment = (text: string): ReturnType<typeof change> => change(file, prod, `${text}${prod}`);

/** `environments`. */
export const environmentKinds: readonly Kind[] = [
  defect('environment-without-name', 'an environment without a name', environment(`  - env: {}${mark}\n`)),
  defect('environment-name-null', 'a name without a value', environment(`  - name:${mark}\n`)),
  defect('environment-name-number', 'a name that is a number', environment(`  - name: 5${mark}\n`)),
  defect('environment-name-colon', 'a colon in a name', environment(`  - name: 'prod:eu'${mark}\n`)),
  defect('environment-text', 'an environment by its name alone', environment(`  - staging${mark}\n`)),
  defect(
    'environment-key-unknown',
    'an unknown key',
    environment(`  - name: staging\n    confg: {}${mark}\n`),
  ),
  defect(
    'environment-plugins-outside',
    '`plugins` outside of `config`',
    environment(`  - name: staging\n    plugins:${mark}\n      loaders: []\n`),
  ),
  defect(
    'environment-config-list',
    'a configuration that is a list',
    environment(`  - name: staging\n    config:${mark}\n      - plugins${mark}\n`),
  ),
  defect(
    'environment-config-text',
    'a configuration that is a text',
    environment(`  - name: staging\n    config: none${mark}\n`),
  ),
  defect(
    'environment-plugins-list',
    'plugins in a list',
    environment(`  - name: staging\n    config:\n      plugins:${mark}\n        - name: tap-shop${mark}\n`),
  ),
  defect(
    'environment-plugin-type',
    'a kind of plugin that does not exist',
    environment(
      `  - name: staging\n    config:\n      plugins:\n        extractor:${mark}\n          - name: tap-shop\n`,
    ),
  ),
  defect(
    'environment-plugin-without-name',
    'a plugin without a name',
    change(file, plugins, `      plugins:\n        extractors:\n          - nam: tap-shop${mark}\n`),
  ),
  defect(
    'environment-plugin-text',
    'a plugin by its name alone',
    environment(
      `  - name: staging\n    config:\n      plugins:\n        extractors:\n          - tap-shop${mark}\n`,
    ),
  ),
  defect(
    'environment-plugin-list-null',
    'a kind of plugin without a value',
    environment(`  - name: staging\n    config:\n      plugins:\n        extractors:${mark}\n`),
  ),
  defect(
    'environment-plugin-name-colon',
    'a colon in the name of a plugin',
    environment(
      `  - name: staging\n    config:\n      plugins:\n        extractors:\n          - name: 'tap:shop'${mark}\n`,
    ),
  ),
  defect(
    'environment-env-number',
    'a variable that is a number',
    change(file, devEnv, `${devEnv}      PORT: 5432${mark}\n`),
    { found: realRun('dbt:build') },
  ),
  defect(
    'environment-env-boolean',
    'a variable that is a boolean',
    change(file, devEnv, `${devEnv}      DEBUG: true${mark}\n`),
    { found: realRun('dbt:build') },
  ),
  defect(
    'environment-env-null',
    'a variable without a value',
    change(file, devEnv, `${devEnv}      EMPTY:${mark}\n`),
    { found: realRun('dbt:build') },
  ),
  defect(
    'environment-env-list',
    'variables in a list',
    change(file, devEnv, `    env:${mark}\n      - WAREHOUSE=dev${mark}\n`),
    { found: realRun('dbt:build') },
  ),
  defect(
    'environment-env-map',
    'a variable that is a mapping',
    change(file, devEnv, `${devEnv}      DB:${mark}\n        port: 5432${mark}\n`),
    { found: realRun('dbt:build') },
  ),
  defect(
    'environment-suffix-number',
    'a suffix that is a number',
    change(file, '    state_id_suffix: eu\n', `    state_id_suffix: 5${mark}\n`),
    { found: `--environment=prod ${dryRun('load')}` },
  ),
  defect(
    'environment-plugin-config-list',
    'a configuration of a plugin that is a list',
    environment(
      `  - name: staging\n    config:\n      plugins:\n        extractors:\n          - name: tap-shop\n            config:${mark}\n              - a${mark}\n`,
    ),
    { found: `--environment=staging ${invoke('tap-shop')}` },
  ),
  defect(
    'environment-plugin-env-number',
    'a variable of a plugin that is a number',
    environment(
      `  - name: staging\n    config:\n      plugins:\n        utilities:\n          - name: dbt\n            env:\n              THREADS: 4${mark}\n`,
    ),
    { found: `--environment=staging ${invoke('dbt:build')}` },
  ),

  defect(
    'environment-nulls',
    'an environment without values',
    environment(`  - name: staging\n    config:${mark}\n    env:${mark}\n    state_id_suffix:\n`),
    { found: compile, beyond: onlyCompile },
  ),

  odd('environment-bare', 'an environment of a name alone', environment('  - name: staging\n'), {
    found: `--environment=staging ${dryRun('load')}`,
  }),
  odd(
    'environment-annotations',
    'annotations',
    environment('  - name: staging\n    annotations: { a: [1] }\n'),
  ),
  odd(
    'environment-config-own',
    "keys of one's own in `config`",
    environment('  - name: staging\n    config:\n      notes: none\n'),
  ),
  odd(
    'environment-plugin-unknown',
    'a plugin that nobody defines',
    environment(
      '  - name: staging\n    config:\n      plugins:\n        extractors:\n          - name: tap-nobody\n            config: { a: 1 }\n',
    ),
  ),
  odd(
    'environment-plugin-extras',
    'extras of a plugin',
    environment(
      "  - name: staging\n    config:\n      plugins:\n        extractors:\n          - name: tap-shop\n            select: ['*.*']\n            metadata: { '*': { selected: true } }\n        mappers:\n          - name: hasher\n            config: { a: 1 }\n        utilities: []\n",
    ),
    { found: `--environment=staging ${dryRun('load')}` },
  ),
  odd('environment-twice', 'an environment that stands twice', environment('  - name: dev\n')),
  odd('environment-name-odd', 'a name with spaces and a dot', environment('  - name: pre prod.v2\n')),
  odd(
    'environment-env-expanded',
    'variables made of variables',
    change(file, devEnv, `${devEnv}      COPY: \${WAREHOUSE}.bak\n      HOME_OF: $HOME\n`),
  ),
];
