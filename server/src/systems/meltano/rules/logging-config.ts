import type { Report, Rule } from '../../../core/rule.ts';
import { closest } from '../../../core/closest.ts';
import { findPair, get, itemsOf, pairsOf, type MapNode, type Node, type Pair } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/**
 * Meltano gives its logging configuration to Python's `logging.config.dictConfig`, which takes it whole or ends every
 * command: a handler whose `formatter: plan` nobody defines.
 */
export const loggingConfig: Rule<MeltanoModel> = {
  id: 'meltano/logging-config',
  severity: 'error',
  check({ tree, model }, report) {
    if (model.kind !== 'logging' || !tree || isNothing(tree)) return;
    if (tree.kind !== 'map')
      return report(tree, 'the logging configuration must be a mapping; begin with `version: 1`');
    if (tree.pairs.length > 0) new LoggingCheck(tree, report).check();
  },
};

const levels = ['CRITICAL', 'FATAL', 'ERROR', 'WARN', 'WARNING', 'INFO', 'DEBUG', 'NOTSET'];

/** Handlers that Python brings along, with the arguments of those that are used most. */
const handlers: Readonly<Record<string, readonly string[] | undefined>> = {
  'logging.StreamHandler': ['stream'],
  'logging.FileHandler': ['filename', 'mode', 'encoding', 'delay', 'errors'],
  'logging.NullHandler': undefined,
  'logging.handlers.RotatingFileHandler': [
    'filename',
    'mode',
    'maxBytes',
    'backupCount',
    'encoding',
    'delay',
    'errors',
  ],
  'logging.handlers.TimedRotatingFileHandler': [
    'filename',
    'when',
    'interval',
    'backupCount',
    'encoding',
    'delay',
    'utc',
    'atTime',
    'errors',
  ],
  'logging.handlers.WatchedFileHandler': ['filename', 'mode', 'encoding', 'delay', 'errors'],
  'logging.handlers.SocketHandler': ['host', 'port'],
  'logging.handlers.DatagramHandler': ['host', 'port'],
  'logging.handlers.SysLogHandler': undefined,
  'logging.handlers.SMTPHandler': undefined,
  'logging.handlers.MemoryHandler': undefined,
  'logging.handlers.HTTPHandler': undefined,
  'logging.handlers.QueueHandler': undefined,
  'logging.handlers.NTEventLogHandler': undefined,
  'logging.handlers.BufferingHandler': undefined,
};

/** What every handler may say beside its arguments. */
const ofHandler = ['class', '()', 'level', 'formatter', 'filters', '.'];

const factories = ['console_log_formatter', 'json_formatter', 'key_value_formatter', 'plain_formatter'];

class LoggingCheck {
  readonly #root: MapNode;
  readonly #report: Report;
  readonly #isIncremental: boolean;

  constructor(root: MapNode, report: Report) {
    this.#root = root;
    this.#report = report;
    const incremental = get(root, 'incremental');
    this.#isIncremental = incremental?.kind === 'scalar' && incremental.value === true;
  }

