import type { ServiceClient } from '../core/services.ts';
import type { Command } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import { findTool } from '../files/tools.ts';
import { ComposeClient } from './compose-client.ts';
import { LocalRunner, type LocalRunnerOptions } from './local-runner.ts';
import type { Runner, RunnerHooks, RunningProcess } from './runner.ts';
import { ServiceRunner, type ServicePlace } from './service-runner.ts';

/**
 * Where a person wants commands to run. `auto`: here where the program is here, else in its service;
 * `service`: in its service, and here what has none.
 */
export type WhereToRun = 'auto' | 'local' | 'service';

export interface PlacingRunnerOptions extends LocalRunnerOptions {
  readonly where: WhereToRun;
  /** What speaks to services. */
  readonly client: ServiceClient;
  /** True for who must change nothing: no container is made for a command. */
  readonly onlyUp?: boolean;
  /** The services that a command could run in, the likeliest first; none where it is at home here; or why that is not known. */
  readonly servicesOf: (command: Command) => readonly ServicePlace[] | { readonly unknown: string };
}

/** Runs each command where its tool lives: on this machine, or in the compose service that the platform has for it. */
export class PlacingRunner implements Runner {
  readonly #options: PlacingRunnerOptions;
  readonly #local: LocalRunner;
  readonly #client: ComposeClient;

  constructor(options: PlacingRunnerOptions) {
    this.#options = options;
    this.#local = new LocalRunner(options);
    this.#client = new ComposeClient(options);
  }

  /** On this machine, for who asks for nothing else. */
  start(command: Command, hooks: RunnerHooks): RunningProcess {
    return this.#local.start(command, hooks);
  }

  async runnerFor(command: Command): Promise<Runner> {
    const { where, servicesOf } = this.#options;
    if (where === 'local') return this.#local;
    const missing = where === 'auto' ? this.#missingHere(command) : undefined;
    if (where === 'auto' && missing === undefined) return this.#local;
    const name = `\`${command.executable.name}\``;
    const found = servicesOf(command);
    if ('unknown' in found)
      return where === 'auto'
        ? this.#local
        : refusing(`${name} cannot run in a service, because ${found.unknown}`);
    if (found.length === 0) return this.#local;
    const runner = await this.#inOneOf(command, found, missing ?? 'that was asked for');
    if (!('refused' in runner)) return runner;
    const { install } = command.executable;
    const how = install === '' ? '' : `; install it with: ${install}`;
    const start = missing === undefined ? '' : `${name} ${missing}${how}. `;
    const service = `It could run in the service \`${found[0]!.service}\`, but ${runner.refused}`;
    return refusing(start === '' ? runner.refused : start + service);
  }

  #missingHere({ executable, cwd }: Command): string | undefined {
    const { folder, environments, env } = this.#options;
    const query = { executable: executable.name, distributions: [] };
    const found = findTool(query, toFsPath(cwd), folder, environments, env);
    return found.path === undefined
      ? `was not found on this machine (looked in ${found.searched.join(', ')})`
      : undefined;
  }

  async #inOneOf(
    command: Command,
    places: readonly ServicePlace[],
    because: string,
  ): Promise<Runner | { readonly refused: string }> {
    const docker = this.#client.find();
    if ('missing' in docker) return { refused: docker.missing };
    const [first] = places;
    const answer = await this.#client.running(first!.project);
    if (!answer.ok) return { refused: answer.message };
    const up = places.find(({ service }) => answer.services!.has(service));
    const place = up ?? first!;
    const folder = place.inside(command.cwd);
    if (folder === undefined)
      return { refused: `the service \`${place.service}\` does not see ${toFsPath(command.cwd)}` };
    const shared = {
      place,
      because: because.startsWith('was ') ? `\`${command.executable.name}\` ${because}` : because,
      folder,
      client: this.#client,
      docker: docker.path,
      local: this.#local,
    };
    if (up) return new ServiceRunner({ ...shared, how: 'exec' });
    if (this.#options.onlyUp === true)
      return {
        refused: `the service \`${place.service}\` is down; ${startIt(place, this.#options.client)}`,
      };
    const images = await this.#client.missingImages(place.project, place.service);
    if (!images.ok) return { refused: images.message };
    if (images.images!.length > 0) return { refused: notHere(place, images.images!, this.#options.client) };
    return new ServiceRunner({ ...shared, how: 'run' });
  }
}

/** Nothing is downloaded or built that nobody asked for. */
function notHere(place: ServicePlace, images: readonly string[], client: ServiceClient): string {
  const names = images.map((image) => `\`${image}\``).join(', ');
  return `the service \`${place.service}\` is down and ${names} ${images.length === 1 ? 'is' : 'are'} not on this machine; ${startIt(place, client)}`;
}

function startIt({ service }: ServicePlace, { program, words }: ServiceClient): string {
  return `start it with: ${[program, ...words].join(' ')} up -d ${service}`;
}

function refusing(message: string): Runner {
  return {
    start: ({ executable, args }) => ({
      pid: undefined,
      argv: [executable.name, ...args],
      finished: Promise.resolve({ kind: 'not-started', message }),
      signal: () => [],
    }),
  };
}
