import type { CommandCall, CommandMeaning, CommandName, CommandReader } from '../../core/command-line.ts';
import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { namespaces, taskNamespaces, type Role } from './names.ts';
import { programNamed } from './outside-facts.ts';
import { pluginType, pluginTypes } from './plugin-types.ts';

/** What Meltano is told to run by the words it is called with, and in which project. */
export const meltanoCommands: CommandReader = {
  read,
  namespaces: [...new Set([...taskNamespaces, namespaces.job, namespaces.schedule, namespaces.environment])],
  isPlacedBy: (variable) => /^MELTANO_(?:CWD|PROJECT_ROOT)$/.test(variable),
  namedBy: (variable) => (variable === 'MELTANO_ENVIRONMENT' ? [namespaces.environment] : []),
  projectAt: projectKey,
};

/** That Meltano can be started in the project's folder. */
export function projectPlace({ root }: Project): Definition {
  const place = { span: { start: 0, end: 0 }, what: 'Meltano project' };
  return { fact: 'definition', ...projectKey(root), ...place, exclusive: false, implicit: true };
}

function projectKey(folder: string): {
  readonly namespace: string;
  readonly scope: string;
  readonly name: string;
} {
  return { namespace: namespaces.project, scope: '', name: folder };
}

interface Word {
  readonly text: string;
  readonly word: number;
}

function read(words: readonly string[]): CommandMeaning {
  const { own, options, rest } = ownOptions(words);
  const folder = own.get('--cwd')?.text;
  const environment = own.get('--environment');
  const isNamed = environment && !/^null$/i.test(environment.text);
  const names = [
    ...(isNamed ? whole(environment, [namespaces.environment], 'run-environment', options) : []),
    ...ofCommand(rest),
  ];
  const call = callIn(rest);
  return { names, ...(folder === undefined ? {} : { folder }), ...(call ? { call } : {}) };
}

/** What `invoke` hands on to a plugin that is named as dbt's are: `invoke dbt-duckdb build`, `invoke dbt-duckdb:build`. */
function callIn([command, ...rest]: readonly Word[]): CommandCall | undefined {
  if (command?.text !== 'invoke') return undefined;
  const [block] = positional(rest);
  const [name = '', ...commands] = block?.text.split(':') ?? [];
  const program = programNamed(name);
  if (!block || program === undefined || commands.length > 1) return undefined;
  return { program, name, before: commands, from: block.word + 1 };
}

/** Meltano's own options, which stand before the command. */
const withValue = new Set([
  '--log-level',
  '--log-format',
  '--log-config',
  '--environment',
  '--cwd',
  '--env-file',
]);

interface OwnOptions {
  readonly own: ReadonlyMap<string, Word>;
  /** Where an option's value begins in its word. */
  readonly options: ReadonlyMap<Word, number>;
  readonly rest: readonly Word[];
}

function ownOptions(texts: readonly string[]): OwnOptions {
  const words = texts.map((text, word): Word => ({ text, word }));
  const own = new Map<string, Word>();
  const options = new Map<Word, number>();
  let at = 0;
  for (; at < words.length && words[at]!.text.startsWith('-'); at++) {
    const { text, word } = words[at]!;
    const [, key = text, value] = /^(--[^=]+)=(.*)$/s.exec(text) ?? [];
    if (value !== undefined) {
      const inside = { text: value, word };
      own.set(key, inside);
      options.set(inside, key.length + 1);
    } else if (withValue.has(key) && words[at + 1]) own.set(key, words[++at]!);
  }
  return { own, options, rest: words.slice(at) };
}

