import { hoverBySchema } from '../../core/schema/schema-assist.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import type { MeltanoModel } from './model.ts';
import { projectSchema } from './schema.ts';

/** What Meltano's schema says of the key under the cursor. */
export function hoverMeltano(
  file: ParsedFile<MeltanoModel>,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  return file.model.kind === 'lock' ? undefined : hoverBySchema(file, projectSchema, offset);
}
