import type { LeftFile } from '../../core/step.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';

const inTarget: Readonly<Record<string, string>> = {
  'Run results': 'run_results.json',
  'Freshness of sources': 'sources.json',
  Documentation: 'index.html',
  Catalog: 'catalog.json',
  Manifest: 'manifest.json',
};

/** What dbt's commands leave behind, each some of it. */
export function leftBy(project: Project): readonly LeftFile[] {
  const target = layoutOf(project).output[0]!;
  const folder = target.startsWith('/') ? target : `${project.root}/${target}`;
  const files = Object.entries(inTarget).map(([title, name]) => ({ title, path: `${folder}/${name}` }));
  return [...files, { title: "dbt's log", path: `${project.root}/logs/dbt.log` }];
}