function ofCommand([command, ...rest]: readonly Word[]): readonly CommandName[] {
  const words = positional(rest);
  const [first, second] = words;
  switch (command?.text ?? '') {
    case 'run':
      return words.flatMap((each) => block(each, [...pluginsAndMappings, namespaces.job], 'run'));
    case 'invoke':
      return first ? block(first, plugins, 'run-plugin') : [];
    case 'test':
      return words.flatMap((each) => block(each, plugins, 'run-plugin'));
    case 'el':
    case 'elt':
      return [
        ...(first ? whole(first, [extractors], 'schedule-plugin') : []),
        ...(second ? whole(second, [loaders], 'schedule-plugin') : []),
      ];
    case 'schedule':
      return first?.text === 'run' && second ? whole(second, [namespaces.schedule], 'run-schedule') : [];
    case 'select':
      return first ? told(first, [extractors], 'schedule-plugin') : [];
    case 'config':
      return toldPlugins(words.slice(0, configWords.has(first?.text ?? '') ? 2 : 1).slice(-1), 'run-plugin');
    case 'lock':
      return toldPlugins(words, 'run-plugin');
    case 'install':
      // It passes over what is not there.
      return toldPlugins(words, 'unsure');
    case 'job':
      return second && (first?.text === 'list' || first?.text === 'remove')
        ? told(second, [namespaces.job], 'schedule-job')
        : [];
    default:
      return [];
  }
}

/** What `config` does in Meltano 4, ahead of the plugin; in Meltano 3 it stands behind. */
const configWords = new Set(['list', 'print', 'reset', 'set', 'test', 'unset']);

/** Plugins that are only told of. In Meltano 3 the type may stand ahead, and `meltano` is Meltano itself. */
function toldPlugins(words: readonly Word[], role: Role): readonly CommandName[] {
  return words.some(({ text }) => text === 'meltano' || isTypeWord(text))
    ? []
    : words.flatMap((each) => told(each, plugins, role));
}

function isTypeWord(text: string): boolean {
  return pluginTypes.some(({ key, what }) => text === key || text === what);
}

function told(word: Word, names: readonly string[], role: Role): readonly CommandName[] {
  return whole(word, names, role).map((each) => ({ ...each, isRun: false }));
}

const extractors = pluginType('extractors')!.namespace;
const loaders = pluginType('loaders')!.namespace;
const pluginsAndMappings = taskNamespaces.filter((namespace) => namespace !== namespaces.command);
const plugins = pluginsAndMappings.filter((namespace) => namespace !== namespaces.mapping);

/** Options that stand alone; the word behind any other one is its value. */
const alone = new Set([
  '--all',
  '--clean',
  '--containers',
  '--dry',
  '--dry-run',
  '--exclude',
  '--extras',
  '--force',
  '--full-refresh',
  '--no-full-refresh',
  '--install',
  '--json',
  '--list',
  '--list-commands',
  '--merge-state',
  '--no-install',
  '--no-state-update',
  '--only-install',
  '--refresh-catalog',
  '--remove',
  '--rm',
  '--safe',
  '--unsafe',
  '--update',
  '-f',
  '-u',
]);

function positional(words: readonly Word[]): readonly Word[] {
  return words.filter(({ text }, at) => {
    if (text.startsWith('-')) return false;
    const before = words[at - 1]?.text ?? '';
    return !before.startsWith('-') || before.includes('=') || alone.has(before);
  });
}

/** `tap-shop`, `dbt-duckdb:build`. */
function block(word: Word, names: readonly string[], role: Role): readonly CommandName[] {
  const [plugin = '', command, ...more] = word.text.split(':');
  if (command === undefined || more.length > 0) return whole(word, names, role);
  const behind = plugin.length + 1;
  return [
    ...whole({ ...word, text: plugin }, plugins, 'run-plugin'),
    ...(isPlain(plugin) && isPlain(command)
      ? [
          {
            namespaces: [namespaces.command],
            name: word.text,
            prefix: `${plugin}:`,
            role: 'unsure' satisfies Role,
            at: behind,
            word: word.word,
          },
        ]
      : []),
  ];
}

function whole(
  word: Word,
  names: readonly string[],
  role: Role,
  offsets?: ReadonlyMap<Word, number>,
): readonly CommandName[] {
  if (!isPlain(word.text)) return [];
  const at = offsets?.get(word) ?? 0;
  return [{ namespaces: names, name: word.text, role, at, word: word.word, isRun: offsets === undefined }];
}

/** What a variable, a parameter or a shell decides is no name. */
function isPlain(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
