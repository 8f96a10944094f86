import type { FactReader } from '../../../core/fact-index.ts';
import { isInside } from '../../../core/path.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { allServices, hostNames, whereNamespaces, type Service } from '../../../core/services.ts';
import { ownOf, type NetworkAddress } from '../../../core/vocabulary.ts';
import { placeOf } from '../../../core/where.ts';

/**
 * A host that is another one, or none, where the tool runs: the name of a service of a compose file means nothing
 * outside of it, and inside a service `localhost` is the service itself.
 */
export const unreachableHost: BetweenRule = {
  id: 'platform/unreachable-host',
  severity: 'warning',
  over: ['network.address', ...whereNamespaces],
  check({ facts: own }, facts, report) {
    for (const address of ownOf(own, 'network.address')) {
      const found = problemOf(address.name, address.data, facts);
      if (!found) continue;
      const related = found.service.definitions.map(({ path, span, name }) => ({
        path,
        span,
        message: `the service \`${name}\` is defined here`,
      }));
      report(address, found.message, { related });
    }
  },
};

interface Found {
  readonly message: string;
  readonly service: Service;
}

function problemOf(
  host: string,
  { project, system, opener, port }: NetworkAddress,
  facts: FactReader,
): Found | undefined {
  const services = allServices(facts);
  if (services.length === 0 || services.some(({ scope }) => isOpen(scope, facts))) return undefined;
  const place = placeOf({ root: project, system }, facts);
  if (place.kind === 'unknown') return undefined;
  if (place.kind === 'service') {
    const around = { services, opener, port };
    return isLocal(host) ? inside(place.services, around) : misnumbered(host, place.services, around);
  }
  // An image that is built from around the project may hold it.
  if (services.some(({ build }) => build !== undefined && isInside(project, build))) return undefined;
  return isLocal(host) ? unpublished(services, port) : outside(host, services, opener);
}

/** There may be more services than can be seen. */
function isOpen(scope: string, facts: FactReader): boolean {
  return facts.holes('container.service', scope).length > 0;
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1';
}

/** The name of a service, used by a tool that runs on this machine. */
function outside(host: string, services: readonly Service[], opener: string): Found | undefined {
  const service = services.find((each) => hostNames(each).includes(host));
  if (!service) return undefined;
  const [published] = service.ports.filter((each) => each.host !== undefined && each.protocol !== 'udp');
  const from = published
    ? `from here it is \`localhost\`, port ${published.host}`
    : 'publish a port of it under `ports`, and connect to `localhost`';
  return {
    service,
    message: `\`${host}\` is a service whose name only other services know, and ${opener} runs outside of them; ${from}`,
  };
}

interface Inside {
  readonly services: readonly Service[];
  readonly opener: string;
  readonly port: string;
}

/** `localhost`, used by a tool that runs in a service, for a port that another one listens on. */
function inside(own: readonly Service[], { services, opener, port }: Inside): Found | undefined {
  if (own.some(({ networkMode }) => networkMode !== undefined)) return undefined;
  if (own.some((service) => listensOn(service, port))) return undefined;
  const others = services.filter(
    (each) => !own.some(({ name, scope }) => name === each.name && scope === each.scope),
  );
  const service = others.find(
    (each) => each.scope === own[0]!.scope && (listensOn(each, port) || publishes(each, port)),
  );
  if (!service) return undefined;
  const listened = service.ports.find((each) => String(each.host) === port)?.container ?? port;
  return {
    service,
    message: `inside the service \`${own[0]!.name}\`, where ${opener} runs, \`localhost\` is that service itself; name \`${service.name}\`, port ${listened}`,
  };
}

/** The name of another service, with the number under which its port is published outside. */
function misnumbered(
  host: string,
  own: readonly Service[],
  { services, opener, port }: Inside,
): Found | undefined {
  const service = services.find((each) => each.scope === own[0]!.scope && hostNames(each).includes(host));
  if (!service || service.networkMode !== undefined || listensOn(service, port)) return undefined;
  const listened = service.ports.find((each) => String(each.host) === port)?.container;
  if (listened === undefined) return undefined;
  return {
    service,
    message: `inside the service \`${own[0]!.name}\`, where ${opener} runs, \`${service.name}\` listens on port ${listened}; ${port} is what it is published as outside`,
  };
}

/** `localhost` with the port that a service has inside, where nothing publishes it under that number. */
function unpublished(services: readonly Service[], port: string): Found | undefined {
  if (port === '' || services.some((each) => publishes(each, port))) return undefined;
  if (
    services.some(
      ({ networkMode, ports }) => networkMode === 'host' || ports.some(({ host }) => host === undefined),
    )
  )
    return undefined;
  const service = services.find((each) => listensOn(each, port) && each.ports.length > 0);
  const published = service?.ports.find((each) => String(each.container) === port)?.host;
  if (!service || published === undefined) return undefined;
  return {
    service,
    message: `nothing publishes port ${port} on this machine; the service \`${service.name}\` publishes it as ${published}`,
  };
}

function listensOn({ ports, exposes }: Service, port: string): boolean {
  return (
    port !== '' &&
    (ports.some(({ container }) => String(container) === port) ||
      exposes.some((each) => String(each) === port))
  );
}

function publishes({ ports }: Service, port: string): boolean {
  return ports.some(({ host }) => String(host) === port);
}
