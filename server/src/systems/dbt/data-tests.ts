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
import { columnsOfVersion, testedAs } from './version-parts.ts';
import { isSecondLine } from './version.ts';

/** A data test of a properties file. */
export interface DataTest {
  /** What dbt calls it: its own name, else one that dbt makes of its kind, its place and its arguments. */
  readonly name: string;
  /** Where its kind is written. */
  readonly span: Span;
  /** `order_id: unique` */
  readonly label: string;
  readonly tested: TestedNode;
  /** `unique`, `dbt_utils.at_least_one` */
  readonly kind: string;
  /** All that is written of it. */
  readonly node: Node;
  /** The column that it stands at. */
  readonly column: Node | undefined;
}

/** What a data test is about. */
export interface TestedNode {
  /** `orders`, `raw.orders` */
  readonly name: string;
  readonly what: 'model' | 'seed' | 'snapshot' | 'source';
  readonly span: Span;
}

const sections: Readonly<Record<string, 'model' | 'seed' | 'snapshot'>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
};

/** The data tests of a properties file whose names are certain. */
export function dataTestsIn(tree: Node | undefined, project: Project): readonly DataTest[] {
  return pairsOf(tree).flatMap(({ key, value }) => {
    if (key.text === 'sources') return itemsOf(value).flatMap((source) => ofSource(source, project));
    const what = Object.hasOwn(sections, key.text) ? sections[key.text] : undefined;
    return what ? itemsOf(value).flatMap((entry) => ofNode(entry, what, project)) : [];
  });
}

function ofNode(entry: Node, what: TestedNode['what'], project: Project): readonly DataTest[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return [];
  const node = { name: name.text, what, span: name.span };
  const versions = get(entry, 'versions');
  const isQuoted = get(entry, 'quote_columns') !== undefined;
  const tested = { entry, columns: itemsOf(get(entry, 'columns')), isQuoted };
  if (!versions) return ofEntry(tested, { name: name.text, kind: '', node }, project);
  return itemsOf(versions).flatMap((version) => {
    const number = get(version, 'v');
    if (number?.kind !== 'scalar' || !/^\w+$/.test(number.text)) return [];
    const own = { entry: testedAs(entry, version), columns: columnsOfVersion(entry, version), isQuoted };
    return ofEntry(own, { name: `${name.text}_v${number.text}`, kind: '', node }, project);
  });
}

function ofSource(source: Node, project: Project): readonly DataTest[] {
  const name = stringOf(get(source, 'name'));
  return itemsOf(get(source, 'tables')).flatMap((table) => {
    const own = stringOf(get(table, 'name'));
    if (!name || !own) return [];
    const isQuoted = get(table, 'quote_columns') !== undefined;
    const node = { name: `${name.text}.${own.text}`, what: 'source', span: own.span } as const;
    const target = { name: `${name.text}_${own.text}`, kind: 'source_', node };
    return ofEntry({ entry: table, columns: itemsOf(get(table, 'columns')), isQuoted }, target, project);
  });
}

interface Target {
  readonly name: string;
  /** Stands before the kind of a test. */
  readonly kind: string;
  readonly node: TestedNode;
}

interface Tested {
  /** What the tests of the whole stand in. */
  readonly entry: Node;
  readonly columns: readonly Node[];
  /** True where the columns are quoted as a whole, which versions of dbt do not agree about. */
  readonly isQuoted: boolean;
}

