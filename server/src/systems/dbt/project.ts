import type { Fact } from '../../core/facts.ts';
import { commandStepNames } from './step-names.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { get, stringOf } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { layoutOf } from './layout.ts';
import type { YamlModel } from './properties.ts';

/** Reads `dbt_project.yml`: the package it is, and the profile it wants. */
export function parseProject(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = parseYaml(source.text, { version: '1.1', duplicateKeys: 'last' });
  const model: YamlModel = { kind: 'yaml' };
  if (!tree) return { model, problems, facts: commandStepNames(project) };
  const { scope } = project;
  const facts: Fact[] = [...commandStepNames(project)];
  const name = stringOf(get(tree, 'name'));
  if (name) {
    const own = { namespace: 'dbt.package', scope, name: name.text, span: name.span, what: 'package' };
    facts.push({ fact: 'definition', ...own, exclusive: false });
  }
  if (project.vendored) return { tree, model, problems, facts };
  const profile = stringOf(get(tree, 'profile'));
  if (profile && layoutOf(project).profile !== undefined) {
    facts.push({
      fact: 'use',
      namespaces: ['dbt.profile'],
      scope,
      name: profile.text,
      span: profile.span,
      role: 'plain',
    });
  }
  if (!project.files.has('profiles.yml')) {
    const reason = 'profiles.yml is not beside dbt_project.yml, so the profile is not checked';
    facts.push({ fact: 'hole', namespace: 'dbt.profile', scope, reason });
  }
  return { tree, model, problems, facts };
}
