import type { FactReader } from '../../core/fact-index.ts';
import { hoverBySchema } from '../../core/schema/schema-assist.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import type { MeltanoModel } from './model.ts';
import { projectSchema } from './schema.ts';
import { hoverSetting } from './settings/setting-at.ts';

/** What the setting under the cursor is; of any other key what Meltano's schema says. */
export function hoverMeltano(
  file: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): { readonly span: Span; readonly markdown: string } | undefined {
  const { kind } = file.model;
  if (kind === 'lock' || kind === 'logging') return undefined;
  return hoverSetting(file, offset, facts) ?? hoverBySchema(file, projectSchema, offset);
}
