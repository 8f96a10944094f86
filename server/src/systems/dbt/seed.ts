import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';
import { layoutOf, mayBeDisabled } from './layout.ts';
import { modelDefinition } from './sql.ts';

export interface SeedModel {
  readonly kind: 'seed';
}

/** A seed is known by its file's name; its rows are never read. */
export function parseSeed(_source: SourceFile, claim: Claim, project: Project): Parsed<SeedModel> {
  const place = claim.data as ResourcePlace;
  const isOff = mayBeDisabled(layoutOf(project), 'seeds', place.folders, place.name);
  const config = { materialized: undefined, mayBeDisabled: isOff };
  return {
    model: { kind: 'seed' },
    problems: [],
    facts: [modelDefinition(place, config, project, isOff, 'seed')],
  };
}
