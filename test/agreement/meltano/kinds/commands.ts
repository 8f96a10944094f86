/** Command lines that find what loading a project does not; nothing is installed. */
export const dryRun = (...blocks: readonly string[]): string =>
  `run --dry-run --no-install ${blocks.join(' ')}`;
export const realRun = (...blocks: readonly string[]): string => `run --no-install ${blocks.join(' ')}`;
export const invoke = (plugin: string): string => `invoke --no-install ${plugin}`;
export const compile = 'compile';
export const schedules = 'schedule list';
export const setInterval = (interval: string): string => `schedule set nightly --interval '${interval}'`;

/** Reported as less than an error, because Meltano asks no sooner. */
export const onlyWhenSet = 'Meltano asks only when `meltano schedule add` or `set` writes it';
export const onHub = 'Meltano Hub may know the plugin';

/** Left to Meltano. */
const left = (reason: string): { readonly v3: string; readonly v4: string } => ({ v3: reason, v4: reason });
export const onlyCompile = left('only `meltano compile` refuses it, which is in beta');
export const onDisk = left('only the disk tells which folders there are');
