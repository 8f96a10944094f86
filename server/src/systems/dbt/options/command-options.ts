import type { Parameter } from '../../../core/step.ts';
import type { DbtVersion } from '../version.ts';

/** dbt's commands that are steps, by the word with which each begins, or its two words. */
export type Command = (typeof commands)[number];

const commands = [
  'build',
  'run',
  'test',
  'seed',
  'snapshot',
  'compile',
  'list',
  'show',
  'retry',
  'deps',
  'debug',
  'source freshness',
  'docs generate',
  'docs serve',
  'run-operation',
] as const;

/** The command among the words that dbt is started with. */
export function commandIn(args: readonly string[]): Command | undefined {
  const at = args.findIndex(
    (word, index) => !word.startsWith('-') && !(args[index - 1] ?? '').startsWith('--log-'),
  );
  const two = args.slice(at, at + 2).join(' ');
  return commands.find((each) => each === args[at] || each === two);
}

/** An option of some commands, as dbt spells it without its dashes. */
export interface CommandOption extends Pick<Parameter, 'name' | 'type' | 'description' | 'options'> {
  readonly commands: readonly Command[];
  /** What switches it off where the project's flags switch it on. */
  readonly negative?: string;
  /** The version of dbt that has it first. */
  readonly since?: DbtVersion;
  /** The one that has it no more. */
  readonly until?: DbtVersion;
}

const connecting: readonly Command[] = commands.filter((each) => each !== 'deps' && each !== 'docs serve');
const threaded = connecting.filter((each) => each !== 'debug' && each !== 'list');
const running: readonly Command[] = ['build', 'run'];
const testing: readonly Command[] = ['build', 'test'];

/** Commands that can be held to a part of the project. */
export const selectingCommands: readonly Command[] = [
  'build',
  'run',
  'test',
  'seed',
  'snapshot',
  'compile',
  'list',
  'show',
  'source freshness',
  'docs generate',
];

/** In the order in which they are asked for; what follows from the project's own names is beside this table. */
const commandOptions: readonly CommandOption[] = [
  { name: 'target', type: 'string', description: 'the output of the profile', commands: connecting },
  { name: 'select', type: 'selection', description: 'what is run', commands: selectingCommands },
  { name: 'exclude', type: 'selection', description: 'what is left out', commands: selectingCommands },
  {
    name: 'full-refresh',
    type: 'boolean',
    description: 'builds incremental models and seeds anew',
    commands: ['build', 'run', 'seed', 'compile'],
  },
  {
    name: 'full-refresh',
    type: 'boolean',
    description: 'builds incremental models and seeds anew',
    commands: ['retry'],
    until: { major: 2, minor: 0 },
  },
  {
    name: 'limit',
    type: 'number',
    description: 'how many rows are shown; all with -1',
    commands: ['show'],
  },
  {
    name: 'upgrade',
    type: 'boolean',
    description: 'takes the newest versions that packages.yml allows',
    commands: ['deps'],
    since: { major: 1, minor: 7 },
  },
  { name: 'port', type: 'number', description: 'where the pages are served', commands: ['docs serve'] },
  {
    name: 'empty',
    type: 'boolean',
    description: 'takes no rows: says whether the SQL works',
    commands: running,
    since: { major: 1, minor: 8 },
  },
  {
    name: 'sample',
    type: 'string',
    description: 'takes the rows of a stretch of time alone: `3 days`',
    commands: running,
    since: { major: 1, minor: 10 },
  },
  {
    name: 'fail-fast',
    type: 'boolean',
    description: 'ends at the first failure',
    commands: ['build', 'run', 'test', 'seed', 'snapshot'],
    negative: 'no-fail-fast',
  },
  {
    name: 'store-failures',
    type: 'boolean',
    description: 'keeps the rows for which tests fail in tables',
    commands: testing,
  },
  {
    name: 'indirect-selection',
    type: 'choice',
    options: ['eager', 'cautious', 'buildable', 'empty'],
    description: 'which tests of what is selected run, where they test something else, too',
    commands: [...testing, 'compile', 'list'],
  },
  {
    name: 'state',
    type: 'string',
    description: 'the folder of an earlier manifest, for `state:modified` and `defer`',
    commands: selectingCommands,
  },
  {
    name: 'defer',
    type: 'boolean',
    description: 'takes what is not built here from where `state` was built',
    commands: ['build', 'run', 'test', 'snapshot', 'compile', 'show'],
    negative: 'no-defer',
  },
  { name: 'threads', type: 'number', description: 'how much runs at once', commands: threaded },
];

/** The options that a command has in that version of dbt. */
export function optionsOf(command: Command, version: DbtVersion): readonly CommandOption[] {
  return commandOptions.filter(
    ({ commands: of, since, until }) =>
      of.includes(command) && (!since || isFrom(version, since)) && (!until || !isFrom(version, until)),
  );
}

function isFrom({ major, minor }: DbtVersion, first: DbtVersion): boolean {
  return major > first.major || (major === first.major && minor >= first.minor);
}
