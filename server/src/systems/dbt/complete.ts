import { completeBySchema } from '../../core/schema/schema-assist.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { schemasOf } from './schemas.ts';

/** Keys and listed values of dbt's YAML files; names come from facts. */
export function completeDbt(file: ParsedFile, offset: number): readonly Suggestion[] {
  const schemas = schemasOf(file.claim.kind);
  return schemas ? completeBySchema(file, schemas.published, offset) : [];
}
