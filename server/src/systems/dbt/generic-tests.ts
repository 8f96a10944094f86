import type { Use } from '../../core/facts.ts';
import {
  get,
  itemsOf,
  pairsOf,
  stringOf,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../core/tree.ts';
import { configKeys } from './checks/test-config.ts';
import { plainText, roleOf, use, usesAt, type EntryReader } from './entries.ts';
import { isSecondLine } from './version.ts';

/** Keys of a test that are no arguments of its macro. */
const ownKeys: ReadonlySet<string> = new Set([
  'config',
  'description',
  'name',
  'arguments',
  'test_name',
  ...configKeys,
]);

const takenOut: ReadonlySet<string> = new Set(['config', 'description', 'name']);

/** Tests that need nothing: nobody asks about their names, which stand everywhere. */
const bare: ReadonlySet<string> = new Set(['unique', 'not_null']);

/** A test's own name, and every string among its arguments. */
export function genericTestFacts(test: Node, reader: EntryReader): readonly Use[] {
  if (test.kind === 'scalar') return bare.has(test.text) ? [] : testUse(test, undefined, reader);
  if (test.kind !== 'map') return [];
  const named = get(test, 'test_name');
  const [first] = test.pairs;
  const name = named ? stringOf(named) : first?.value.kind === 'map' ? first.key : undefined;
  const map = named ? test : first?.value;
  const found: Use[] = [];
  if (name && map?.kind === 'map') {
    found.push(...testUse(name, map, reader));
    if (name.text === 'relationships') found.push(...relationshipUse(map, reader));
  }
  stringUses(test, reader, found);
  return isSecondLine(reader.project) && map?.kind === 'map' ? withMacrosOfConfig(found, map) : found;
}

/** dbt v2 calls the macros of a test's configuration when it reads the file, unless a condition keeps it from that. */
function withMacrosOfConfig(uses: readonly Use[], map: MapNode): readonly Use[] {
  const values = pairsOf(get(map, 'config')).flatMap(({ value }) =>
    value.kind === 'scalar' && value.text.includes('{{') && !mayDepend.test(value.text) ? [value.span] : [],
  );
  if (values.length === 0) return uses;
  const isCalled = ({ namespaces, span, data }: Use): boolean =>
    namespaces[0] === 'dbt.macro' &&
    data?.['package'] === undefined &&
    data?.['at'] === undefined &&
    values.some(({ start, end }) => span.start >= start && span.end <= end);
  return uses.map((use) => (isCalled(use) ? { ...use, role: 'test' } : use));
}

const mayDepend = /\{%|\b(?:if|and|or)\b/;

function testUse(name: ScalarNode, map: MapNode | undefined, reader: EntryReader): readonly Use[] {
  // As dbt reads it: what follows the name, a colon within the quotes for one, counts for nothing.
  const found = /^(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)/.exec(name.text);
  // A quoted or folded key has no plain place for the part behind the dot.
  if (!found || name.span.end - name.span.start !== name.text.length) return [];
  const [whole, owner, own = ''] = found;
  const given = givenTo(map);
  if (owner === undefined && bare.has(own) && given === '') return [];
  const { scope } = reader.project;
  const isOwn = owner === undefined || owner === reader.package || owner === 'dbt';
  const role = map && roleOf(map) !== 'plain' ? 'deferred' : 'data-test';
  const test: Use = {
    fact: 'use',
    // The first says what a test is that nobody defines, the second is where tests are defined.
    namespaces: ['dbt.generic-test', 'dbt.macro'],
    scope,
    name: `test_${own}`,
    prefix: 'test_',
    span: { start: name.span.start + whole.length - own.length, end: name.span.start + whole.length },
    role,
    ...(given === undefined ? {} : { data: { arguments: given } }),
  };
  if (isOwn) return [test];
  const within = { namespace: 'dbt.package', scope, name: owner };
  const span = { start: name.span.start, end: name.span.start + owner.length };
  return [
    {
      fact: 'use',
      namespaces: ['dbt.package'],
      scope,
      name: owner,
      span,
      role: role === 'deferred' ? role : 'plain',
    },
    { ...test, within },
  ];
}

/** The names of the arguments, with commas; undefined where they cannot be told. */
function givenTo(map: MapNode | undefined): string | undefined {
  if (!map) return '';
  const names: string[] = [];
  const given = get(map, 'arguments');
  if (given && given.kind !== 'map') return undefined;
  for (const { key } of map.pairs) if (!ownKeys.has(key.text)) names.push(key.text);
  // dbt takes configuration, a name and a description out of the arguments, too.
  for (const { key } of pairsOf(given))
    if (!configKeys.has(key.text) && !takenOut.has(key.text)) names.push(key.text);
  return names.join(',');
}

/** The column that a test of relationships looks at, where it is written out whose it is. */
function relationshipUse(map: MapNode, reader: EntryReader): readonly Use[] {
  const given = get(map, 'arguments') ?? map;
  const to = plainText(get(given, 'to'));
  const field = get(given, 'field');
  const target = to === undefined ? undefined : targetOf(to);
  if (target === undefined || field?.kind !== 'scalar' || !/^\w+$/.test(field.text)) return [];
  const at = { start: field.span.start, end: field.span.start };
  const column = { ...use('dbt.column', field, 'relationship', reader), prefix: `${target}.` };
  return [
    { ...column, name: `${target}.${field.text}` },
    // Whether the target's columns are all known is part of its terms.
    { ...use('dbt.terms', field, 'deferred', reader), name: target, span: at },
  ];
}

/** `orders` for `ref('orders')`, `raw.orders` for `source('raw', 'orders')`. */
export function targetOf(text: string): string | undefined {
  const found = /^\s*(ref|source)\s*\(\s*(['"])([\w-]+)\2\s*(?:,\s*(['"])([\w-]+)\4\s*)?\)\s*$/.exec(text);
  if (!found) return undefined;
  const [, call, , first, , second] = found;
  if (call === 'source') return second === undefined ? undefined : `${first}.${second}`;
  return second === undefined ? first : undefined;
}

function stringUses(node: Node, reader: EntryReader, found: Use[]): void {
  if (node.kind === 'scalar') found.push(...usesAt(node, reader, 'test'));
  else if (node.kind === 'map') for (const { value } of node.pairs) stringUses(value, reader, found);
  else for (const item of itemsOf(node)) stringUses(item, reader, found);
}
