import type { FactReader } from '../../core/fact-index.ts';
import { completeBySchema } from '../../core/schema/schema-assist.ts';
import { yamlPlaceAt } from '../../core/schema/yaml-place.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { completeMetadata } from './catalog/complete-metadata.ts';
import { completeSelect } from './catalog/complete-select.ts';
import { completeInterval } from './complete-interval.ts';
import type { MeltanoModel } from './model.ts';
import { projectSchema } from './schema.ts';
import { completeSettings } from './settings/complete-settings.ts';

/** Keys and listed values of a project's files, and Meltano's names for intervals. */
export function completeMeltano(
  file: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] {
  if (file.model.kind === 'lock' || file.model.kind === 'logging') return [];
  const place = yamlPlaceAt(file.source, offset);
  const intervals = completeInterval({ source: file.source, model: file.model }, place, offset);
  if (intervals) return intervals;
  // What is typed behind the `$` is a name that facts know.
  if (/(?<!\\)\$\{?$/u.test(file.source.text.slice(Math.max(0, offset - 3), offset)))
    return variables(facts, offset);
  const patterns = completeSelect(file, offset, facts);
  if (patterns) return patterns;
  const metadata = place && completeMetadata(file, place, { facts, offset });
  if (metadata) return metadata;
  const settings = place && completeSettings(file, place, { facts, offset });
  return settings ?? completeBySchema(file, projectSchema, offset);
}

/** The environment variables that some file sets. */
function variables(facts: FactReader, offset: number): readonly Suggestion[] {
  const names = new Set([...facts.all('env')].map(({ name }) => name));
  return [...names].sort().map((label) => ({ label, kind: 'name', span: { start: offset, end: offset } }));
}
