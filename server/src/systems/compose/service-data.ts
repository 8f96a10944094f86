import { folderOf, resolvePath } from '../../core/path.ts';
import type { Service, ServiceData } from '../../core/services.ts';
import type { Span } from '../../core/span.ts';
import { get, itemsOf, pairsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { ComposeFileKind } from './claim.ts';
import { envFilesOf, namesIn, textAt, textsIn } from './model.ts';
import { mountsOf } from './mounts.ts';
import { exposedOf, portsOf } from './ports.ts';
import { fill } from './template.ts';

export interface ServicePlace {
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly kind: ComposeFileKind;
}

/** What others may know of a service: places and names, never a value of its environment. */
export function serviceData(service: Node, { folder, kind }: ServicePlace): ServiceData {
  const texts = {
    image: filled(service, 'image'),
    build: buildOf(get(service, 'build')),
    working_dir: filled(service, 'working_dir'),
    container_name: filled(service, 'container_name'),
    hostname: filled(service, 'hostname'),
    network_mode: filled(service, 'network_mode'),
    extends: extendsOf(get(service, 'extends'), folder),
    file: kind,
    folder,
    // What is no mapping has a fault of its own.
    made:
      service.kind === 'map'
        ? ['image', 'provider', 'build'].findLast((key) => isSaid(get(service, key)))
        : 'unreadable',
    healthcheck: healthcheckOf(get(service, 'healthcheck')),
  };
  const lists = {
    mounts: mountsOf(service),
    ports: itemsOf(get(service, 'ports')).flatMap(portsOf),
    expose: exposedOf(service),
    environment: environmentNames(service).map(({ name }) => name),
    env_files: envFilesOf(service).flatMap(({ path }) => {
      return fill(path.text)?.text ?? [];
    }),
    depends_on: namesIn(get(service, 'depends_on')).map(({ text }) => text),
    profiles: textsIn(get(service, 'profiles')).map(({ text }) => text),
    networks: networksOf(get(service, 'networks')),
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([key, list]) => (list.length > 0 ? [[key, JSON.stringify(list)]] : [])),
    ),
  };
}

/** A hover's line: what it is made of, and what of it can be reached. */
export function aboutService({ image, build, ports, mounts }: ServiceData): string {
  const published = (list(ports) as Service['ports']).map(({ host, container, address }) => {
    const outside = [address, host].filter((each) => each !== undefined).join(':');
    return `${outside === '' ? '' : `${outside} → `}${container}`;
  });
  const mounted = (list(mounts) as Service['mounts']).map(
    ({ target }) => `\`${target.replaceAll('`', '')}\``,
  );
  return [
    image === undefined ? build !== undefined && 'built from its folder' : `\`${image.replaceAll('`', '')}\``,
    published.length > 0 && `ports ${published.join(', ')}`,
    mounted.length > 0 && `mounts ${mounted.join(', ')}`,
  ]
    .filter((part) => part !== false)
    .join(' · ');
}

export interface EnvironmentEntry {
  readonly name: string;
  readonly node: ScalarNode;
  /** Undefined where the value is taken over from whoever starts compose. */
  readonly value: string | undefined;
  /** Where the value stands, if it is written as it is. */
  readonly valueSpan?: Span;
}

/** The variables that a service sets for itself. */
export function environmentNames(service: Node): readonly EnvironmentEntry[] {
  const node = get(service, 'environment');
  if (node?.kind === 'map')
    return pairsOf(node).map(({ key, value }) => ({
      name: key.text,
      node: key,
      value: value.kind === 'scalar' && value.value !== null ? value.text : undefined,
      valueSpan: value.span,
    }));
  return itemsOf(node).flatMap((item): readonly EnvironmentEntry[] => {
    if (item.kind !== 'scalar') return [];
    const at = item.text.indexOf('=');
    const name = at < 0 ? item.text : item.text.slice(0, at);
    if (at < 0) return [{ name, node: item, value: undefined }];
    const valueSpan = { start: item.span.start + at + 1, end: item.span.end };
    return [{ name, node: item, value: item.text.slice(at + 1), valueSpan }];
  });
}

function list(json: string | undefined): readonly unknown[] {
  return json === undefined ? [] : (JSON.parse(json) as unknown[]);
}

/** An image whose variables may all be empty is none yet, but nobody can tell. */
function isSaid(node: Node | undefined): boolean {
  return node !== undefined && !(node.kind === 'scalar' && node.text === '' && node.value !== null);
}

function healthcheckOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'map') return undefined;
  const [disable, test] = [get(node, 'disable'), get(node, 'test')];
  const first = test?.kind === 'seq' ? test.items[0] : test;
  const isOff = disable?.kind === 'scalar' && disable.value === true;
  if (isOff || (first?.kind === 'scalar' && first.text === 'NONE')) return 'off';
  return test ? 'on' : undefined;
}

function filled(service: Node, key: string): string | undefined {
  const text = textAt(service, key)?.text;
  return text === undefined ? undefined : fill(text)?.text;
}

function buildOf(node: Node | undefined): string | undefined {
  if (!node || (node.kind === 'scalar' && node.value === null)) return undefined;
  const context = node.kind === 'scalar' ? node : textAt(node, 'context');
  const text = context ? fill(context.text)?.text : '.';
  return text === undefined || /^[a-z][a-z+]*:|^git@/u.test(text) ? undefined : text;
}

function extendsOf(node: Node | undefined, folder: string): string | undefined {
  const name = node?.kind === 'scalar' ? node : textAt(node, 'service');
  if (!name) return undefined;
  const file = textAt(node, 'file');
  const path = file && fill(file.text)?.text;
  if (file && path === undefined) return undefined;
  return `${path === undefined ? folder : folderOf(resolvePath(folder, path))}#${name.text}`;
}

function networksOf(node: Node | undefined): Service['networks'] {
  if (node?.kind !== 'map') return namesIn(node).map(({ text }) => ({ name: text, aliases: [] }));
  return node.pairs.map(({ key, value }) => ({
    name: key.text,
    aliases: textsIn(get(value, 'aliases')).map(({ text }) => text),
  }));
}
