import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed } from '../../core/system.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import type { YamlModel } from './properties.ts';

/** Reads selectors.yml or catalogs.yml, which name nothing that other files rely on. */
export function parseOtherYaml(source: SourceFile): Parsed<YamlModel> {
  const { tree, problems } = parseYaml(source.text, { version: '1.1', duplicateKeys: 'last' });
  return { model: { kind: 'yaml' }, problems, facts: [], ...(tree ? { tree } : {}) };
}
