import { resolvePath } from '../../core/path.ts';
import type { DocumentLink, ParsedFile } from '../../core/system.ts';
import { get, itemsOf, stringOf } from '../../core/tree.ts';

/** The projects on disk that packages.yml and dependencies.yml take packages from. */
export function dbtLinks({ claim, tree, project }: ParsedFile): readonly DocumentLink[] {
  if (claim.kind !== 'packages' && claim.kind !== 'dependencies') return [];
  return itemsOf(get(tree, 'packages')).flatMap((entry) => {
    const local = stringOf(get(entry, 'local'));
    if (!local || local.text.includes('{{')) return [];
    const target = `${resolvePath(project.root, local.text)}/dbt_project.yml`;
    return [{ span: local.span, target, tooltip: 'Open the package' }];
  });
}
