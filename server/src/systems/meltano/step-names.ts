/** The public names of Meltano's steps. */
export const installStep = 'meltano:install';

/** Lists the places that loads have reached. */
export const stateStep = 'meltano:state';

export function jobStep(job: string): string {
  return `meltano:job/${job}`;
}

export function pluginStep(plugin: string): string {
  return `meltano:plugin/${plugin}`;
}

export function commandStep(plugin: string, command: string): string {
  return `meltano:plugin/${plugin}:${command}`;
}
