import type { Definition, Fact } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import type { Project } from '../../core/system.ts';
import { get, stringOf, type Node } from '../../core/tree.ts';
import { layoutOf } from './layout.ts';

/** The one name under which all installed packages are found. */
export const installed = { namespace: 'dbt.installed', name: 'packages' } as const;

/** That the project lies in another one's packages, with the version it says it has. */
export function installedPackage(tree: Node, project: Project): readonly Fact[] {
  // A package's own integration tests are nobody's package.
  if (project.scope === project.root) return [];
  const version = get(tree, 'version');
  const definition: Definition = {
    fact: 'definition',
    ...installed,
    scope: project.scope,
    span: stringOf(get(tree, 'name'))?.span ?? { start: 0, end: 0 },
    what: 'installed package',
    implicit: true,
    exclusive: false,
    data: {
      package: layoutOf(project).package,
      folder: baseName(project.root),
      ...(version?.kind === 'scalar' && version.text !== '' ? { version: version.text } : {}),
    },
  };
  return [definition];
}
