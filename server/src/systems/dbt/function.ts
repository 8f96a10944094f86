import type { Definition } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';
import { layoutOf } from './layout.ts';
import { parseSql } from './sql.ts';

export interface FunctionModel {
  readonly kind: 'function';
}

/** Reads a user-defined function: known by its file's name, whatever language it is written in. */
export function parseFunction(source: SourceFile, claim: Claim, project: Project): Parsed {
  const definition: Definition = {
    fact: 'definition',
    namespace: 'dbt.function',
    scope: project.scope,
    name: (claim.data as ResourcePlace).name,
    span: { start: 0, end: 0 },
    what: 'function',
    group: layoutOf(project).package,
    implicit: true,
  };
  if (claim.format !== 'sql') {
    const model: FunctionModel = { kind: 'function' };
    return { model, problems: [], facts: [definition] };
  }
  const parsed = parseSql(source, claim, project);
  return { ...parsed, facts: [definition, ...parsed.facts] };
}