function ofEntry(
  { entry, columns, isQuoted }: Tested,
  target: Target,
  project: Project,
): readonly DataTest[] {
  return [
    ...testsOf(entry).flatMap((test) => readTest(test, target, undefined, project)),
    ...columns.flatMap((column) => {
      const name = plainText(get(column, 'name'));
      if (name === undefined || isQuoted) return [];
      const isOwn = isTrue(get(column, 'quote'));
      // The database's quotes become part of the name.
      return testsOf(column).flatMap((test) =>
        readTest(test, target, { node: column, name: isOwn ? `"${name}"` : name }, project),
      );
    }),
  ];
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

/** The tests that are written at a node or a column. */
export function testsOf(entry: Node): readonly Node[] {
  return [...itemsOf(get(entry, 'tests')), ...itemsOf(get(entry, 'data_tests'))];
}

function readTest(
  test: Node,
  target: Target,
  column: { readonly node: Node; readonly name: string } | undefined,
  project: Project,
): readonly DataTest[] {
  const { kind, given } = partsOf(test);
  if (!kind || !/^(?:\w+\.)?\w+$/.test(kind.text)) return [];
  const rest = {
    span: kind.span,
    tested: target.node,
    kind: kind.text,
    node: test,
    column: column?.node,
  };
  const own = get(given, 'name');
  if (own) {
    const name = plainText(own);
    return name === undefined ? [] : [{ name, label: name, ...rest }];
  }
  const values = argumentsOf(given, column?.name, project);
  if (!values) return [];
  const [last = '', owner] = kind.text.split('.').reverse();
  const type = `${owner === undefined ? '' : `${owner}_`}${target.kind}${last}`;
  const name = `${type}_${target.name}_${values.join('__')}`;
  // dbt v2 shortens long ones in a way of its own.
  if (isSecondLine(project) && name.length >= 64) return [];
  return [{ name, label: column === undefined ? kind.text : `${column.name}: ${kind.text}`, ...rest }];
}

/** What is given to a test besides its kind. */
export function givenTo(test: Node): MapNode | undefined {
  return partsOf(test).given;
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
    if (!noArguments.has(key.text)) values.set(key.text, partsOfValue(value, isSecondLine(project)));
  const found = [...values.keys()].sort().flatMap((key) => values.get(key)!);
  if (found.includes(undefined)) return undefined;
  return found.map((text) => text!.replaceAll(/[^0-9a-zA-Z_]+/g, '_'));
}

function partsOfValue(value: Node, isSecond: boolean): readonly (string | undefined)[] {
  if (value.kind === 'scalar') return [asPython(value)];
  // dbt v2 has an order of its own.
  if (value.kind === 'map' && isSecond && value.pairs.length > 1) return [undefined];
  const parts = value.kind === 'map' ? value.pairs.map((pair) => pair.value) : value.items;
  return parts.map((part) => (part.kind === 'scalar' ? asPython(part) : nested(part, isSecond)));
}

/** A value as Python prints it. */
function asPython(node: ScalarNode): string | undefined {
  const { value, text, style } = node;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value) === text ? text : undefined;
  // Python prints a time in its own way.
  return style === 'plain' && /^\d{4}-\d\d?-\d\d?[Tt ]/.test(text) ? undefined : text;
}

/** A list in a list, or a mapping in one, as Python shows it: what marks it off matters, not how. */
function nested(node: Node, isSecond: boolean): string | undefined {
  if (node.kind === 'scalar') {
    // Python escapes what cannot be printed, and dbt v2 has other words for these.
    if (/[^ -~]/.test(node.text) || (isSecond && typeof node.value === 'boolean') || node.value === undefined)
      return undefined;
    return isSecond && node.value === null ? undefined : quotedAsPython(node);
  }
  if (node.kind === 'map' && isSecond && node.pairs.length > 1) return undefined;
  const parts =
    node.kind === 'seq'
      ? node.items.map((item) => nested(item, isSecond))
      : node.pairs.map(({ key, value }) => joinPair(nested(key, isSecond), nested(value, isSecond)));
  return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`;
}

function joinPair(key: string | undefined, value: string | undefined): string | undefined {
  return key === undefined || value === undefined ? undefined : `${key}: ${value}`;
}

function quotedAsPython(node: ScalarNode): string | undefined {
  const shown = asPython(node);
  return typeof node.value === 'string' && shown !== undefined ? `'${shown}'` : shown;
}
