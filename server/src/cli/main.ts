import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ParseCache } from '../core/kept.ts';
import type { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import type { ReaderOptions } from '../files/node-files.ts';
import type { Shadow } from '../files/shadow.ts';
import { checkFormats, runCheck, type CheckOptions } from './check.ts';
import { severities } from './check-report.ts';
import { outliveReaders } from './closed-pipe.ts';
import { helpOf, isCommand, overview, type CommandName } from './help.ts';
import type { GraphOptions } from './graph.ts';
import type { ReportHost } from './host.ts';
import type { CliIo } from './io.ts';
import { isPlanVerb } from './plan-edit-args.ts';
import { planEditOptions, readPlanOptions } from './plan-options.ts';
import type { RunOptions } from './run.ts';
import type { RunsOptions } from './runs.ts';
import { openFolder, openWorkspace } from './workspace.ts';

export interface CliOptions {
  readonly systems: readonly System[];
  readonly version: string;
  /** The folder (file-system path) with the pages of codes, where it is at hand. */
  readonly pages?: string;
  /** Where platforms are kept between starts; nowhere where absent. */
  readonly cache?: ParseCache;
  /** What reads a large workspace ahead; nothing where absent. */
  readonly reader?: ReaderOptions;
  /** The process's own where absent. */
  readonly io?: CliIo;
}

interface CliCommand {
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many names it takes at most; as many as one likes where absent. */
  readonly names?: number;
  run(args: Arguments, host: ReportHost): Promise<number>;
}

interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

const format = { type: 'string', default: 'text' } as const;

/** What only one command needs is loaded with it, so that the others start sooner. */
const commands: Readonly<Record<CommandName, CliCommand>> = {
  check: {
    options: {
      format,
      fix: { type: 'boolean' },
      severity: { type: 'string' },
      since: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
    },
    run: ({ values, positionals }, host) =>
      runCheck({ paths: positionals, format: chosenOf(values, checkFormats), ...checkOptions(values) }, host),
  },
  plan: {
    options: { format, ...planEditOptions },
    run: async ({ values, positionals: [first, ...names] }, host) => {
      const options = readPlanOptions(values, first, (message) => new UsageError(message));
      if (!isPlanVerb(first)) refuseMore('plan', names, 0);
      if (isPlanVerb(first))
        return (await import('./plan-edit.ts')).runPlanEdit({ verb: first, names, options }, host);
      return (await import('./plan.ts')).runPlan(
        { file: first ?? options.file, format: formatOf(values) },
        host,
      );
    },
  },
  readiness: {
    names: 1,
    options: {
      format,
      network: { type: 'boolean' },
      commands: { type: 'boolean' },
      all: { type: 'boolean' },
      check: { type: 'string', multiple: true },
      'allow-host': { type: 'string', multiple: true },
      'fail-on': { type: 'string' },
      'no-history': { type: 'boolean' },
      min: { type: 'string' },
    },
    run: async ({ values, positionals }, host) => {
      const { readinessFormats, runReadiness } = await import('./readiness.ts');
      const { readinessOptions } = await import('./readiness-options.ts');
      return runReadiness(
        {
          path: positionals[0],
          format: chosenOf(values, readinessFormats),
          options: readinessOptions(values, (message) => new UsageError(message)),
        },
        host,
      );
    },
  },
  steps: {
    options: { format },
    run: async ({ values, positionals }, host) =>
      (await import('./steps.ts')).runStepsCommand({ names: positionals, format: formatOf(values) }, host),
  },
  environment: {
    names: 0,
    options: { format, environment: { type: 'string', multiple: true } },
    run: async ({ values }, host) => {
      const { environment } = values;
      const environments = Array.isArray(environment) ? environment.map(String) : [];
      const { runEnvironment } = await import('./environment.ts');
      return runEnvironment({ format: formatOf(values), environments }, host);
    },
  },
  graph: {
    names: 1,
    options: {
      format,
      from: { type: 'string', multiple: true },
      to: { type: 'string', multiple: true },
      around: { type: 'string', multiple: true },
      depth: { type: 'string' },
      system: { type: 'string', multiple: true },
      states: { type: 'boolean' },
    },
    run: async ({ values, positionals }, host) => {
      const { graphFormats, runGraphCommand } = await import('./graph.ts');
      return runGraphCommand(
        { format: chosenOf(values, graphFormats), ...graphOptions({ values, positionals }) },
        host,
      );
    },
  },
  runs: {
    options: {
      format: { type: 'string' },
      folder: { type: 'string' },
      limit: { type: 'string' },
      status: { type: 'string', multiple: true },
      step: { type: 'string' },
      search: { type: 'string', multiple: true },
      since: { type: 'string' },
      until: { type: 'string' },
      keep: { type: 'string' },
      days: { type: 'string' },
      megabytes: { type: 'string' },
    },
    run: async ({ values, positionals }, { io }) => {
      const { runRunsCommand, runsFormats } = await import('./runs.ts');
      const format = chosenOf(
        { format: positionals[0] === 'export' ? 'json' : 'text', ...values },
        runsFormats,
      );
      return runRunsCommand({ words: positionals, format, ...runsOptions(values) }, io);
    },
  },
  schema: {
    names: 1,
    options: {},
    run: async ({ positionals }, host) =>
      (await import('./schema.ts')).runSchemaCommand(positionals[0], host),
  },
  run: {
    options: {
      format,
      folder: { type: 'string' },
      'run-id': { type: 'string' },
      'max-parallel': { type: 'string' },
      'pause-before': { type: 'string', multiple: true },
      environment: { type: 'string', multiple: true },
      attached: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean' },
      param: { type: 'string', multiple: true },
      resume: { type: 'string' },
      'only-failed': { type: 'boolean' },
      rerun: { type: 'string' },
      in: { type: 'string' },
    },
    run: async ({ values, positionals }, host) =>
      (await import('./run.ts')).runRunCommand(
        { steps: positionals, format: formatOf(values), ...runOptions(values) },
        host,
      ),
  },
};

/** Runs one command of `penstock` and returns its exit status; 2 where the arguments say nothing that can be done. */
export async function main(
  argv: readonly string[],
  { systems, version, pages, cache, reader, io = processIo() }: CliOptions,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return say(io, `${version}\n`);
  if (name === 'help' && rest[0] !== undefined && isCommand(rest[0])) return say(io, helpOf(rest[0]));
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return say(io, overview(version));
  if (!isCommand(name)) return refuse(io, `there is no command \`${name}\`; \`penstock help\` lists them`);
  const command = commands[name];
  try {
    const args = parseArgs({
      args: rest,
      options: {
        ...command.options,
        help: { type: 'boolean', short: 'h' },
        'no-cache': { type: 'boolean' },
      },
      allowPositionals: true,
    });
    if (args.values['help']) return say(io, helpOf(name));
    refuseMore(name, args.positionals, command.names);
    const log = {
      info() {},
      warn: (message: string) => io.err(`${message}\n`),
      error: (message: string) => io.err(`${message}\n`),
    };
    const reading = {
      ...(cache && !args.values['no-cache'] ? { cache } : {}),
      ...(reader ? { reader } : {}),
    };
    const opened: { readonly platform: Platform; readonly shadow: Shadow }[] = [];
    const status = await command.run(args, {
      systems,
      io,
      version,
      pages,
      openWorkspace: async (folder, shadow = new Map()) => {
        const platform = await openWorkspace({ systems, folder, log, ...reading, shadow });
        opened.push({ platform, shadow });
        return platform;
      },
      openFolder: (folder) => openFolder({ systems, folder, log, ...reading }),
    });
    // What was seen through a shadow is not what lies on disk.
    for (const { platform, shadow } of opened) if (shadow.size === 0) await platform.keep();
    return status;
  } catch (error) {
    return refuse(io, error instanceof Error ? error.message : String(error));
  }
}

class UsageError extends Error {}

/** What nobody looks at is refused: it was meant for something. */
function refuseMore(command: string, names: readonly string[], most = Infinity): void {
  if (names.length <= most) return;
  throw new UsageError(`\`penstock ${command}\` does not know what to do with \`${names[most]}\``);
}

function formatOf(values: Arguments['values']): 'text' | 'json' {
  const chosen = values['format'];
  if (chosen === 'text' || chosen === 'json') return chosen;
  throw new UsageError(`there is no format \`${String(chosen)}\`; use text or json`);
}

/** The format that is asked for, of those a command writes. */
function chosenOf<Format extends string>(
  values: Arguments['values'],
  formats: Readonly<Record<Format, unknown>>,
): Format {
  const chosen = String(values['format']);
  const names = Object.keys(formats) as Format[];
  const format = names.find((each) => each === chosen);
  if (format) return format;
  throw new UsageError(`there is no format \`${chosen}\`; use ${names.join(', ')}`);
}

function graphOptions({ values, positionals }: Arguments): Omit<GraphOptions, 'format'> {
  const list = (name: string): readonly string[] => {
    const given = values[name];
    return Array.isArray(given) ? given.map(String) : [];
  };
  const depth = Number(values['depth']);
  if (values['depth'] !== undefined && !(Number.isInteger(depth) && depth >= 0))
    throw new UsageError('--depth takes a whole number');
  const [pipeline] = positionals;
  return {
    from: list('from'),
    to: list('to'),
    around: list('around'),
    systems: list('system'),
    ...(values['states'] === true ? { states: true } : {}),
    ...(values['depth'] === undefined ? {} : { depth }),
    ...(pipeline === undefined ? {} : { pipeline }),
  };
}

function checkOptions(values: Arguments['values']): Omit<CheckOptions, 'paths' | 'format'> {
  const { fix, severity, since, baseline, 'write-baseline': writeBaseline } = values;
  const threshold = severities.find((each) => each === severity);
  if (severity !== undefined && !threshold) {
    throw new UsageError(`there is no severity \`${String(severity)}\`; use ${severities.join(', ')}`);
  }
  return {
    fix: fix === true,
    ...(threshold ? { threshold } : {}),
    ...(typeof since === 'string' ? { since } : {}),
    ...(typeof baseline === 'string' ? { baseline } : {}),
    ...(typeof writeBaseline === 'string' ? { writeBaseline } : {}),
  };
}

function runOptions(values: Arguments['values']): Omit<RunOptions, 'steps' | 'format'> {
  const { folder, 'run-id': runId, 'max-parallel': parallel, environment, attached, param, resume } = values;
  const { 'pause-before': pauseBefore, 'only-failed': onlyFailed, rerun, in: place } = values;
  const { 'dry-run': dryRun, yes } = values;
  const where = (['auto', 'local', 'service'] as const).find((each) => each === place);
  if (place !== undefined && !where)
    throw new UsageError(`there is no place \`${String(place)}\` to run in; use auto, local or service`);
  const maxParallel = Number(parallel);
  if (parallel !== undefined && !(Number.isInteger(maxParallel) && maxParallel > 0)) {
    throw new UsageError('--max-parallel takes a whole number above 0');
  }
  return {
    ...(typeof folder === 'string' ? { folder } : {}),
    ...(typeof runId === 'string' ? { runId } : {}),
    ...(parallel === undefined ? {} : { maxParallel }),
    ...(attached === true ? { attached } : {}),
    ...(dryRun === true ? { dryRun } : {}),
    ...(yes === true ? { yes } : {}),
    ...(Array.isArray(environment) ? { environments: environment.map(String) } : {}),
    ...(Array.isArray(pauseBefore) ? { pauseBefore: pauseBefore.map(String) } : {}),
    ...(Array.isArray(param) ? { parameters: param.map(String) } : {}),
    ...(typeof resume === 'string' ? { resume } : {}),
    ...(onlyFailed === true ? { onlyFailed } : {}),
    ...(typeof rerun === 'string' ? { rerun } : {}),
    ...(where ? { where } : {}),
  };
}

function runsOptions(values: Arguments['values']): Omit<RunsOptions, 'words' | 'format'> {
  const { folder, status, step, search, since, until } = values;
  const number = (name: string): number | undefined => {
    const given = values[name];
    if (given === undefined) return undefined;
    if (!/^\d+$/.test(String(given))) throw new UsageError(`--${name} takes a whole number`);
    return Number(given);
  };
  const limit = number('limit');
  const given = { keep: number('keep'), days: number('days'), megabytes: number('megabytes') };
  return {
    query: {
      ...(Array.isArray(status) ? { statuses: status.map(String) } : {}),
      ...(typeof step === 'string' ? { step } : {}),
      ...(Array.isArray(search) ? { words: search.map(String) } : {}),
      ...(typeof since === 'string' ? { since } : {}),
      ...(typeof until === 'string' ? { until } : {}),
    },
    retention: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(typeof folder === 'string' ? { folder } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
}

function say(io: CliIo, text: string): number {
  io.out(text);
  return 0;
}

function refuse(io: CliIo, message: string): number {
  io.err(`penstock: ${message}\n`);
  return 2;
}

function processIo(): CliIo {
  outliveReaders();
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    hasColors: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  };
}
