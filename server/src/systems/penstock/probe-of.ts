import { isOpen, readAddress } from '../../core/address.ts';
import type { Address, JsonValue, Probe, Protocol } from '../../core/evidence.ts';
import { resolvePath } from '../../core/path.ts';
import { get, pairsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { CheckKind, CheckModel } from './checks-model.ts';
import { splitCommand } from './split-command.ts';

/** A probe as it travels with the check's definition; what must be judged by code is told by its kind. */
export type WrittenProbe =
  | Exclude<Probe, { readonly kind: 'artifact' | 'database' | 'query' | 'ran' }>
  | { readonly kind: 'ran'; readonly written: string }
  | { readonly kind: 'junit'; readonly patterns: readonly string[] }
  | { readonly kind: 'coverage'; readonly patterns: readonly string[]; readonly atLeast: number | undefined };

const usualPorts: Readonly<Record<Protocol, number>> = {
  redis: 6379,
  postgres: 5432,
  kafka: 9092,
  elasticsearch: 9200,
};

/** How a check finds out; undefined where it cannot be read, which a finding says. */
export function probeOf({ kinds }: CheckModel, root: string): WrittenProbe | undefined {
  const [only, ...others] = kinds;
  if (!only || others.length > 0) return undefined;
  return readers[only.key.text as CheckKind](only.value, root);
}

/** How many there have to be; none would prove nothing. */
function countAt(node: Node): number {
  return Math.max(1, numberAt(node, 'at-least') ?? 1);
}

const readers: Readonly<Record<CheckKind, (node: Node, root: string) => WrittenProbe | undefined>> = {
  file(node) {
    const patterns = textsAt(node.kind === 'map' ? get(node, 'path') : node);
    return patterns.length === 0 ? undefined : { kind: 'file', patterns, atLeast: countAt(node) };
  },
  valid(node, root) {
    const named = nameOf(node, root);
    return (
      named && {
        kind: 'valid',
        system: named.name,
        ...(named.project === undefined ? {} : { project: named.project }),
      }
    );
  },
  defined(node) {
    const what = textAt(node, 'kind');
    const name = textAt(node, 'name');
    if (what === undefined) return undefined;
    const atLeast = countAt(node);
    return { kind: 'defined', what, atLeast, ...(name === undefined ? {} : { name }) };
  },
  env(node) {
    const names = textsAt(node);
    return names.length === 0 ? undefined : { kind: 'env', names };
  },
  port(node) {
    const address = addressOf(node, undefined);
    return address && { kind: 'port', address };
  },
  http(node) {
    const url = node.kind === 'map' ? textAt(node, 'url') : textsAt(node)[0];
    if (url === undefined || !isHttp(url)) return undefined;
    const status = numberAt(node, 'status');
    return { kind: 'http', url, json: jsonValues(node), ...(status === undefined ? {} : { status }) };
  },
  redis: (node) => hello('redis', node),
  postgres: (node) => hello('postgres', node),
  kafka: (node) => hello('kafka', node),
  elasticsearch: (node) => hello('elasticsearch', node),
  junit(node) {
    const patterns = textsAt(node);
    return patterns.length === 0 ? undefined : { kind: 'junit', patterns };
  },
  coverage(node) {
    const patterns = textsAt(node.kind === 'map' ? get(node, 'path') : node);
    return patterns.length === 0
      ? undefined
      : { kind: 'coverage', patterns, atLeast: numberAt(node, 'at-least') };
  },
  ran(node) {
    const [written] = node.kind === 'scalar' && typeof node.value === 'string' ? textsAt(node) : [];
    return written === undefined || written.startsWith('@') ? undefined : { kind: 'ran', written };
  },
  run(node, root) {
    const command = node.kind === 'map' ? get(node, 'command') : node;
    const words =
      command?.kind === 'scalar' && typeof command.value === 'string'
        ? splitCommand(command.text).words
        : textsAt(command);
    if (words.length === 0) return undefined;
    return {
      kind: 'command',
      words,
      cwd: resolvePath(root, textAt(node, 'cwd') ?? ''),
      exit: numberAt(node, 'exit') ?? 0,
    };
  },
  check(node, root) {
    const named = nameOf(node, root);
    return (
      named && {
        kind: 'check',
        of: named.name,
        ...(named.project === undefined ? {} : { project: named.project }),
      }
    );
  },
};

function hello(protocol: Protocol, node: Node): WrittenProbe | undefined {
  const address = addressOf(node, usualPorts[protocol]);
  return address && { kind: 'hello', protocol, address };
}

/** What `readAddress` reads, `${DB_HOST}:5432`, or `true`: this machine at the usual port. */
export function addressOf(node: Node, usual: number | undefined): Address | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (node.value === true && usual !== undefined) return { host: 'localhost', port: usual };
  const { text } = node;
  if (!isOpen(text)) return readAddress(text, usual);
  return { host: '', port: 0, open: { text, ...(usual === undefined ? {} : { usualPort: usual }) } };
}

export function isHttp(url: string): boolean {
  return isOpen(url) || /^https?:\/\/[^\s/]+/i.test(url);
}

/** A name with the project that is meant behind `@`, where several have one of it. */
function nameOf(node: Node, root: string): { readonly name: string; readonly project?: string } | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const [name = '', label] = node.text.split(/@(.*)/s);
  if (name === '') return undefined;
  return label === undefined ? { name } : { name, project: resolvePath(root, label) };
}

function jsonValues(node: Node): readonly JsonValue[] {
  return pairsOf(get(node, 'json')).map(({ key, value }) => ({
    path: key.text,
    ...(value.kind === 'scalar' && value.value !== null ? { equals: value.text } : {}),
  }));
}

function textsAt(node: Node | undefined): readonly string[] {
  const nodes = node?.kind === 'seq' ? node.items : [node];
  return nodes.flatMap((each) => (isText(each) ? each.text : []));
}

function isText(node: Node | undefined): node is ScalarNode {
  return node?.kind === 'scalar' && node.value !== null && node.text !== '';
}

function textAt(node: Node, key: string): string | undefined {
  return textsAt(get(node, key))[0];
}

function numberAt(node: Node, key: string): number | undefined {
  const found = get(node, key);
  return found?.kind === 'scalar' && typeof found.value === 'number' ? found.value : undefined;
}
