/** The public names of Meltano's steps. */
export const installStep = 'meltano:install';

export function jobStep(job: string): string {
  return `meltano:job/${job}`;
}

export function pluginStep(plugin: string): string {
  return `meltano:plugin/${plugin}`;
}

export function commandStep(plugin: string, command: string): string {
  return `meltano:plugin/${plugin}:${command}`;
}
