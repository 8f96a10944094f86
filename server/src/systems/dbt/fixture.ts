import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';
import { layoutOf } from './layout.ts';

export interface FixtureModel {
  readonly kind: 'fixture';
}

/** A fixture of unit tests is known by its file's name; its rows are never read. */
export function parseFixture(_source: SourceFile, claim: Claim, project: Project): Parsed<FixtureModel> {
  const { name } = claim.data as ResourcePlace;
  return {
    model: { kind: 'fixture' },
    problems: [],
    facts: [
      {
        fact: 'definition',
        namespace: 'dbt.fixture',
        scope: project.scope,
        name,
        span: { start: 0, end: 0 },
        what: 'fixture',
        group: layoutOf(project).package,
        implicit: true,
      },
    ],
  };
}
