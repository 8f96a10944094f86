import type { Surroundings } from '../../../core/artifact.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import { yamlPlaceAt, type YamlPlace } from '../../../core/schema/yaml-place.ts';
import { SourceFile } from '../../../core/source-file.ts';
import { touches } from '../../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../../core/system.ts';
import { get, itemsOf, nodeAt, pairsOf, stringOf, type Node } from '../../../core/tree.ts';
import { KnownColumns, type Column } from './known-columns.ts';
import type { NamedRelation } from './sql-words.ts';
import { suggestColumn } from './suggest-column.ts';

/** Settings and arguments that name columns of what they stand at. */
export const columnKeys =
  /^(?:unique_key|check_cols|updated_at|partition_by|cluster_by|sort|dist|event_time|loaded_at_field|standard_granularity_column|field|columns?|column_name|column_list|group_by|order_by|timestamp_column|\w+_columns?|\w+_of_columns)$/;

/** Columns where a properties file names some: of the thing that it describes, or of the one that is named beside. */
export function completeYamlColumns(
  file: ParsedFile,
  offset: number,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  const { source, tree } = file;
  const place = yamlPlaceAt(source, offset) ?? placeInBraces(source, offset);
  if (!tree || !place) return [];
  const wanted = wantedAt(tree, place);
  if (!wanted) return [];
  const { relation, asKeys } = wanted;
  const there = new Set(
    wanted.there.filter(({ span }) => !touches(span, offset)).map(({ text }) => text.toLowerCase()),
  );
  const columns = new KnownColumns(file, facts, around, offset).of(relation);
  return columns
    .filter(({ name }) => !there.has(name.toLowerCase()))
    .map((column) => (asKeys ? keyOf(column, place, source) : nameOf(column, place)));
}

/** YAML takes a name as it is, or in quotes. */
function nameOf(column: Column, { span }: YamlPlace): Suggestion {
  const isPlain = /^[A-Za-z_][\w $.-]*$/.test(column.name);
  const written = isPlain ? column.name : JSON.stringify(column.name);
  return { ...suggestColumn(column, span), insertText: written };
}

function keyOf(column: Column, place: YamlPlace, source: SourceFile): Suggestion {
  const suggestion = nameOf(column, place);
  const isWritten = /^\s*:/.test(source.text.slice(place.span.end, place.span.end + 20));
  return { ...suggestion, kind: 'key', insertText: `${suggestion.insertText}${isWritten ? '' : ': '}` };
}

interface Wanted {
  readonly relation: NamedRelation;
  /** Names that stand there already. */
  readonly there: readonly { readonly text: string; readonly span: Node['span'] }[];
  readonly asKeys?: true;
}

function wantedAt(tree: Node, { pointer, kind }: YamlPlace): Wanted | undefined {
  const [section = '', index = ''] = pointer;
  const entry = nodeAt(tree, [section, index]);
  if (section === 'unit_tests') return inUnitTest(tree, entry, pointer, kind);
  if (kind === 'key') return undefined;
  if (section === 'semantic_models') {
    const relation = relationIn(get(entry, 'model'));
    const isPart =
      /^(?:entities|dimensions|measures)$/.test(pointer[2] ?? '') && /^(?:expr|name)$/.test(pointer[4] ?? '');
    return relation && isPart ? { relation, there: [] } : undefined;
  }
  const isTable = section === 'sources' && pointer[2] === 'tables';
  if (!isTable && !/^(?:models|seeds|snapshots)$/.test(section)) return undefined;
  const owner = isTable ? nodeAt(tree, pointer.slice(0, 4)) : entry;
  const name = stringOf(get(owner, 'name'))?.text;
  const source = stringOf(get(entry, 'name'))?.text;
  if (name === undefined || source === undefined) return undefined;
  const own: NamedRelation = isTable ? { kind: 'source', name: source, table: name } : { kind: 'ref', name };
  const rest = pointer.slice(isTable ? 4 : 2);
  return inEntry(tree, pointer, rest, own);
}

