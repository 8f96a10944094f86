import { globToRegExp, wildcards } from '../../../core/glob.ts';
import { get, itemsOf, type Node } from '../../../core/tree.ts';
import { defaultMethod, selectorMethods } from '../selector-spec.ts';
import type { Resource, ResourceType } from './resource.ts';

/** Whether a resource is meant by a method and its value, or why only dbt can tell, in a sentence. */
export type Search = ((resource: Resource) => boolean) | { readonly doubt: string };

/** What a method of dbt's selection looks for; `ownPackage` is the project's. */
export function searchOf(method: string | undefined, value: string, ownPackage: string): Search {
  const [name = '', ...path] = (method ?? defaultMethod(value)).split('.');
  if (name === 'config') return configSearch(path, value);
  const search = Object.hasOwn(searches, name) ? searches[name] : undefined;
  if (search) return search(value, ownPackage);
  return selectorMethods.includes(name)
    ? { doubt: `what \`${name}:\` selects, dbt alone can tell` }
    : { doubt: `dbt has no method \`${name}\`` };
}

const searches: Readonly<Record<string, (value: string, ownPackage: string) => Search>> = {
  fqn: (value) => (resource) => resource.type !== 'source' && isNamed(resource, value),
  tag: (value) => {
    const pattern = wildcards(value);
    return ({ config }) => config.tags.some((tag) => pattern.test(tag));
  },
  path: pathSearch,
  file: (value) => {
    const pattern = wildcards(value);
    return ({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return pattern.test(name) || pattern.test(name.replace(/\.[^.]*$/u, ''));
    };
  },
  package: (value, ownPackage) => {
    const pattern = wildcards(value === 'this' ? ownPackage : value);
    return (resource) => pattern.test(resource.package);
  },
  source: (value) => inParts(value, ['source'], 3),
  exposure: (value) => inParts(value, ['exposure'], 2),
  unit_test: (value) => inParts(value, ['unit_test'], 2),
  group: (value) => {
    const pattern = wildcards(value);
    return ({ type, config }) =>
      type !== 'source' && type !== 'exposure' && pattern.test(textOf(config.values.get('group')) ?? '\n');
  },
  access:
    (value) =>
    ({ type, config }) =>
      type === 'model' && value === (textOf(config.values.get('access')) ?? 'protected'),
  resource_type:
    (value) =>
    ({ type }) =>
      type === value,
  test_name: (value) => {
    const pattern = wildcards(value);
    return ({ type, testName, name }) =>
      type === 'unit_test' ? pattern.test(name) : testName !== undefined && pattern.test(testName);
  },
  test_type: (value) => {
    const types = new Map<string, (resource: Resource) => boolean>([
      ['generic', isGeneric],
      ['schema', isGeneric],
      ['data', ({ type }) => type === 'test'],
      ['singular', (resource) => resource.type === 'test' && !isGeneric(resource)],
      ['unit', ({ type }) => type === 'unit_test'],
    ]);
    return types.get(value) ?? { doubt: `dbt knows no tests of the type \`${value}\`` };
  },
};

function isGeneric({ testName }: Resource): boolean {
  return testName !== undefined;
}

/** By its name alone, or by the folders that lead to it, with or without the package. */
function isNamed({ fqn, name }: Resource, value: string): boolean {
  if (fqn.at(-1) === value || name === value) return true;
  const parts = value.split('.');
  return [fqn, fqn.slice(1)].some((way) =>
    leadsTo(
      way.flatMap((each) => each.split('.')),
      parts,
    ),
  );
}

function leadsTo(way: readonly string[], parts: readonly string[]): boolean {
  if (way.length < parts.length) return false;
  const wild = parts.findIndex((part) => /[*?[\]]/u.test(part));
  const plain = wild < 0 ? parts : parts.slice(0, wild);
  if (!plain.every((part, at) => way[at] === part)) return false;
  return wild < 0 || wildcards(parts.slice(wild).join('.')).test(way.slice(wild).join('.'));
}

/** A file, a folder with all below it, or a pattern of these, seen from the project; its own properties file counts, too. */
function pathSearch(value: string): Search {
  const plain = value.replace(/^\.\//u, '').replace(/\/(?:\*\*)?$/u, '');
  const pattern = globToRegExp(plain);
  if (!pattern) return { doubt: `\`${value}\` leads out of the project` };
  return ({ path, patch }) => {
    const parts = path.split('/');
    const above = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    return above.some((each) => pattern.test(each)) || (patch !== undefined && pattern.test(patch));
  };
}

/** `raw`, `raw.orders`, `shop.raw.orders`: the package first where all parts are given. */
function inParts(value: string, types: readonly ResourceType[], most: number): Search {
  const parts = value.split('.');
  if (parts.length > most) return { doubt: `\`${value}\` has more parts than dbt takes` };
  const [owner, own] = parts.length === most ? [parts[0]!, parts.slice(1)] : ['*', parts];
  const ofPackage = wildcards(owner);
  const patterns = own.map(wildcards);
  return (resource) => {
    if (!types.includes(resource.type) || !ofPackage.test(resource.package)) return false;
    const names = most === 3 ? resource.name.split(/\.(.*)/su) : [resource.name];
    return patterns.every((pattern, at) => pattern.test(names[at] ?? ''));
  };
}

/** What dbt takes where nobody says anything. */
const defaults: Readonly<Record<string, (type: ResourceType) => string | undefined>> = {
  materialized: (type) => (type === 'model' ? 'view' : type === 'source' ? undefined : type),
  enabled: () => 'true',
  severity: (type) => (type === 'test' ? 'ERROR' : undefined),
  group: () => undefined,
  meta: () => undefined,
  tags: () => undefined,
};

function configSearch([key = '', ...inside]: readonly string[], value: string): Search {
  const otherwise = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
  if (!otherwise) return { doubt: `what dbt takes for \`${key}\` where nobody says it, dbt alone can tell` };
  const isEqual = (text: string | undefined): boolean =>
    text !== undefined && (text === value || (key === 'severity' && isAlike(text, value)));
  return ({ type, config }) => {
    if (type === 'exposure' || type === 'unit_test') return false;
    if (key === 'tags') return config.tags.includes(value);
    const node = inside.reduce<Node | undefined>((at, each) => get(at, each), config.values.get(key));
    if (node?.kind === 'seq') return itemsOf(node).some((item) => isEqual(textOf(item)));
    return isEqual(node ? textOf(node) : inside.length > 0 ? undefined : otherwise(type));
  };
}

function isAlike(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function textOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'boolean' ? String(node.value) : node.text;
}
