import type { Definition } from '../../core/facts.ts';
import { folderOf } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { worded, type TransformPlace } from '../../core/vocabulary.ts';

/** That the folder of a file is one that dbt can be told to take its project or its profiles from. */
export function transformPlace({ path }: SourceFile, holds: TransformPlace['holds']): Definition {
  const name = folderOf(path);
  const place = {
    name,
    span: { start: 0, end: 0 },
    what: holds === 'project' ? 'dbt project' : 'dbt profiles',
  };
  return worded('transform.place', place, { project: name, system: 'dbt', holds });
}
