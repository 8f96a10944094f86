import { type Kind, append, change, defect, mark, odd, write } from '../../kind.ts';
import { compile, dryRun, invoke, onlyCompile } from './commands.ts';

const file = 'meltano.yml';
const head = 'default_environment: dev\n';
const stats = 'send_anonymous_usage_stats: false\n';
const region = 'env:\n  REGION: eu\n';

/** The project's file as a whole, and its own keys. */
export const projectKinds: readonly Kind[] = [
  defect('project-empty', 'an empty file', write(file, mark)),
  defect('project-comments', 'nothing but comments', write(file, `${mark}# later\n`)),
  defect('project-list', 'a list', write(file, `${mark}- plugins\n`)),
  defect('project-text', 'a text', write(file, `${mark}plugins\n`)),
  defect('project-two-documents', 'two documents', append(file, `---${mark}\na: 1${mark}\n`)),
  defect('project-key-twice', 'a key that stands twice', append(file, `jobs: []${mark}\n`)),
  defect(
    'project-key-twice-nested',
    'a key that stands twice in a plugin',
    change(
      file,
      '      pip_url: tap-shop==1.2.0\n',
      `      pip_url: tap-shop\n      pip_url: tap-shop==1.2.0${mark}\n`,
    ),
  ),
  defect('project-tab', 'a tab for an indent', append(file, `x:\n\ty: 1${mark}\n`)),
  defect('project-alias', 'an alias without an anchor', append(file, `x: *nobody${mark}\n`)),
  defect('project-open-list', 'a list that stays open', append(file, `x: [1, 2${mark}\ny: 1${mark}\n`)),
  defect('project-open-quote', 'a quote that stays open', append(file, `x: 'never${mark}\n${mark}`)),
  defect(
    'project-indent',
    'a key at an indent of its own',
    change(file, '      label: Shop\n', `     label: Shop${mark}\n`),
  ),
  defect(
    'project-colon-value',
    'a colon in a plain text',
    change(file, '      label: Shop\n', `      label: Shop: the web${mark}\n`),
  ),
  defect(
    'project-at',
    'a text that begins with @',
    change(file, "    interval: '@hourly'", `    interval: @hourly${mark}`),
  ),
  defect('project-star', 'a pattern without quotes', change(file, "        '*':\n", `        *:${mark}\n`)),
  defect(
    'default-environment-unknown',
    'a default environment that nobody defines',
    change(file, head, `default_environment: dve${mark}\n`),
    { found: dryRun('load') },
  ),
  defect(
    'default-environment-number',
    'a default environment that is a number',
    change(file, head, `default_environment: 5${mark}\n`),
    { found: dryRun('load') },
  ),
  defect(
    'default-environment-list',
    'a list of default environments',
    change(file, head, `default_environment: [dev, prod]${mark}\n`),
    { found: dryRun('load') },
  ),
  defect('env-null', 'a variable without a value', change(file, region, `env:\n  REGION:${mark}\n`), {
    found: invoke('dbt:build'),
  }),
  defect(
    'env-number',
    'a variable that is a number',
    change(file, region, `env:\n  REGION: eu\n  PORT: 5432${mark}\n`),
    { found: compile, beyond: onlyCompile },
  ),
  defect('env-empty', 'an `env` without a value', change(file, region, `env:${mark}\n`), {
    found: compile,
    beyond: onlyCompile,
  }),
  defect('env-list', 'variables in a list', change(file, region, `env:${mark}\n  - REGION: eu${mark}\n`)),
  defect('env-text', 'variables in a text', change(file, region, `env: REGION=eu${mark}\n`)),
  defect('plugins-list', 'plugins in a list', write(file, `plugins:${mark}\n  - name: tap-x${mark}\n`)),
  defect('plugins-text', 'plugins in a text', write(file, `plugins: tap-x${mark}\n`)),
  defect('jobs-mapping', 'jobs in a mapping', write(file, `jobs:${mark}\n  load: [tap-x target-y]${mark}\n`)),
  defect(
    'schedules-mapping',
    'schedules in a mapping',
    write(file, `schedules:${mark}\n  nightly:${mark}\n    job: load\n`),
  ),
  defect(
    'environments-mapping',
    'environments in a mapping',
    write(file, `environments:${mark}\n  dev: {}${mark}\n`),
  ),
  defect('environments-text', 'environments by name alone', write(file, `environments: [dev]${mark}\n`)),
  defect(
    'requires-unmet',
    'a version of Meltano that nobody has',
    change(file, head, `${head}requires_meltano: '>=99'${mark}\n`),
  ),
  defect(
    'requires-invalid',
    'a version that is none',
    change(file, head, `${head}requires_meltano: 'four'${mark}\n`),
  ),
  defect(
    'requires-number',
    'a version that is a number',
    change(file, head, `${head}requires_meltano: 4.4${mark}\n`),
  ),
  defect(
    'version-two',
    'a version of the file that Meltano 3 does not know',
    change(file, head, `version: 2${mark}\n${head}`),
  ),
  defect(
    'log-format',
    'a log format that does not exist',
    change(file, head, `${head}cli:\n  log_format: fancy${mark}\n`),
  ),
  defect(
    'log-format-flat',
    'a log format that does not exist, in one key',
    change(file, head, `${head}cli.log_format: fancy${mark}\n`),
  ),
  defect(
    'log-level',
    'a log level that does not exist',
    change(file, head, `${head}cli:\n  log_level: loud${mark}\n`),
  ),
  defect(
    'state-backend-scheme',
    'a state backend that nobody serves',
    change(file, head, `${head}state_backend:\n  uri: ftp://states.example.org${mark}\n`),
    { found: 'state list', depends: 'an add-on of Meltano may serve it' },
  ),
  defect(
    'state-backend-number',
    'a time limit that is no number',
    change(
      file,
      head,
      `${head}state_backend:\n  uri: file:///tmp/none\n  lock_timeout_seconds: soon${mark}\n`,
    ),
    { found: 'state list' },
  ),
  defect(
    'database-retries',
    'a number of retries that is a word',
    change(file, head, `${head}database_max_retries: many${mark}\n`),
  ),
  defect(
    'venv-backend',
    'a maker of environments that does not exist',
    change(file, head, `${head}venv:\n  backend: conda${mark}\n`),
  ),
  defect(
    'database-uri',
    'an address of no database',
    change(file, head, `${head}database_uri: warehouse.db${mark}\n`),
    { found: dryRun('load') },
  ),

  odd('project-own-keys', "keys of one's own", append(file, 'x-notes:\n  owner: data\nteam: [a, b]\n')),
  odd('project-merge', 'anchors and merge keys', [
    append(file, 'x-common: &common\n  label: Common\n'),
    change(file, '    - name: dbt\n', '    - <<: &dbt { docs: https://example.org }\n      name: dbt\n'),
  ]),
  odd('project-quoted-keys', 'quoted keys', change(file, head, '"default_environment": "dev"\n')),
  odd('project-document-mark', 'marks of begin and end', [
    change(file, head, `%YAML 1.2\n---\n${head}`),
    append(file, '...\n'),
  ]),
  odd('project-bom-free-crlf', 'lines that end as on Windows', (files) => ({
    ...files,
    [file]: files[file]!.replaceAll('\n', '\r\n'),
  })),
  odd('annotations', 'annotations of all shapes', append(file, 'annotations:\n  owner: { team: [a, 1] }\n')),
  odd(
    'log-level-capitals',
    'a flat key for the log level',
    change(file, head, `${head}cli.log_level: debug\n`),
  ),
  odd('python-number', 'a version of Python that is a number', change(file, head, `${head}python: 3.11\n`)),
  odd('python-path', 'a path to Python', change(file, head, `${head}python: /usr/bin/python3\n`)),
  odd('stats-word', 'a boolean in another word', change(file, stats, 'send_anonymous_usage_stats: no\n')),
  odd('stats-text', 'a boolean in quotes', change(file, stats, "send_anonymous_usage_stats: 'false'\n")),
  odd(
    'state-backend',
    'a state backend with its limits',
    change(file, head, `${head}state_backend:\n  uri: systemdb\n  lock_timeout_seconds: '20'\n`),
  ),
  odd(
    'state-backend-flat',
    'a state backend in flat keys',
    change(file, head, `${head}state_backend.uri: file:///tmp/penstock-states\n`),
  ),
  odd(
    'feature-flags',
    'feature flags',
    change(file, head, `${head}ff:\n  strict_env_var_mode: false\n  plugin_locks_required: true\n`),
  ),
  odd('version-one', 'the version of old', change(file, head, `version: 1\n${head}`)),
  odd('requires-range', 'a range of versions', change(file, head, `${head}requires_meltano: '>=3.5,<99'\n`)),
  odd(
    'database-uri-memory',
    'a database in a file',
    change(file, head, `${head}database_uri: sqlite:///$MELTANO_SYS_DIR_ROOT/other.db\n`),
  ),
  odd(
    'null-default',
    'a default environment by a variable',
    change(file, head, `default_environment: dev\nproject_readonly: false\nauto_install: false\n`),
  ),
];
