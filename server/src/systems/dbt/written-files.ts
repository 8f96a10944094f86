import type { FactReader } from '../../core/fact-index.ts';
import type { Project } from '../../core/system.ts';
import { lockNames } from '../../core/where.ts';
import { layoutOf } from './layout.ts';

/** dbt's own output, then the DuckDB files of the target that is used when none is named. */
export function writtenBy(project: Project, facts: FactReader): readonly string[] {
  const target = layoutOf(project).output[0]!;
  const output = target.startsWith('/') ? target : `${project.root}/${target}`;
  return [...new Set([output, ...databasesOf(project, facts)])];
}

/** The DuckDB files of one target of the project's profile, by all names of their locks. */
export function databasesOf(project: Project, facts: FactReader, target?: string): readonly string[] {
  const { profile } = layoutOf(project);
  const files = [...facts.all('duckdb.file')].filter(
    ({ data }) =>
      data?.['project'] === project.root &&
      data['profile'] === profile &&
      (target === undefined ? data['selected'] === 'true' : data['target'] === target),
  );
  return [...new Set(files.flatMap((file) => lockNames(facts, file)))];
}
