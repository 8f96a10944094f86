import { hoverBySchema } from '../../core/schema/schema-assist.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import { hoverJinja } from './assist-jinja.ts';
import { schemasOf } from './schemas.ts';

/** What dbt's schema says of the key under the cursor, and what a name of Jinja in SQL is. */
export function hoverDbt(
  file: ParsedFile,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  if (file.claim.format === 'sql') return hoverJinja(file, offset);
  const schemas = schemasOf(file.claim.kind);
  return schemas && hoverBySchema(file, schemas.published, offset);
}
