export interface DriverOptions {
  /** The bundled command line program. */
  readonly program: string;
  /** Workspace folder whose `.penstock/` takes the log; a path of the file system. */
  readonly folder: string;
  readonly runId: string;
  readonly maxParallel: number;
  /** Environments to look for tools in first. */
  readonly environments: readonly string[];
  /** Where steps run: `auto`, `local` or `service`. */
  readonly where: string;
  /** Public names of steps, run in this order; none where a run is resumed. */
  readonly steps: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  /** The id of the run to go on with. */
  readonly resume?: string;
  /** Somebody has said twice that what the steps destroy may go. */
  readonly isSure?: boolean;
}

/** Steps with the values of their parameters, or a run to go on with and what it may not remember. */
export type WhatToRun = Pick<DriverOptions, 'steps' | 'parameters' | 'resume'>;

/** The arguments of the process that drives a run: the same program that a terminal would use. */
export function driverArguments({
  program,
  folder,
  runId,
  maxParallel,
  environments,
  where,
  steps,
  parameters = {},
  resume,
  isSure,
}: DriverOptions): readonly string[] {
  return [
    program,
    'run',
    '--format',
    'json',
    '--folder',
    folder,
    '--run-id',
    runId,
    '--max-parallel',
    String(maxParallel),
    `--in=${where}`,
    // One word each, so that a value is never read as an option.
    ...environments.map((environment) => `--environment=${environment}`),
    ...Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`),
    ...(resume === undefined ? [] : [`--resume=${resume}`]),
    ...(isSure ? ['--yes'] : []),
    // What follows is never read as an option, whatever a step is called.
    '--',
    ...steps,
  ];
}

/** The arguments of a driver that keeps nothing and ends with who started it. */
export function attachedArguments({
  program,
  folder,
  environments,
  where,
  steps,
}: Pick<DriverOptions, 'program' | 'folder' | 'environments' | 'where' | 'steps'>): readonly string[] {
  const named = environments.map((environment) => `--environment=${environment}`);
  const options = ['--attached', '--format', 'json', '--folder', folder, `--in=${where}`, ...named];
  return [program, 'run', ...options, '--', ...steps];
}

/** The arguments of a driver that tells what it would start, and starts nothing. */
export function dryRunArguments({
  program,
  folder,
  steps,
  parameters = {},
}: Pick<DriverOptions, 'program' | 'folder' | 'steps' | 'parameters'>): readonly string[] {
  const given = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  return [program, 'run', '--dry-run', '--folder', folder, ...given, '--', ...steps];
}

/** What to tell the user when the driver ended before the run began; `printed` is what it wrote. */
export function driverFailure(exitCode: number | null, printed: string): string {
  const lines = printed
    .split('\n')
    .map((line) => line.replace(/^penstock: /, '').trim())
    .filter((line) => line !== '');
  const said = lines.slice(-3).join(' ');
  if (said !== '') return `The run could not start: ${said}`;
  return `The run could not start: its process ended ${exitCode === null ? 'by a signal' : `with status ${exitCode}`} and said nothing.`;
}
