import { type Kind, blame, change, defect, mark, odd, remove, write } from '../../kind.ts';
import { dryRun } from './commands.ts';

const file = 'logging.yaml';
const project = 'meltano.yml';
const head = 'default_environment: dev\n';

/** `logging.yaml` and what `.env` says to Meltano. */
export const loggingKinds: readonly Kind[] = [
  defect('logging-broken', 'a file that is no YAML', write(file, `version: [1${mark}\nroot: x${mark}\n`)),
  defect('logging-list', 'a list', write(file, `- version: 1${mark}\n`)),
  defect('logging-text', 'a text', write(file, `version${mark}\n`)),
  defect('logging-without-version', 'no version', change(file, 'version: 1\n', mark)),
  defect('logging-version-two', 'another version', change(file, 'version: 1\n', `version: 2${mark}\n`)),
  defect(
    'logging-version-text',
    'a version in quotes',
    change(file, 'version: 1\n', `version: '1'${mark}\n`),
  ),
  defect(
    'logging-formatter-unknown',
    'a formatter that nobody defines',
    change(file, '    formatter: plain\n', `    formatter: plan${mark}\n`),
  ),
  defect(
    'logging-handler-unknown',
    'a handler that nobody defines',
    change(file, '  handlers: [console]\n', `  handlers: [konsole]${mark}\n`),
  ),
  defect(
    'logging-level-unknown',
    'a level that does not exist',
    change(file, 'root:\n  level: INFO\n', `root:\n  level: LOUD${mark}\n`),
  ),
  defect(
    'logging-level-lower',
    'a level in small letters',
    change(file, 'root:\n  level: INFO\n', `root:\n  level: info${mark}\n`),
  ),
  defect(
    'logging-handler-level',
    'a level of a handler that does not exist',
    change(file, '    level: INFO\n', `    level: Info${mark}\n`),
  ),
  defect(
    'logging-class-unknown',
    'a class that does not exist',
    change(file, '    class: logging.StreamHandler\n', `    class: logging.StreamHandlr${mark}\n`),
  ),
  defect(
    'logging-class-missing',
    'a handler without a class',
    change(file, '  console:\n    class: logging.StreamHandler\n', `  console:${mark}\n`),
  ),
  defect(
    'logging-handler-key',
    'an argument that the handler does not know',
    change(file, '    stream: ext://sys.stderr\n', `    steam: ext://sys.stderr${mark}\n`),
  ),
  defect(
    'logging-stream-unknown',
    'a stream that does not exist',
    change(file, 'ext://sys.stderr', `ext://sys.stdrr${mark}`),
  ),
  defect(
    'logging-handlers-list',
    'handlers in a list',
    write(file, `version: 1\nhandlers:${mark}\n  - class: logging.StreamHandler${mark}\n`),
  ),
  defect(
    'logging-formatters-list',
    'formatters in a list',
    write(file, `version: 1\nformatters:${mark}\n  - format: x${mark}\n`),
  ),
  defect(
    'logging-logger-handler',
    'a logger with a handler that nobody defines',
    change(file, 'root:\n', `loggers:\n  meltano:\n    handlers: [file]${mark}\nroot:\n`),
  ),
  defect(
    'logging-loggers-list',
    'loggers in a list',
    change(file, 'root:\n', `loggers:${mark}\n  - meltano${mark}\nroot:\n`),
  ),
  defect(
    'logging-filter-unknown',
    'a filter that nobody defines',
    change(file, '    formatter: plain\n', `    formatter: plain\n    filters: [mine]${mark}\n`),
  ),
  defect(
    'logging-format-style',
    'a format of another style',
    change(file, "    format: '%(levelname)s %(message)s'\n", `    format: '{levelname} {message}'${mark}\n`),
  ),
  defect(
    'logging-format-unknown',
    'a factory that does not exist',
    change(
      file,
      "    format: '%(levelname)s %(message)s'\n",
      `    (): meltano.core.logging.fancy_formatter${mark}\n`,
    ),
  ),
  defect(
    'logging-propagate-root',
    'a null among the loggers',
    change(file, 'root:\n', `loggers:\n  meltano:${mark}\nroot:\n`),
  ),
  defect('logging-yml', 'a broken file under the other ending', [
    remove(file),
    write('logging.yml', `version: 3${mark}\n`),
  ]),
  defect('logging-named', 'a broken file of another name', [
    change(project, head, `${head}cli:\n  log_config: config/logs.yaml\n`),
    write('config/logs.yaml', `version: 3${mark}\n`),
  ]),
  defect(
    'env-file-environment',
    '`MELTANO_ENVIRONMENT` that names no environment',
    // Told where the environments are, for nothing of what `.env` holds is shown.
    [write('.env', 'MELTANO_ENVIRONMENT=dve\n'), blame(project, '\nenvironments:')],
    { found: dryRun('load') },
  ),
  defect(
    'env-file-log-level',
    'a log level that does not exist',
    write('.env', `MELTANO_CLI_LOG_LEVEL=loud${mark}\n`),
    {
      beyond: {
        v3: 'a value of `.env` is never shown or judged',
        v4: 'a value of `.env` is never shown or judged',
      },
    },
  ),

  odd('logging-empty', 'an empty file', write(file, '')),
  odd('logging-comments', 'comments alone', write(file, '# none\n')),
  odd('logging-minimal', 'a version alone', write(file, 'version: 1\n')),
  odd('logging-yml-fallback', 'the other ending', [remove(file), write('logging.yml', 'version: 1\n')]),
  odd(
    'logging-factories',
    "Meltano's own formatters",
    write(
      file,
      `version: 1
disable_existing_loggers: no
formatters:
  structured_plain: { (): meltano.core.logging.console_log_formatter, colors: false }
  structured_json: { (): meltano.core.logging.json_formatter }
handlers:
  console: { class: logging.StreamHandler, level: DEBUG, formatter: structured_plain, stream: 'ext://sys.stderr' }
  file: { class: logging.FileHandler, level: 10, filename: meltano.log, formatter: structured_json }
loggers:
  meltano: { level: WARNING, propagate: true }
  '': { level: 20, handlers: [console, file], propagate: yes }
`,
    ),
  ),
  odd('logging-own-keys', "keys of one's own", change(file, 'root:\n', 'x-notes: none\nroot:\n')),
  odd(
    'logging-incremental',
    'an incremental configuration',
    write(file, 'version: 1\nincremental: true\nroot: { level: INFO }\n'),
  ),
  odd(
    'logging-yaml-11',
    'booleans of YAML 1.1 and a key twice',
    change(
      file,
      'disable_existing_loggers: false\n',
      'disable_existing_loggers: yes\ndisable_existing_loggers: no\n',
    ),
  ),
  odd(
    'logging-unused',
    'a formatter that nobody uses',
    change(file, 'formatters:\n', "formatters:\n  other:\n    format: '{message}'\n    style: '{'\n"),
  ),
  odd(
    'logging-elsewhere',
    'a file that Meltano does not read',
    write('config/logging.yaml.bak', 'version: 3\n'),
  ),
  odd(
    'env-file-null',
    '`MELTANO_ENVIRONMENT=null`',
    write('.env', 'MELTANO_ENVIRONMENT=prod\nSHOP_TOKEN=a\n'),
  ),
];
