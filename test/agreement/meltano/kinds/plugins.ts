import { type Kind, append, change, defect, mark, odd } from '../../kind.ts';
import { compile, dryRun, invoke, onHub, onlyCompile } from './commands.ts';

const file = 'meltano.yml';
const dbt = '    - name: dbt\n';
const archive = '    - name: tap-shop--archive\n      inherit_from: tap-shop\n';
const hasher = '    - name: hasher\n      namespace: hasher\n';
const mapping = `      mappings:
        - name: hash-mail
          config:
            transformations:
              - field_id: email
                type: HASH
`;
const loaders = '\n  loaders:\n';

const plugin = (text: string): ReturnType<typeof change> =>
  change(file, loaders, `\n${text.slice(0, -1)}${loaders}`);

/** Plugins, whom they inherit from, and mappers. */
export const pluginKinds: readonly Kind[] = [
  defect('plugin-without-name', 'a plugin without a name', change(file, dbt, `    - label: dbt${mark}\n`)),
  defect('plugin-name-null', 'a name without a value', change(file, dbt, `    - name:${mark}\n`)),
  defect('plugin-name-number', 'a name that is a number', change(file, dbt, `    - name: 5${mark}\n`)),
  defect('plugin-name-colon', 'a colon in a name', change(file, dbt, `    - name: 'dbt:core'${mark}\n`)),
  defect(
    'plugin-type-capital',
    'a kind of plugin in capitals',
    change(file, '  utilities:\n', `  Utilities:${mark}\n`),
  ),
  defect(
    'plugin-list-null',
    'a kind of plugin without a value',
    change(file, loaders, `\n  transforms:${mark}${loaders}`),
  ),
  defect(
    'plugin-list-mapping',
    'a kind of plugin as a mapping',
    change(file, loaders, `\n  transforms:${mark}\n    one: { name: x }${mark}${loaders}`),
  ),
  defect(
    'plugin-variant-number',
    'a variant that is a number',
    change(file, '      variant: acme\n', `      variant: 5${mark}\n`),
    { found: compile },
  ),
  defect(
    'plugin-pip-url-list',
    'a `pip_url` that is a list',
    change(file, '      pip_url: tap-shop==1.2.0\n', `      pip_url: [tap-shop]${mark}\n`),
    {
      found: dryRun('load'),
    },
  ),
  defect(
    'plugin-pip-url-number',
    'a `pip_url` that is a number',
    change(file, '      pip_url: hasher\n', `      pip_url: 5${mark}\n`),
    {
      found: dryRun('load'),
    },
  ),
  defect(
    'plugin-env-number',
    'a variable that is a number',
    change(file, dbt, `${dbt}      env:\n        THREADS: 4${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-env-null',
    'a variable without a value',
    change(file, dbt, `${dbt}      env:\n        THREADS:${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-env-list',
    'variables in a list',
    change(file, dbt, `${dbt}      env:${mark}\n        - THREADS=4${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-config-list',
    'a configuration that is a list',
    change(file, dbt, `${dbt}      config:${mark}\n        - a${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-config-text',
    'a configuration that is a text',
    change(file, dbt, `${dbt}      config: target${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-requires-unknown',
    'a requirement with an unknown key',
    change(
      file,
      dbt,
      `${dbt}      requires:\n        files:\n          - name: files-dbt\n            version: 1${mark}\n`,
    ),
  ),
  defect(
    'plugin-requires-without-name',
    'a requirement without a name',
    change(file, dbt, `${dbt}      requires:\n        files:\n          - variant: meltano${mark}\n`),
  ),
  defect(
    'plugin-requires-list',
    'requirements in a list',
    change(file, dbt, `${dbt}      requires:${mark}\n        - files-dbt${mark}\n`),
  ),
  defect(
    'plugin-requires-meltano',
    'a plugin that wants another Meltano',
    change(file, dbt, `${dbt}      requires_meltano: '>=99'${mark}\n`),
    { found: invoke('dbt:build') },
  ),
  defect(
    'plugin-inherits-nobody',
    'a parent that nobody knows',
    change(file, archive, archive.replace('tap-shop\n', `tap-shap${mark}\n`)),
    { found: compile, depends: onHub },
  ),
  defect(
    'plugin-inherits-loader',
    'a parent of another kind',
    change(file, archive, archive.replace('from: tap-shop\n', `from: target-warehouse${mark}\n`)),
    { found: compile, depends: onHub },
  ),
  defect(
    'plugin-inherits-in-a-circle',
    'two plugins that inherit from each other',
    plugin(
      `    - name: tap-a\n      inherit_from: tap-b${mark}\n    - name: tap-b\n      inherit_from: tap-a${mark}\n`,
    ),
    { found: compile },
  ),
  defect(
    'plugin-inherits-in-a-long-circle',
    'a circle over two files',
    [
      plugin(`    - name: tap-a\n      inherit_from: tap-b${mark}\n`),
      append(
        'config/ledger.yml',
        `plugins:\n  extractors:\n    - name: tap-b\n      inherit_from: tap-c${mark}\n    - name: tap-c\n      inherit_from: tap-a${mark}\n`,
      ),
    ],
    { found: compile },
  ),
  defect(
    'plugin-inherits-list',
    'two parents',
    change(file, archive, archive.replace('tap-shop\n', `[tap-shop, tap-ledger]${mark}\n`)),
    { found: compile },
  ),
  defect(
    'mapper-mappings-null',
    'mappings without a value',
    change(file, mapping, `      mappings:${mark}\n`),
  ),
  defect(
    'mapper-mappings-mapping',
    'mappings in a mapping',
    change(file, mapping, `      mappings:${mark}\n        hash-mail: {}${mark}\n`),
  ),
  defect(
    'mapper-mapping-text',
    'a mapping by its name alone',
    change(file, mapping, `      mappings:\n        - hash-mail${mark}\n`),
  ),
  defect(
    'mapper-mapping-twice',
    'a mapping that stands twice',
    change(file, mapping, `${mapping}        - name: hash-mail${mark}\n          config: {}\n`),
    { found: dryRun('load') },
  ),
  defect(
    'mapper-mapping-in-two',
    'a mapping that two mappers have',
    // Either one may be renamed.
    [
      change(file, mapping, mapping.replace('hash-mail', `hash-mail${mark}`)),
      change(
        file,
        hasher,
        `    - name: second\n      namespace: second\n      mappings:\n        - name: hash-mail${mark}\n          config: {}\n${hasher}`,
      ),
    ],

    { found: dryRun('load') },
  ),
  defect(
    'plugin-without-definition',
    'a plugin that only its name tells of',
    plugin(`    - name: tap-nowhere${mark}\n`),
    { found: compile, depends: onHub },
  ),

  defect(
    'plugin-config-null',
    'a configuration and variables without a value',
    change(file, dbt, `${dbt}      config:${mark}\n      env:${mark}\n      commands_: {}\n`),
    { found: compile, beyond: onlyCompile },
  ),

  odd(
    'plugin-extras',
    'keys that no Meltano knows',
    change(file, dbt, `${dbt}      owner: data\n      tags: [a]\n`),
  ),
  odd(
    'plugin-inherits-itself',
    'a plugin that inherits from itself',
    change(file, dbt, `${dbt}      inherit_from: dbt\n`),
  ),
  odd(
    'plugin-inherits-locked',
    'a plugin that inherits from a locked one',
    plugin('    - name: tap-ledger--eu\n      inherit_from: tap-ledger\n      variant: acme\n'),
  ),
  odd('plugin-inherits-chain', 'a chain of plugins', [
    plugin('    - name: tap-a\n      inherit_from: tap-shop--archive\n'),
    append('config/ledger.yml', 'plugins:\n  extractors:\n    - name: tap-b\n      inherit_from: tap-a\n'),
  ]),
  odd('plugin-python', 'versions of Python', change(file, dbt, `${dbt}      python: '3.12'\n`)),
  odd(
    'plugin-capability',
    'a capability that is new',
    change(file, '        - discover\n', '        - discover\n        - teleport\n'),
  ),
  odd(
    'plugin-twice',
    'a plugin that stands twice',
    change(file, '  mappers:\n', '    - name: target-warehouse\n      namespace: second\n  mappers:\n'),
  ),
  odd(
    'plugin-pip-url-git',
    'a plugin from a repository',
    change(
      file,
      '      pip_url: hasher\n',
      '      pip_url: git+https://example.org/hasher.git@v1.0 --no-deps\n',
    ),
  ),
  odd(
    'plugin-pip-url-path',
    'a plugin from a folder',
    change(file, '      pip_url: hasher\n', "      pip_url: -e ./plugins/hasher 'other[extra]>=1,<2'\n"),
  ),
  odd(
    'plugin-pip-url-direct',
    'a plugin from an address',
    change(
      file,
      '      pip_url: hasher\n',
      '      pip_url: hasher @ https://example.org/hasher-1.0.tar.gz\n',
    ),
  ),
  odd(
    'plugin-pip-url-variable',
    'a `pip_url` with variables',
    change(
      file,
      '      pip_url: hasher\n',
      '      pip_url: hasher==$HASHER_VERSION git+https://${TOKEN}@example.org/x.git\n',
    ),
  ),
  odd(
    'plugin-label-number',
    'a label that is a number',
    change(file, dbt, `${dbt}      label: 5\n      description: 1.5\n`),
  ),
  odd(
    'plugin-annotations',
    'annotations of a plugin',
    change(file, dbt, `${dbt}      annotations:\n        owner: [a]\n`),
  ),
  odd(
    'plugin-select-filter',
    'all extras of an extractor',
    change(
      file,
      '      metadata:\n',
      "      select_filter: [orders, '!notes']\n      load_schema: raw\n      use_cached_catalog: false\n      schema:\n        orders:\n          total: { type: [number, 'null'] }\n      metadata:\n",
    ),
  ),
  odd(
    'plugin-extras-in-config',
    'extras inside the configuration',
    change(
      file,
      '        mode: full\n',
      "        mode: full\n        _select: ['*.*']\n        _load_schema: archive\n",
    ),
  ),
  odd(
    'mapper-empty',
    'a mapper without mappings',
    change(file, hasher, `    - name: second\n      namespace: second\n      executable: echo\n${hasher}`),
  ),
  odd(
    'plugin-files',
    'a bundle of files',
    change(
      file,
      '  utilities:\n',
      '  files:\n    - name: files-docker\n      namespace: files_docker\n      pip_url: files-docker\n      update:\n        Dockerfile: false\n  utilities:\n',
    ),
  ),
  odd(
    'plugin-hidden',
    'a hidden plugin',
    change(file, dbt, `${dbt}      hidden: true\n      keywords: [dbt]\n`),
  ),
];
