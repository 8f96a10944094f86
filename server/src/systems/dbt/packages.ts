import type { Fact } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { get, itemsOf } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { layoutOf } from './layout.ts';
import type { YamlModel } from './properties.ts';

/** What a package may define, so what nobody can call undefined while it is not there. */
const namespaces = [
  'dbt.package',
  'dbt.node',
  'dbt.source',
  'dbt.source-table',
  'dbt.macro',
  'dbt.doc',
  'dbt.group',
];

/** Reads packages.yml or dependencies.yml: which packages the project wants, and whether they can be seen. */
export function parsePackages(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = parseYaml(source.text, { version: '1.1', duplicateKeys: 'last' });
  const model: YamlModel = { kind: 'yaml' };
  if (!tree) return { model, problems, facts: [] };
  const wants = get(tree, 'packages');
  const reason = itemsOf(wants).length > 0 || wants?.kind === 'scalar' ? whyUnseen(project) : undefined;
  const facts: readonly Fact[] =
    reason === undefined || project.vendored
      ? []
      : namespaces.map((namespace) => ({ fact: 'hole', namespace, scope: project.scope, reason }));
  return { tree, model, problems, facts };
}

function whyUnseen(project: Project): string | undefined {
  const { installPath } = layoutOf(project);
  if (installPath !== 'dbt_packages' && installPath !== 'dbt_modules') {
    return `packages are installed in ${installPath}, which is not read, so names that are not in this project are not checked`;
  }
  if (project.files.has(installPath)) return undefined;
  return '`dbt deps` has not been run: names that a package may define are not checked; run it to have them checked';
}
