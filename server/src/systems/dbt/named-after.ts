import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { RenamedName } from '../../core/system.ts';
import { folderNamespace } from './folder-facts.ts';
import { stepNamesOf } from './step-names.ts';

/** What is called after a node: its place in dbt_project.yml, the steps of a model, and the files of its versions. */
export function namedAfterNode(
  definition: Located<Definition>,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  const { namespace, scope, name, what, group, data } = definition;
  if (namespace !== 'dbt.node') return [];
  const folders = [`${what}s`, group, data?.['folder']].filter((each) => each).join('/');
  const configured = {
    key: { namespace: folderNamespace, scope, name: `${folders}/${name}` },
    to: `${folders}/${newName}`,
  };
  if (what !== 'model') return [configured, ...ofOtherProjects()];
  const after = stepNamesOf(newName);
  const steps = stepNamesOf(name).map((step, at) => ({
    key: { namespace: 'step', scope: '', name: step },
    to: after[at]!,
  }));
  return [configured, ...steps, ...versionFiles(), ...ofOtherProjects()];

  /** The file may be read for several projects, and its name is one in each. */
  function ofOtherProjects(): readonly RenamedName[] {
    return facts.of(definition.path).flatMap((fact) => {
      if (fact.fact !== 'definition' || fact.namespace !== namespace) return [];
      if (fact.name !== name || fact.scope === scope) return [];
      return [{ key: { namespace, scope: fact.scope, name }, to: newName }];
    });
  }

  /** A version's file is called `orders_v2`, unless the version says where it is defined. */
  function versionFiles(): readonly RenamedName[] {
    return facts.of(definition.path).flatMap((fact) => {
      if (fact.fact !== 'definition' || fact.namespace !== 'dbt.node-version') return [];
      if (!fact.name.startsWith(`${name}.`) || fact.data?.['file'] !== undefined) return [];
      const version = fact.name.slice(name.length + 1);
      return { key: { namespace, scope, name: `${name}_${version}` }, to: `${newName}_${version}` };
    });
  }
}

/** A version's number stands in its file's name and perhaps under `latest_version`, which are no names of it. */
export function keepsName({ namespace, name }: Definition): string | undefined {
  return namespace === 'dbt.node-version'
    ? `the version \`${name}\` is not renamed by itself: its file and \`latest_version\` may say it too; change them by hand`
    : undefined;
}