function inEntry(
  tree: Node,
  pointer: readonly string[],
  rest: readonly string[],
  own: NamedRelation,
): Wanted | undefined {
  const above = pointer.length - rest.length;
  if (rest.at(-1) === 'name' && rest.at(-3) === 'columns' && !rest.includes('constraints')) {
    const listed = itemsOf(nodeAt(tree, pointer.slice(0, -2)));
    return { relation: own, there: listed.flatMap((each) => stringOf(get(each, 'name')) ?? []) };
  }
  // The key that the value, or the list it stands in, belongs to.
  const at = rest.findLastIndex((each) => !/^\d+$/.test(each));
  const key = rest[at] ?? '';
  const beside = nodeAt(tree, pointer.slice(0, above + at));
  const to = get(beside, 'to');
  if (to && (key === 'field' || key === 'to_columns')) {
    const relation = relationIn(to);
    return relation && { relation, there: [] };
  }
  const isTest = rest.includes('data_tests') || rest.includes('tests');
  const isSetting =
    rest.includes('config') || rest.includes('constraints') || rest[0] === 'time_spine' || rest.length === 1;
  if ((!isTest && !isSetting) || !columnKeys.test(key) || (key === 'columns' && rest.length === 1))
    return undefined;
  const list = nodeAt(tree, pointer.slice(0, above + at + 1));
  return { relation: own, there: itemsOf(list).flatMap((each) => stringOf(each) ?? []) };
}

/** The rows of an input or of what is expected, whose keys are columns. */
function inUnitTest(
  tree: Node,
  entry: Node | undefined,
  pointer: readonly string[],
  kind: YamlPlace['kind'],
): Wanted | undefined {
  const rows = pointer.lastIndexOf('rows');
  if (kind === 'value' || rows < 0 || pointer.length !== rows + 2) return undefined;
  const there = pairsOf(nodeAt(tree, pointer)).map(({ key }) => key);
  const model = stringOf(get(entry, 'model'))?.text;
  const own: NamedRelation | undefined = model === undefined ? undefined : { kind: 'ref', name: model };
  if (pointer[2] === 'expect') return own && { relation: own, there, asKeys: true };
  const input = relationIn(get(nodeAt(tree, pointer.slice(0, rows)), 'input'));
  const relation = input?.kind === 'this' ? own : input;
  return relation && { relation, there, asKeys: true };
}

/** `ref('x')`, `source('x', 'y')` or `this`, as YAML writes them. */
function relationIn(node: Node | undefined): NamedRelation | undefined {
  const text = stringOf(node)?.text.trim() ?? '';
  if (text === 'this') return { kind: 'this' };
  const call =
    /^(?:\{\{\s*)?(ref|source)\s*\(\s*(['"])([^'"]+)\2\s*(?:,\s*(['"])([^'"]+)\4\s*)?(?:,\s*v(?:ersion)?\s*=\s*\S+\s*)?\)(?:\s*\}\})?$/.exec(
      text,
    );
  if (!call) return undefined;
  const [, kind, , first = '', , second] = call;
  if (kind === 'ref') return { kind: 'ref', name: second ?? first };
  return second === undefined ? undefined : { kind: 'source', name: first, table: second };
}

/** A row is often one line: `- {id: 1, na`. Its place is that of the brace. */
function placeInBraces(source: SourceFile, offset: number): YamlPlace | undefined {
  const { line } = source.positionAt(offset);
  const span = source.lineSpan(line);
  if (!span) return undefined;
  const before = source.slice({ start: span.start, end: offset });
  const open = /^[\s-]*-\s+(?=\{)/.exec(before)?.[0].length;
  const word = /[{,]\s*([A-Za-z_]\w*)?$/.exec(before);
  if (open === undefined || !word || before.includes('}')) return undefined;
  const brace = span.start + open;
  const text = source.text.slice(0, brace) + source.text.slice(span.end);
  const place = yamlPlaceAt(new SourceFile(source.path, text), brace);
  const typed = word[1] ?? '';
  const tail = /^\w*/.exec(source.slice({ start: offset, end: span.end }))![0];
  return place && { ...place, span: { start: offset - typed.length, end: offset + tail.length } };
}
