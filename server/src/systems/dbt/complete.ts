import type { Surroundings } from '../../core/artifact.ts';
import type { FactReader } from '../../core/fact-index.ts';
import { completeBySchema } from '../../core/schema/schema-assist.ts';
import { SourceFile } from '../../core/source-file.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { completeColumns } from './columns/complete-sql.ts';
import { columnKeys, completeYamlColumns } from './columns/complete-yaml.ts';
import { KnownColumns } from './columns/known-columns.ts';
import { suggestColumn } from './columns/suggest-column.ts';
import { completeJinja } from './complete-jinja.ts';
import type { JinjaBlock } from './jinja.ts';
import { jinjaPlaceAt, type JinjaPlace } from './jinja-place.ts';
import { schemasOf } from './schemas.ts';

/** Keys and listed values of dbt's YAML files, and what Jinja in SQL may hold; names come from facts. */
export function completeDbt(
  file: ParsedFile,
  offset: number,
  facts: FactReader,
  around: Surroundings,
): readonly Suggestion[] {
  if (file.claim.format === 'sql') return completeInSql(file, offset, facts, around);
  const schemas = schemasOf(file.claim.kind);
  if (!schemas) return [];
  const { source } = file;
  const plus = file.claim.kind === 'project' ? plusBefore(source.text, offset) : -1;
  if (plus < 0) {
    const columns = file.claim.kind === 'properties' ? completeYamlColumns(file, offset, facts, around) : [];
    return [...columns, ...completeBySchema(file, schemas.published, offset)];
  }
  // A key is begun with a plus sign: read as if it were a letter, for a lone `+` is no key yet.
  const text = `${source.text.slice(0, plus)}_${source.text.slice(plus + 1)}`;
  return completeBySchema({ source: new SourceFile(source.path, text) }, schemas.published, offset);
}

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
