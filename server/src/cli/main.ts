import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { System } from '../core/system.ts';
import { runCheck } from './check.ts';
import type { CliHost } from './host.ts';
import type { CliIo } from './io.ts';
import { runPlan } from './plan.ts';
import { runReadiness } from './readiness.ts';
import { runRunCommand } from './run.ts';
import { runStepsCommand } from './steps.ts';
import { openFolder, openWorkspace } from './workspace.ts';

export interface CliOptions {
  readonly systems: readonly System[];
  readonly version: string;
  /** The process's own where absent. */
  readonly io?: CliIo;
}

interface CliCommand {
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(args: Arguments, host: CliHost): Promise<number>;
}

interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

const format = { type: 'string', default: 'text' } as const;

const commands: Readonly<Record<string, CliCommand>> = {
  check: {
    usage: 'check [path…]         what is wrong in the configuration',
    options: { format },
    run: ({ values, positionals }, host) => runCheck({ paths: positionals, format: formatOf(values) }, host),
  },
  plan: {
    usage: 'plan [file]           the planning document, read',
    options: { format },
    run: ({ values, positionals }, host) => runPlan({ file: positionals[0], format: formatOf(values) }, host),
  },
  readiness: {
    usage: 'readiness [path]      what the plan claims beside what the platform shows',
    options: { format },
    run: ({ values, positionals }, host) =>
      runReadiness({ path: positionals[0], format: formatOf(values) }, host),
  },
  steps: {
    usage: 'steps                 what can be run here',
    options: { format },
    run: ({ values }, host) => runStepsCommand({ format: formatOf(values) }, host),
  },
  run: {
    usage: 'run STEP…             run steps one after another',
    options: {
      format,
      folder: { type: 'string' },
      'run-id': { type: 'string' },
      'max-parallel': { type: 'string' },
      environment: { type: 'string', multiple: true },
    },
    run: ({ values, positionals }, host) =>
      runRunCommand({ steps: positionals, format: formatOf(values), ...runOptions(values) }, host),
  },
};

/** Runs one command of `penstock` and returns its exit status; 2 where the arguments say nothing that can be done. */
export async function main(
  argv: readonly string[],
  { systems, version, io = processIo() }: CliOptions,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return say(io, `${version}\n`);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return say(io, help(version));
  const command = commands[name];
  if (!command) return refuse(io, `there is no command \`${name}\`; \`penstock help\` lists them`);
  try {
    const args = parseArgs({
      args: rest,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (args.values['help']) return say(io, help(version));
    const log = {
      info() {},
      warn: (message: string) => io.err(`${message}\n`),
      error: (message: string) => io.err(`${message}\n`),
    };
    return await command.run(args, {
      systems,
      io,
      openWorkspace: (folder) => openWorkspace({ systems, folder, log }),
      openFolder: (folder) => openFolder({ systems, folder, log }),
    });
  } catch (error) {
    return refuse(io, error instanceof Error ? error.message : String(error));
  }
}

class UsageError extends Error {}

function formatOf(values: Arguments['values']): 'text' | 'json' {
  const chosen = values['format'];
  if (chosen === 'text' || chosen === 'json') return chosen;
  throw new UsageError(`there is no format \`${String(chosen)}\`; use text or json`);
}

function runOptions(values: Arguments['values']): {
  folder?: string;
  runId?: string;
  maxParallel?: number;
  environments?: string[];
} {
  const { folder, 'run-id': runId, 'max-parallel': parallel, environment } = values;
  const maxParallel = Number(parallel);
  if (parallel !== undefined && !(Number.isInteger(maxParallel) && maxParallel > 0)) {
    throw new UsageError('--max-parallel takes a whole number above 0');
  }
  return {
    ...(typeof folder === 'string' ? { folder } : {}),
    ...(typeof runId === 'string' ? { runId } : {}),
    ...(parallel === undefined ? {} : { maxParallel }),
    ...(Array.isArray(environment) ? { environments: environment.map(String) } : {}),
  };
}

function help(version: string): string {
  const lines = Object.values(commands).map((command) => `  penstock ${command.usage}`);
  return `Penstock ${version}: what is ready, what is wrong, and the flow.\n\n${lines.join('\n')}\n\nEach takes --format text or --format json.\n`;
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
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
  };
}
