import type { Surroundings } from '../../core/artifact.ts';
import type { FactReader } from '../../core/fact-index.ts';
import { completeBySchema } from '../../core/schema/schema-assist.ts';
import { yamlPlaceAt } from '../../core/schema/yaml-place.ts';
import { SourceFile } from '../../core/source-file.ts';
import { touches } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { nodeAt, pairsOf } from '../../core/tree.ts';
import { completeColumns } from './columns/complete-sql.ts';
import { columnKeys, completeYamlColumns } from './columns/complete-yaml.ts';
import { KnownColumns } from './columns/known-columns.ts';
import { suggestColumn } from './columns/suggest-column.ts';
import { adapterConfig, type AdapterConfig } from './adapter-config.ts';
import { completeJinja } from './complete-jinja.ts';
import type { JinjaBlock } from './jinja.ts';
import { jinjaPlaceAt, type JinjaPlace } from './jinja-place.ts';
import { layoutOf } from './layout.ts';
import { builtinTests } from './properties-names.ts';
import { completeNames } from './complete-names.ts';
import { completePython } from './complete-python.ts';
import { completeSelectors } from './complete-selectors.ts';
import { schemasOf } from './schemas.ts';

/** Keys and listed values of dbt's YAML files, and what Jinja in SQL may hold; names come from facts. */
export function completeDbt(
  file: ParsedFile,
  offset: number,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  if (file.claim.format === 'sql') return completeInSql(file, offset, facts, around);
  if (file.claim.kind === 'python-model') return completePython(file, offset, facts);
  if (file.claim.kind === 'profiles') {
    const targets = completeTarget(file, offset);
    if (targets.length > 0) return targets;
  }
  const schemas = schemasOf(file.claim.kind);
  if (!schemas) return [];
  const { source, claim } = file;
  if (claim.kind === 'selectors') {
    const own = completeSelectors(file, offset, facts);
    return own.length > 0 ? own : completeBySchema(file, schemas.published, offset);
  }
  const adapter = adapterConfig(file.project, facts);
  const plus = claim.kind === 'project' ? plusBefore(source.text, offset) : -1;
  if (plus < 0) {
    const isProperties = claim.kind === 'properties';
    const columns = isProperties ? completeYamlColumns(file, offset, facts, around) : [];
    const tests = isProperties
      ? [...completeNames(file, offset, facts), ...completeTests(file, offset, facts)]
      : [];
    const known = completeBySchema(file, schemas.published, offset);
    if (!adapter) return [...columns, ...tests, ...known];
    const own = isProperties ? ownKeys(adapter, known, file, offset) : [];
    return [...columns, ...tests, ...known.filter(isFor(adapter, source, offset)), ...own];
  }
  // A key is begun with a plus sign: read as if it were a letter, for a lone `+` is no key yet.
  const text = `${source.text.slice(0, plus)}_${source.text.slice(plus + 1)}`;
  const known = completeBySchema({ source: new SourceFile(source.path, text) }, schemas.published, offset);
  return known.filter(({ label }) => adapter?.isKey(label.replace(/^\+/, '')) !== false);
}

/** The `target` of a profile is one of its outputs. */
function completeTarget({ source, tree }: ParsedFile, offset: number): readonly Suggestion[] {
  const { pointer = [], kind, span } = yamlPlaceAt(source, offset) ?? {};
  if (!span || kind !== 'value' || pointer.length !== 2 || pointer[1] !== 'target') return [];
  const outputs = pairsOf(tree && nodeAt(tree, [pointer[0]!, 'outputs']));
  return outputs.map(({ key }) => ({ label: key.text, kind: 'name', span, detail: 'output' }));
}

/** What the adapters in use read, of the keys and values of configuration. */
function isFor(
  adapter: AdapterConfig,
  source: SourceFile,
  offset: number,
): (suggestion: Suggestion) => boolean {
  const pointer = yamlPlaceAt(source, offset)?.pointer ?? [];
  const last = pointer.at(-1) ?? '';
  const isOfModel = pointer[0] === 'models';
  return ({ label, kind }) => {
    if (!isOfModel) return true;
    if (kind === 'key') return last !== 'config' || adapter.isKey(label);
    return adapter.isValue(last.replace(/^\+/, ''), label);
  };
}

/** Keys of the adapter's own class that the published schema does not know. */
function ownKeys(
  { own }: AdapterConfig,
  known: readonly Suggestion[],
  { source, tree }: ParsedFile,
  offset: number,
): readonly Suggestion[] {
  const { pointer = [], kind, span } = yamlPlaceAt(source, offset) ?? {};
  if (span === undefined || kind !== 'key' || pointer[0] !== 'models' || pointer.at(-1) !== 'config')
    return [];
  const there = pairsOf(tree && nodeAt(tree, pointer)).filter(({ key }) => !touches(key.span, offset));
  const said = new Set([...known.map(({ label }) => label), ...there.map(({ key }) => key.text)]);
  return own
    .filter(({ name }) => !said.has(name))
    .map(({ name, type }) => ({ label: name, kind: 'key', span, detail: type, insertText: `${name}: ` }));
}

/** A test's name begins an item of the list of tests. */
function completeTests(file: ParsedFile, offset: number, facts: FactReader): readonly Suggestion[] {
  const place = yamlPlaceAt(file.source, offset);
  const [list = '', item = ''] = place?.pointer.slice(-2) ?? [];
  if (!place || place.kind === 'value' || !/^(?:data_)?tests$/.test(list) || !/^\d+$/.test(item)) return [];
  const own = layoutOf(file.project).package;
  const found = new Set([...builtinTests].map((name) => name.slice(testPrefix.length)));
  for (const { name, group, what } of facts.all('dbt.macro', file.project.scope)) {
    if (!name.startsWith(testPrefix) || what === 'macro') continue;
    const bare = name.slice(testPrefix.length);
    found.add(group === undefined || group === own ? bare : `${group}.${bare}`);
  }
  return [...found].map((label) => ({ label, kind: 'name', span: place.span, detail: 'test' }));
}

const testPrefix = 'test_';

/** Where macros are defined no query is known to be one. */
function completeInSql(
  file: ParsedFile,
  offset: number,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  const { blocks } = file.model as { readonly blocks?: readonly JinjaBlock[] };
  const place = blocks && jinjaPlaceAt(file.source, blocks, offset);
  if (!place) return file.claim.kind === 'macro' ? [] : completeColumns(file, offset, facts, around);
  return [...columnsInConfig(file, place, facts, around), ...completeJinja(file, offset, facts)];
}

/** `config(unique_key='…')` names columns of the model itself. */
function columnsInConfig(
  file: ParsedFile,
  { call, string, word }: JinjaPlace,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  if (!string || call?.name.text !== 'config' || !columnKeys.test(call.keyword ?? '')) return [];
  const columns = new KnownColumns(file, facts, around).of({ kind: 'this' });
  return columns.map((column) => ({ ...suggestColumn(column, word), insertText: column.name }));
}

/** The plus sign that begins the word before `offset`, where it stands first in its line; -1 where none does. */
function plusBefore(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = /^(\s*)\+[\w-]*$/.exec(text.slice(start, offset));
  return found ? start + found[1]!.length : -1;
}
