import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
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
import { plainText } from './entries.ts';
import { layoutOf } from './layout.ts';
import { isSecondLine } from './version.ts';

/** A data test of a properties file. */
export interface DataTest {
  /** What dbt calls it: its own name, else one that dbt makes of its kind, its place and its arguments. */
  readonly name: string;
  /** Where its kind is written. */
  readonly span: Span;
}

/** The data tests of a properties file whose names are certain. */
export function dataTestsIn(tree: Node | undefined, project: Project): readonly DataTest[] {
  return pairsOf(tree).flatMap(({ key, value }) => {
    if (key.text === 'sources') return itemsOf(value).flatMap((source) => ofSource(source, project));
    const isNodes = key.text === 'models' || key.text === 'seeds' || key.text === 'snapshots';
    return isNodes ? itemsOf(value).flatMap((entry) => ofNode(entry, project)) : [];
  });
}

function ofNode(entry: Node, project: Project): readonly DataTest[] {
  const name = stringOf(get(entry, 'name'));
  // Of versions each has the tests, under a name of its own.
  return name && !get(entry, 'versions') ? ofEntry(entry, { name: name.text, kind: '' }, project) : [];
}

function ofSource(source: Node, project: Project): readonly DataTest[] {
  const name = stringOf(get(source, 'name'));
  return itemsOf(get(source, 'tables')).flatMap((table) => {
    const own = stringOf(get(table, 'name'));
    return name && own ? ofEntry(table, { name: `${name.text}_${own.text}`, kind: 'source_' }, project) : [];
  });
}

interface Target {
  readonly name: string;
  /** Stands before the kind of a test. */
  readonly kind: string;
}

function ofEntry(entry: Node, target: Target, project: Project): readonly DataTest[] {
  const isQuoted = get(entry, 'quote_columns') !== undefined;
  return [
    ...testsOf(entry).flatMap((test) => readTest(test, target, undefined, project)),
    ...itemsOf(get(entry, 'columns')).flatMap((column) => {
      const name = plainText(get(column, 'name'));
      // The database's quotes become part of the name.
      if (name === undefined || isQuoted || get(column, 'quote')) return [];
      return testsOf(column).flatMap((test) => readTest(test, target, name, project));
    }),
  ];
}

function testsOf(entry: Node): readonly Node[] {
  return [...itemsOf(get(entry, 'tests')), ...itemsOf(get(entry, 'data_tests'))];
}

function readTest(
  test: Node,
  target: Target,
  column: string | undefined,
  project: Project,
): readonly DataTest[] {
  const { kind, given } = partsOf(test);
  if (!kind || !/^(?:\w+\.)?\w+$/.test(kind.text)) return [];
  const own = get(given, 'name');
  if (own) {
    const name = plainText(own);
    return name === undefined ? [] : [{ name, span: kind.span }];
  }
  const values = argumentsOf(given, column, project);
  if (!values) return [];
  const [last = '', owner] = kind.text.split('.').reverse();
  const type = `${owner === undefined ? '' : `${owner}_`}${target.kind}${last}`;
  const name = `${type}_${target.name}_${values.join('__')}`;
  // dbt v2 shortens long ones in a way of its own.
  return isSecondLine(project) && name.length >= 64 ? [] : [{ name, span: kind.span }];
}

/** The kind of a test and what is given to it: `unique`, `{unique: {…}}` or `{test_name: unique, …}`. */
function partsOf(test: Node): { readonly kind?: ScalarNode | undefined; readonly given?: MapNode } {
  if (test.kind === 'scalar') return { kind: stringOf(test) };
  if (test.kind !== 'map') return {};
  const named = get(test, 'test_name');
  if (named) return { kind: stringOf(named), given: test };
  const [first] = test.pairs;
  if (test.pairs.length !== 1 || !first) return {};
  return first.value.kind === 'map' ? { kind: first.key, given: first.value } : {};
}

const noArguments: ReadonlySet<string> = new Set([
  'config',
  'description',
  'name',
  'arguments',
  'test_name',
  ...configKeys,
]);

/** The values of the arguments as dbt writes them into a name; undefined where that is not certain. */
function argumentsOf(
  given: MapNode | undefined,
  column: string | undefined,
  project: Project,
): readonly string[] | undefined {
  const nested = get(given, 'arguments');
  if (nested && layoutOf(project).flagsOff.has('require_generic_test_arguments_property')) return undefined;
  const values = new Map<string, readonly (string | undefined)[]>();
  if (column !== undefined) values.set('column_name', [column]);
  for (const { key, value } of [...(given?.pairs ?? []), ...pairsOf(nested)])
    if (!noArguments.has(key.text)) values.set(key.text, partsOfValue(value));
  const found = [...values.keys()].sort().flatMap((key) => values.get(key)!);
  if (found.includes(undefined)) return undefined;
  return found.map((text) => text!.replaceAll(/[^0-9a-zA-Z_]+/g, '_'));
}

function partsOfValue(value: Node): readonly (string | undefined)[] {
  if (value.kind === 'map') return value.pairs.map((pair) => asPython(pair.value));
  return value.kind === 'seq' ? value.items.map(asPython) : [asPython(value)];
}

/** A value as Python prints it. */
function asPython(node: Node): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  const { value, text, style } = node;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value) === text ? text : undefined;
  // Python prints a time in its own way.
  return style === 'plain' && /^\d{4}-\d\d?-\d\d?[Tt ]/.test(text) ? undefined : text;
}
