import type { Definition, Located } from '../../core/facts.ts';
import { baseName, folderOf } from '../../core/path.ts';

const namedByFile: ReadonlySet<string> = new Set([
  'dbt.node',
  'dbt.fixture',
  'dbt.test',
  'dbt.analysis',
  'dbt.function',
]);

/** Where the file of a model, a seed, a fixture and the like goes with its name; undefined for what a file does not name. */
export function renamedPath(definition: Located<Definition>, newName: string): string | undefined {
  const { namespace, name, path } = definition;
  const file = baseName(path);
  if (!namedByFile.has(namespace) || !file.startsWith(`${name}.`)) return undefined;
  return `${folderOf(path)}/${newName}${file.slice(name.length)}`;
}
