import type { FactReader } from '../core/fact-index.ts';
import type { Service, ServiceClient } from '../core/services.ts';
import type { Command } from '../core/step.ts';
import type { System } from '../core/system.ts';
import { inContainer, onHost, placeOf } from '../core/where.ts';
import { toFsPath } from '../files/node-files.ts';
import { LocalRunner, type LocalRunnerOptions } from './local-runner.ts';
import { PlacingRunner, type WhereToRun } from './placing-runner.ts';
import type { Runner } from './runner.ts';
import type { ServicePlace } from './service-runner.ts';

/**
 * Runs each command where its tool lives, as the facts of a platform tell; on this machine where no system speaks to
 * services.
 */
export function runnerOf({ systems, facts, local, where, onlyUp = false }: PlacedRunnerOptions): Runner {
  const client = clientOf(systems);
  if (!client) return new LocalRunner(local);
  return new PlacingRunner({ ...local, where, onlyUp, client, servicesOf: servicePlaces(systems, facts) });
}

/** What speaks to services. */
export function clientOf(systems: readonly Pick<System, 'serviceClient'>[]): ServiceClient | undefined {
  return systems.find(({ serviceClient }) => serviceClient)?.serviceClient;
}

export interface PlacedRunnerOptions {
  readonly systems: readonly Pick<System, 'id' | 'tool' | 'serviceClient'>[];
  readonly facts: FactReader;
  readonly local: LocalRunnerOptions;
  readonly where: WhereToRun;
  /** Makes no container. */
  readonly onlyUp?: boolean;
}

/** The compose services that a command's tool is at home in, as facts tell; none for programs that no system is for. */
export function servicePlaces(
  systems: readonly Pick<System, 'id' | 'tool'>[],
  facts: FactReader,
): (command: Command) => readonly ServicePlace[] | { readonly unknown: string } {
  return ({ executable, cwd }) => {
    const system = systems.find(({ tool }) => tool?.executable === executable.name);
    if (!system) return [];
    const place = placeOf({ root: cwd, system: system.id }, facts);
    if (place.kind === 'here') return [];
    if (place.kind === 'unknown') return { unknown: place.reason };
    const isOwn = ({ name }: Service): number => Number(name !== system.id);
    return place.services.toSorted((a, b) => isOwn(a) - isOwn(b)).map(servicePlace);
  };
}

function servicePlace(service: Service): ServicePlace {
  const only = { kind: 'service', services: [service] } as const;
  const others = service.definitions.filter(({ data }) => data?.['file'] === 'other');
  const mounts = service.mounts.flatMap(({ kind, source, target }) =>
    kind === 'bind' && source !== undefined ? [{ inside: target, here: toFsPath(source) }] : [],
  );
  return {
    service: service.name,
    project: {
      // Compose makes one project of a folder.
      folder: toFsPath(service.scope),
      files: [...new Set(others.map(({ path }) => toFsPath(path)))],
      profiles: service.profiles,
    },
    inside: (path) => inContainer(only, path),
    toHost: (path) => {
      const spot = onHost(only, path);
      return spot?.at === 'workspace' ? toFsPath(spot.path) : undefined;
    },
    mounts: mounts.toSorted((a, b) => b.inside.length - a.inside.length),
  };
}
