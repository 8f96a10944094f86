import type { Platform } from '../core/platform.ts';
import { allServices, hostNames, type Service } from '../core/services.ts';
import { touches, type Span } from '../core/span.ts';
import { ownOf } from '../core/vocabulary.ts';
import { placeOf } from '../core/where.ts';

/** A host that a tool is told, and the service that it is where the tool runs. */
interface Host {
  readonly span: Span;
  readonly service: Service;
  /** The service that the tool runs in. */
  readonly from: string;
}

/** The host under the cursor, where the file's tool runs in a service and the host is another one. */
export function hostAt({ facts }: Platform, path: string, offset: number): Host | undefined {
  const address = ownOf(facts.of(path), 'network.address').find(({ span }) => touches(span, offset));
  if (!address) return undefined;
  const { project, system } = address.data;
  const place = placeOf({ root: project, system }, facts);
  const [own] = place.kind === 'service' ? place.services : [];
  const service =
    own &&
    allServices(facts).find(
      (each) => each.scope === own.scope && hostNames(each).includes(address.name.toLowerCase()),
    );
  return service && { span: address.span, service, from: own.name };
}

/** What the host under the cursor is, as a line of Markdown. */
export function describeHostAt(
  platform: Platform,
  path: string,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const found = hostAt(platform, path, offset);
  if (!found) return undefined;
  const { span, service, from } = found;
  const ports = [...new Set(service.ports.map(({ container }) => container))].slice(0, mostPorts);
  const listens = ports.length === 0 ? '' : `, which listens on port ${ports.join(', ')}`;
  return {
    span,
    markdown: `In the service ${quoted(from)} this is the service ${quoted(service.name)}${listens}`,
  };
}

/** Limit: a hover is read at a glance. */
const mostPorts = 3;

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '')}\``;
}
