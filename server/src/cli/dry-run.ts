import { relative } from 'node:path';
import { toFsPath } from '../files/node-files.ts';
import type { Redactor } from '../runs/redact.ts';
import type { PlannedStep } from '../runs/run-plan.ts';

export interface DryRun {
  readonly planned: readonly PlannedStep[];
  readonly format: 'text' | 'json';
  /** The folder that paths are shown from. */
  readonly cwd: string;
  readonly redact: Pick<Redactor, 'line' | 'command'>;
}

/** What a run would start, in its order, secrets masked: lines for a shell, or JSON. Starts nothing. */
export function dryRunText({ planned, format, cwd, redact }: DryRun): string {
  const steps = planned.map((step) => describe(step, redact));
  if (format === 'json') return `${JSON.stringify({ steps }, undefined, 2)}\n`;
  return steps.map((step) => `${lineOf(step, cwd)}\n`).join('');
}

interface DescribedStep {
  readonly id: string;
  /** The program and its arguments; absent where it cannot be run. */
  readonly command?: readonly string[];
  readonly cwd?: string;
  /** What is set beside what is set already. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why it does not run, in a sentence. */
  readonly message?: string;
}

function describe({ head: { id }, work, reuse }: PlannedStep, redact: DryRun['redact']): DescribedStep {
  if (reuse !== undefined) return { id, message: `succeeded in run ${reuse} already` };
  if (work.kind === 'unrunnable') return { id, message: redact.line(work.message) };
  const { executable, args, cwd, env } = work.command;
  const variables = Object.entries(env ?? {}).map(([name, value]) => [name, redact.line(value)]);
  return {
    id,
    command: redact.command([executable.name, ...args]),
    cwd: toFsPath(cwd),
    ...(variables.length === 0 ? {} : { env: Object.fromEntries(variables) as Record<string, string> }),
  };
}

/** `cd dbt && NAME=value dbt build` */
function lineOf({ id, command, cwd = '', env = {}, message }: DescribedStep, base: string): string {
  if (!command) return `# ${id}: ${message}`.replaceAll('\n', ' ');
  const way = relative(base, cwd);
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `);
  const words = `${variables.join('')}${command.map(quoted).join(' ')}`;
  return way === '' ? words : `cd ${quoted(way.startsWith('..') ? cwd : way)} && ${words}`;
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
