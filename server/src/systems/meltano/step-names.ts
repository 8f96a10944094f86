/** The public names of Meltano's steps. */
export const installStep = 'meltano:install';

/** Lists the places that loads have reached. */
export const stateStep = 'meltano:state';

/** Locks what the project's plugins are. */
export const lockStep = 'meltano:lock';

/** Runs an extractor into a loader, which are chosen for the run. */
export const loadStep = 'meltano:run';

/** Prints, or removes, the place that a load has reached. */
export const stateGetStep = 'meltano:state-get';
export const stateClearStep = 'meltano:state-clear';

/** The steps of the project itself, with what each is about. */
export const projectSteps: readonly (readonly [name: string, about: string])[] = [
  [installStep, 'install plugins'],
  [lockStep, 'locks what plugins are'],
  [loadStep, 'runs an extractor into a loader'],
  [stateStep, 'lists the states of loads'],
  [stateGetStep, 'prints the state of a load'],
  [stateClearStep, 'removes the state of a load'],
];

/** Runs one extractor, into a loader that is chosen for the run. */
export function loadOf(extractor: string): string {
  return `${loadStep}/${extractor}`;
}

/** Tells what streams an extractor finds. */
export function catalogStep(extractor: string): string {
  return `meltano:catalog/${extractor}`;
}

/** Shows how a plugin is configured, secrets left out. */
export function configStep(plugin: string): string {
  return `meltano:config/${plugin}`;
}

/** The extractor's own step, of which a name is another form. */
export function listedStep(name: string): string | undefined {
  const [, plugin] = /^meltano:(?:run|catalog|config)\/([^/]+)$/u.exec(name) ?? [];
  return plugin === undefined ? undefined : pluginStep(plugin);
}

export function jobStep(job: string): string {
  return `meltano:job/${job}`;
}

export function pluginStep(plugin: string): string {
  return `meltano:plugin/${plugin}`;
}

export function commandStep(plugin: string, command: string): string {
  return `meltano:plugin/${plugin}:${command}`;
}
