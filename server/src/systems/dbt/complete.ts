import type { FactReader } from '../../core/fact-index.ts';
import { completeBySchema } from '../../core/schema/schema-assist.ts';
import { SourceFile } from '../../core/source-file.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { completeJinja } from './complete-jinja.ts';
import { schemasOf } from './schemas.ts';

/** Keys and listed values of dbt's YAML files, and what Jinja in SQL may hold; names come from facts. */
export function completeDbt(file: ParsedFile, offset: number, facts: FactReader): readonly Suggestion[] {
  if (file.claim.format === 'sql') return completeJinja(file, offset, facts);
  const schemas = schemasOf(file.claim.kind);
  if (!schemas) return [];
  const { source } = file;
  const plus = file.claim.kind === 'project' ? plusBefore(source.text, offset) : -1;
  if (plus < 0) return completeBySchema(file, schemas.published, offset);
  // A key is begun with a plus sign: read as if it were a letter, for a lone `+` is no key yet.
  const text = `${source.text.slice(0, plus)}_${source.text.slice(plus + 1)}`;
  return completeBySchema({ source: new SourceFile(source.path, text) }, schemas.published, offset);
}

/** The plus sign that begins the word before `offset`, where it stands first in its line; -1 where none does. */
function plusBefore(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = /^(\s*)\+[\w-]*$/.exec(text.slice(start, offset));
  return found ? start + found[1]!.length : -1;
}
