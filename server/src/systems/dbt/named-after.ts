import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { RenamedName } from '../../core/system.ts';
import { folderNamespace } from './folder-facts.ts';
import { folderSections, type FolderSection } from './folder-sections.ts';
import { unitTestName } from './spec-names.ts';
import { operationStep, selectionStep, stepNamesOf } from './step-names.ts';

/** Called after a name: its place in dbt_project.yml, the steps that run it, files of a model's versions, macros of adapters. */
export function namedAfter(
  definition: Located<Definition>,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  switch (definition.namespace) {
    case 'dbt.node':
      return namedAfterNode(definition, newName, facts);
    case 'dbt.package':
      return folderSections.map((section) => folder(definition, `${section}/`, newName));
    case 'dbt.macro':
      return namedAfterMacro(definition, newName, facts);
    default:
      return [...placesOfEntry(definition, newName, facts), ...otherNames(definition, newName, facts)];
  }
}

function namedAfterNode(
  definition: Located<Definition>,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  const { namespace, scope, name, what, group, data } = definition;
  const folders = [`${what}s`, group, data?.['folder']].filter((each) => each).join('/');
  const configured = folder(definition, `${folders}/`, newName);
  if (what !== 'model') {
    const isRun = what === 'seed' || what === 'snapshot';
    const run = isRun ? [step(selectionStep(what, name), selectionStep(what, newName))] : [];
    return [configured, ...run, ...ofOtherProjects()];
  }
  const after = stepNamesOf(newName);
  const steps = stepNamesOf(name).map((each, at) => step(each, after[at]!));
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

/** What a call of `adapter.dispatch` finds is one name with a word for each adapter in front. */
function namedAfterMacro(
  { namespace, scope, name }: Definition,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  const called = step(operationStep(name), operationStep(newName));
  const family = /^default(__\w+)$/.exec(name)?.[1];
  const [, newFamily] = /^default(__\w+)$/.exec(newName) ?? [];
  if (family === undefined || newFamily === undefined) return [called];
  const others = [...facts.all(namespace, scope)].flatMap((macro) => {
    const adapter = macro.name.endsWith(family) ? macro.name.slice(0, -family.length) : '';
    if (!/^[a-z\d]+$/.test(adapter)) return [];
    return [{ key: { namespace, scope, name: macro.name }, to: adapter + newFamily }];
  });
  return [called, ...others];
}

const sections: Readonly<Record<string, FolderSection>> = {
  'dbt.source': 'sources',
  'dbt.source-table': 'sources',
  'dbt.test': 'data_tests',
  'dbt.unit-test': 'unit_tests',
  'dbt.exposure': 'exposures',
  'dbt.metric': 'metrics',
  'dbt.semantic-model': 'semantic_models',
  'dbt.saved-query': 'saved_queries',
  'dbt.function': 'functions',
};

/** Where dbt_project.yml configures it: by the folders of its file and the name, or the names, that it has. */
function placesOfEntry(
  { namespace, scope, name, path }: Located<Definition>,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  const section = Object.hasOwn(sections, namespace) ? sections[namespace] : undefined;
  if (section === undefined) return [];
  return facts.of(path).flatMap((fact) => {
    if (fact.fact !== 'definition' || fact.namespace !== folderNamespace) return [];
    if (!fact.name.startsWith(`${section}/`) || fact.data?.['entry'] !== name) return [];
    const to = fact.name.slice(0, -name.length) + newName.replaceAll('.', '/');
    return [{ key: { namespace: folderNamespace, scope, name: fact.name }, to }];
  });
}

function otherNames(
  { namespace, scope, name, prefix = '' }: Definition,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  if (namespace === 'dbt.source' || namespace === 'dbt.source-table')
    return [
      step(selectionStep('freshness', `source:${name}`), selectionStep('freshness', `source:${newName}`)),
    ];
  if (namespace !== 'dbt.unit-test') return [];
  const byItself = { namespace: unitTestName, scope, name: name.slice(prefix.length) };
  // Of two tests with one name nobody knows which is meant.
  return facts.definitions(byItself).length === 1
    ? [{ key: byItself, to: newName.slice(prefix.length) }]
    : [];
}

function folder({ scope, name }: Definition, above: string, newName: string): RenamedName {
  return { key: { namespace: folderNamespace, scope, name: above + name }, to: above + newName };
}

function step(name: string, to: string): RenamedName {
  return { key: { namespace: 'step', scope: '', name }, to };
}

/** Names that are no free choice, and why. */
export function keepsName({ namespace, scope, name }: Definition, facts: FactReader): string | undefined {
  if (namespace === 'dbt.node-version')
    // A version's number stands in its file's name and perhaps under `latest_version`, which are no names of it.
    return `the version \`${name}\` is not renamed by itself: its file and \`latest_version\` may say it too; change them by hand`;
  const family = namespace === 'dbt.macro' ? /^(?!default__)[a-z\d]+(__\w+)$/.exec(name)?.[1] : undefined;
  if (family === undefined || !facts.isDefined({ namespace, scope, name: `default${family}` }))
    return undefined;
  return `\`${name}\` takes the place of \`default${family}\` for its adapter; rename that one, and this one follows`;
}
