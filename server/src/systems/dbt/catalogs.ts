import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { configUses } from './project-jinja.ts';
import type { YamlModel } from './properties.ts';
import { readDbtYaml } from './yaml.ts';

/** Reads catalogs.yml, which relies on environment variables at most. */
export function parseCatalogs(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const facts = project.vendored ? [] : configUses(tree, { text: source.text, project }, { isSecret: true });
  return { model: { kind: 'yaml' }, problems, facts, ...(tree ? { tree } : {}) };
}
