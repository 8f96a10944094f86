import type { Definition, Fact, Use } from '../../core/facts.ts';
import { isSecretKey } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { findPair, pairsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import { layoutOf } from './layout.ts';
import type { YamlModel } from './properties.ts';
import { dbtVersion } from './version.ts';
import { readDbtYaml } from './yaml.ts';

/** That vars.yml gives variables: dbt takes them from one file only. */
export const varsFile = { namespace: 'dbt.vars-file', name: 'vars.yml' } as const;

/** Reads vars.yml: the project's variables, which dbt_project.yml itself may use. */
export function parseVars(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project, { strip: true });
  const model: YamlModel = { kind: 'yaml' };
  const pair = findPair(tree, 'vars');
  if (!tree || !pair || project.vendored || !readsVarsFile(project))
    return { model, problems, facts: [], ...(tree ? { tree } : {}) };
  const { scope } = project;
  const own = varDefinitions(pair.value, project);
  const facts: Fact[] = [
    ...varOwners(pair.value, project),
    ...own,
    ...own.map((each): Definition => ({ ...each, namespace: 'dbt.file-var' })),
  ];
  if (pairsOf(pair.value).length > 0)
    facts.push({
      fact: 'definition',
      ...varsFile,
      scope,
      span: pair.key.span,
      what: 'section',
      exclusive: false,
    });
  return { tree, model, problems, facts };
}

/** dbt reads vars.yml from 1.12 on. */
function readsVarsFile(project: Project): boolean {
  const { major, minor } = dbtVersion(project);
  return major > 1 || minor >= 12;
}

/**
 * The variables that a `vars` section gives the project itself. What stands below the name of another package
 * is seen by that package alone; below the project's own name it is the project's.
 */
export function varDefinitions(section: Node | undefined, project: Project): readonly Definition[] {
  const own = layoutOf(project).package;
  return pairsOf(section).flatMap((pair) =>
    isOf(pair, own)
      ? [ownerDefinition(pair, project), ...pairsOf(pair.value).map((each) => varDefinition(each, project))]
      : [varDefinition(pair, project)],
  );
}

/** `var('shop')` is all that stands below it; what is written is the project's name. */
function ownerDefinition(pair: Pair, project: Project): Definition {
  const within = { namespace: 'dbt.package', scope: project.scope, name: pair.key.text };
  return { ...varDefinition(pair, project), within };
}

/** The project's name in its own `vars`. */
export function varOwners(section: Node | undefined, project: Project): readonly Use[] {
  const { scope } = project;
  return pairsOf(section).flatMap((pair): readonly Use[] => {
    if (!isOf(pair, layoutOf(project).package)) return [];
    const { text: name, span } = pair.key;
    return [{ fact: 'use', namespaces: ['dbt.package'], scope, name, span, role: 'deferred' }];
  });
}

function isOf({ key, value }: Pair, name: string): boolean {
  return key.text === name && value.kind === 'map';
}

function varDefinition({ key, value }: Pair, project: Project): Definition {
  const about =
    value.kind === 'scalar' && value.text.length <= 80 && !isSecretKey(key.text)
      ? `\`${value.text.replaceAll('`', '')}\``
      : undefined;
  return {
    fact: 'definition',
    namespace: 'dbt.var',
    scope: project.scope,
    name: key.text,
    span: key.span,
    what: 'var',
    exclusive: false,
    ...(about === undefined || about === '``' ? {} : { about }),
    ...defaultOf(key, value),
  };
}

/** What a run may put another value in the place of; what is secret is not told. */
function defaultOf({ text: name }: ScalarNode, value: Node): Pick<Definition, 'data'> {
  if (value.kind !== 'scalar' || value.text.length > 200) return {};
  const type = value.value === null ? 'null' : typeof value.value;
  return { data: value.value === null || isSecretKey(name) ? { type } : { type, default: value.text } };
}
