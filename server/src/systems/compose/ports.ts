import type { Port } from '../../core/services.ts';
import { get, itemsOf, type Node } from '../../core/tree.ts';
import { fill } from './template.ts';

/** Limit: of a range of ports this many are told. */
const mostOfRange = 50;

/** The ports that an entry of `ports` publishes; none where it cannot be read or a variable decides which port of the container it is. */
export function portsOf(entry: Node): readonly Port[] {
  if (entry.kind === 'scalar') return shortPorts(entry.text);
  const text = (key: string): string | undefined => {
    const node = get(entry, key);
    return node?.kind === 'scalar' ? node.text : undefined;
  };
  const target = text('target');
  if (target === undefined) return [];
  const address = text('host_ip');
  return pair({ host: text('published'), container: target, address, protocol: text('protocol') });
}

/** The ports that `expose` names. */
export function exposedOf(service: Node): readonly number[] {
  return itemsOf(get(service, 'expose')).flatMap((entry) =>
    entry.kind === 'scalar' ? (range(entry.text.split('/')[0]!) ?? []) : [],
  );
}

/** `[[address:]host:]container[/protocol]`, ports or ranges of them. */
function shortPorts(written: string): readonly Port[] {
  return pair(splitPort(written));
}

/** The parts of a short entry as they are written. */
export function splitPort(written: string): Written {
  const [text = '', protocol] = splitProtocol(written);
  const parts = partsOf(text);
  const container = parts.at(-1) ?? '';
  const host = parts.length > 1 ? parts.at(-2) : undefined;
  const address =
    parts.length > 2
      ? parts
          .slice(0, -2)
          .join(':')
          .replace(/^\[|\]$/g, '')
      : undefined;
  return { host, container, address, protocol };
}

function splitProtocol(text: string): readonly string[] {
  const found = /^(.*)\/(\w+)$/.exec(text);
  return found ? [found[1]!, found[2]!.toLowerCase()] : [text];
}

/** At colons outside of variables and of an address in brackets. */
function partsOf(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    if (char === ':' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

export interface Written {
  readonly host: string | undefined;
  readonly container: string;
  readonly address: string | undefined;
  readonly protocol: string | undefined;
}

function pair({ host, container, address, protocol }: Written): readonly Port[] {
  const containers = range(container);
  if (!containers) return [];
  const hosts = host === undefined || host === '' ? undefined : range(host);
  const isPaired = hosts?.length === containers.length;
  return containers.map((port, at) => ({
    ...(isPaired ? { host: hosts[at]! } : {}),
    container: port,
    ...(address ? { address } : {}),
    ...(protocol === 'udp' ? { protocol } : {}),
  }));
}

/** The ports of `8080` or `8080-8082`, defaults of variables put in; undefined where none can be told. */
function range(written: string): readonly number[] | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(fill(written)?.text.trim() ?? '');
  if (!found) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  if (to < from || to > 65_535) return undefined;
  return Array.from({ length: Math.min(to - from + 1, mostOfRange) }, (_, at) => from + at);
}
