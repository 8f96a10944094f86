import type { Artifact, Artifacts } from '../../../core/artifact.ts';
import type { Definition } from '../../../core/facts.ts';
import { objectOf, textOf } from '../../../core/json.ts';
import { resolvePath } from '../../../core/path.ts';
import type { Project } from '../../../core/system.ts';
import { layoutOf } from '../layout.ts';
import type { Column } from './known-columns.ts';

/** What `dbt docs generate` found in the database. */
export function catalog(project: Project): Artifact {
  return { path: pathOf(project), sections: ['nodes', 'sources'], read: columnsOf };
}

function pathOf(project: Project): string {
  return `${resolvePath(project.scope, layoutOf(project).output[0]!)}/catalog.json`;
}

/** The names and types of the columns, in the database's order. */
function columnsOf(entry: unknown, id: string): readonly [string, string] | undefined {
  const columns = Object.entries(objectOf(objectOf(entry)?.['columns']) ?? {}).map(([key, value]) => {
    const column = objectOf(value);
    return {
      name: textOf(column?.['name']) ?? key,
      type: textOf(column?.['type']) ?? '',
      index: Number(column?.['index']),
    };
  });
  if (columns.length === 0) return undefined;
  columns.sort((a, b) => a.index - b.index);
  return [id, columns.map(({ name, type }) => `${name}\t${type}`).join('\n')];
}

export function catalogOf(
  { name, what, group, namespace }: Definition,
  project: Project,
  artifacts: Artifacts,
): readonly Column[] {
  const entries = artifacts(pathOf(project));
  if (!entries) return [];
  const resource = namespace === 'dbt.source-table' ? 'source' : what;
  const id = `${resource}.${group}.${name}`;
  const found = entries.get(id) ?? '';
  return found === ''
    ? []
    : found.split('\n').map((line) => {
        const [column = '', type = ''] = line.split('\t');
        return { name: column, ...(type === '' ? {} : { type }) };
      });
}
