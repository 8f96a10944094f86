import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Flow, Located } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';

/** Sources lie in the DuckDB file of the target that is used when none is named, or in the attached one they name as their database. */
export function dbtFlows(project: Project, facts: FactReader): readonly Flow[] {
  if (project.vendored) return [];
  const files = selectedFiles(project, facts);
  if (files.length === 0) return [];
  const databases = new Map<string, string | undefined>();
  for (const source of facts.all('dbt.source', project.scope))
    databases.set(source.name, source.data?.['database']);
  return [...facts.all('dbt.source-table', project.scope)].flatMap((table) => {
    const file = fileOf(databases.get(table.data?.['source'] ?? ''), files);
    return file ? [{ from: file, to: table }] : [];
  });
}

/** The files that the project opens, the one it writes into first. */
function selectedFiles(project: Project, facts: FactReader): readonly Located<Definition>[] {
  const { profile } = layoutOf(project);
  return [...facts.all('duckdb.file')].filter(
    ({ data }) =>
      data?.['project'] === project.root && data['profile'] === profile && data['selected'] === 'true',
  );
}

/** DuckDB calls a file's database by the file's name without its ending. */
function fileOf(
  database: string | undefined,
  files: readonly Located<Definition>[],
): Located<Definition> | undefined {
  if (database === undefined) return files[0];
  return files.find(({ name }) => baseName(name).replace(/\.[^.]*$/, '') === database);
}