  check(): void {
    this.#version();
    for (const pair of this.#section('formatters')) this.#formatter(pair);
    for (const pair of this.#section('handlers')) this.#handler(pair);
    for (const { value } of this.#section('loggers')) this.#logger(value);
    const root = get(this.#root, 'root');
    if (root && !isNothing(root)) this.#logger(root);
  }

  #version(): void {
    const version = get(this.#root, 'version');
    if (!version)
      return this.#report(
        { start: this.#root.span.start, end: this.#root.span.start + 1 },
        'the logging configuration has no `version`; begin with `version: 1`',
      );
    if (version.kind !== 'scalar' || (version.value !== 1 && version.value !== true))
      this.#report(
        version,
        'Python knows only `version: 1` of a logging configuration, a number; write that',
      );
  }

  /** The entries of a section, each a mapping. */
  #section(name: string): readonly Pair[] {
    const pair = findPair(this.#root, name);
    if (!pair || (this.#isIncremental && name === 'formatters')) return [];
    if (pair.value.kind !== 'map') {
      this.#report(pair.key, `\`${name}\` must be a mapping, from names to what they mean`);
      return [];
    }
    return pair.value.pairs.filter(({ key, value }) => {
      if (value.kind === 'map') return true;
      this.#report(key, `\`${key.text}\` must be a mapping; say what it does`);
      return false;
    });
  }

  #formatter({ value }: Pair): void {
    const factory = get(value, '()');
    if (factory?.kind === 'scalar') return this.#factory(factory.text, factory);
    const style = get(value, 'style');
    const sign = style?.kind === 'scalar' ? style.text : '%';
    if (style && !Object.hasOwn(formats, sign))
      return this.#report(style, `\`${sign}\` is no style of a format; use \`%\`, \`{\` or \`$\``);
    const format = get(value, 'format');
    if (format?.kind !== 'scalar' || format.text === '' || get(value, 'class')) return;
    const validate = get(value, 'validate');
    if (validate?.kind === 'scalar' && validate.value === false) return;
    if (!formats[sign]!.test(format.text))
      this.#report(
        format,
        `the format names nothing in the style \`${sign}\`; write as in \`${examples[sign]}\`, or say another \`style\``,
      );
  }

  #factory(text: string, node: Node): void {
    const [, own] = /^meltano\.core\.logging\.(\w+)$/.exec(text) ?? [];
    if (own === undefined || !/format/.test(own) || factories.includes(own)) return;
    const near = closest(own, factories);
    this.#report(
      node,
      `Meltano has no \`${own}\`; ${near ? `did you mean \`${near}\`?` : `use one of ${factories.join(', ')}`}`,
    );
  }

  #handler({ key, value }: Pair): void {
    this.#level(get(value, 'level'));
    if (this.#isIncremental) return;
    const formatter = get(value, 'formatter');
    if (formatter?.kind === 'scalar' && formatter.value !== null && formatter.text !== '')
      this.#known(formatter, 'formatters', 'formatter');
    this.#filters(value);
    if (findPair(value, '()')) return;
    const kind = get(value, 'class');
    if (kind?.kind !== 'scalar')
      return this.#report(
        key,
        `the handler \`${key.text}\` has no \`class\`; name one, such as \`logging.StreamHandler\``,
      );
    if (!kind.text.startsWith('logging.')) return;
    if (!Object.hasOwn(handlers, kind.text)) {
      const near = closest(kind.text, Object.keys(handlers));
      return this.#report(
        kind,
        `Python has no \`${kind.text}\`; ${near ? `did you mean \`${near}\`?` : 'correct the name'}`,
      );
    }
    this.#arguments(value, handlers[kind.text]);
  }

  #arguments(handler: Node, known: readonly string[] | undefined): void {
    for (const { key, value } of pairsOf(handler)) {
      if (known && !known.includes(key.text) && !ofHandler.includes(key.text)) {
        const near = closest(key.text, [...known, ...ofHandler]);
        this.#report(
          key,
          `this handler takes no \`${key.text}\`; ${near ? `did you mean \`${near}\`?` : 'remove it'}`,
        );
      }
      const stream = value.kind === 'scalar' ? /^ext:\/\/sys\.(\w+)$/.exec(value.text)?.[1] : undefined;
      if (stream !== undefined && !['stdout', 'stderr', 'stdin', '__stdout__', '__stderr__'].includes(stream))
        this.#report(
          value,
          `Python has no stream \`sys.${stream}\`; use \`ext://sys.stderr\` or \`ext://sys.stdout\``,
        );
    }
  }

  #logger(value: Node): void {
    if (value.kind !== 'map')
      return this.#report(value, 'a logger must be a mapping; give it a `level` or `handlers`');
    this.#level(get(value, 'level'));
    if (this.#isIncremental) return;
    this.#filters(value);
    for (const handler of itemsOf(get(value, 'handlers'))) this.#known(handler, 'handlers', 'handler');
  }

  #filters(value: Node): void {
    for (const filter of itemsOf(get(value, 'filters')))
      if (filter.kind === 'scalar') this.#known(filter, 'filters', 'filter');
  }

  #known(name: Node, section: string, what: string): void {
    if (name.kind !== 'scalar') return;
    const names = pairsOf(get(this.#root, section)).map(({ key }) => key.text);
    if (names.includes(name.text)) return;
    const near = closest(name.text, names);
    this.#report(
      name,
      `no ${what} is named \`${name.text}\`; ${near ? `did you mean \`${near}\`?` : `define it under \`${section}\``}`,
    );
  }

  #level(level: Node | undefined): void {
    if (!level || isNothing(level) || level.kind !== 'scalar' || typeof level.value === 'number') return;
    if (levels.includes(level.text)) return;
    const near =
      levels.find((each) => each === level.text.toUpperCase()) ?? closest(level.text.toUpperCase(), levels);
    this.#report(
      level,
      `\`${level.text}\` is no level; ${near ? `did you mean \`${near}\`?` : `use one of ${levels.join(', ')}`}`,
    );
  }
}

const formats: Readonly<Record<string, RegExp>> = {
  '%': /%\(\w+\)[#0+ -]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[diouxefgcrsa%]/i,
  '{': /\{[^{}]+\}/,
  $: /\$(?:\w+|\{\w+\})/,
};

const examples: Readonly<Record<string, string>> = { '%': '%(message)s', '{': '{message}', $: '${message}' };

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && (node.value === null || node.text === '');
}
