import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { aboutOf, commonFacts, definition, describes, roleOf, usesAt, type EntryReader } from './entries.ts';
import { layoutOf } from './layout.ts';
import { sourceFacts } from './sources.ts';
import { switchOff } from './switched-off.ts';

export interface YamlModel {
  readonly kind: 'yaml';
}

/** Reads a properties file: the nodes, macros and sources it describes, and what its tests and exposures rely on. */
export function parseProperties(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = parseYaml(source.text, { version: '1.1', duplicateKeys: 'last', strip: true });
  const model: YamlModel = { kind: 'yaml' };
  if (!tree) return { model, problems, facts: [] };
  const reader: EntryReader = { text: source.text, project, package: layoutOf(project).package };
  return {
    tree,
    model,
    problems,
    facts: pairsOf(tree).flatMap(({ key, value }) => sectionFacts(key.text, value, reader)),
  };
}

const readSection: Readonly<Record<string, (entry: Node, reader: EntryReader) => readonly Fact[]>> = {
  models: (entry, reader) => nodeFacts('models', entry, reader),
  seeds: (entry, reader) => nodeFacts('seeds', entry, reader),
  snapshots: (entry, reader) => nodeFacts('snapshots', entry, reader),
  analyses: (entry, reader) => commonFacts(entry, reader),
  macros: macroFacts,
  sources: sourceFacts,
  exposures: exposureFacts,
  unit_tests: unitTestFacts,
  semantic_models: (entry, reader) => usesAt(get(entry, 'model'), reader, roleOf(entry)),
  groups: groupFacts,
};

function sectionFacts(section: string, value: Node, reader: EntryReader): readonly Fact[] {
  const read = readSection[section];
  return read && Object.hasOwn(readSection, section)
    ? itemsOf(value).flatMap((entry) => read(entry, reader))
    : [];
}

/** An entry of `models:`, `seeds:` or `snapshots:`. */
function nodeFacts(
  section: 'models' | 'seeds' | 'snapshots',
  entry: Node,
  reader: EntryReader,
): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const described = describes(name, section, reader);
  const about = aboutOf(entry);
  const versions = itemsOf(get(entry, 'versions'));
  const relation = section === 'snapshots' ? get(entry, 'relation') : undefined;
  const own: readonly Fact[] =
    versions.length > 0 || relation
      ? [nodeDefinition(name, section, entry, reader), ...usesAt(relation, reader, roleOf(entry))]
      : [
          {
            fact: 'use',
            namespaces: ['dbt.node'],
            scope: reader.project.scope,
            name: name.text,
            span: name.span,
            role: 'properties',
            ...(about === undefined ? {} : { about }),
          },
        ];
  return [
    ...own,
    ...(roleOf(entry) === 'deferred' ? [switchOff(name, reader.project)] : []),
    described,
    ...commonFacts(entry, reader),
    ...versions.flatMap((version) => commonFacts(version, reader)),
  ];
}

/** A model with versions, or a snapshot that is written in YAML. */
function nodeDefinition(
  name: ScalarNode,
  section: 'models' | 'seeds' | 'snapshots',
  entry: Node,
  reader: EntryReader,
): Definition {
  const what = section.slice(0, -1);
  const about = aboutOf(entry);
  // The latest of a model's versions may be in a file of the model's own name.
  const isShared = section === 'models' || roleOf(entry) === 'deferred';
  return {
    ...definition('dbt.node', name, what, reader),
    ...(isShared ? { exclusive: false } : {}),
    ...(about === undefined ? {} : { about }),
    data: { resource: what, folder: '' },
  };
}

function macroFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const use: Use = {
    fact: 'use',
    namespaces: ['dbt.macro'],
    scope: reader.project.scope,
    name: name.text,
    span: name.span,
    role: 'properties',
  };
  return [use, describes(name, 'macros', reader), ...commonFacts(entry, reader)];
}

function exposureFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const role = roleOf(entry);
  const needs = itemsOf(get(entry, 'depends_on')).flatMap((item) => usesAt(item, reader, role));
  return [
    ...(name ? [definition('dbt.exposure', name, 'exposure', reader)] : []),
    ...needs,
    ...commonFacts(entry, reader),
  ];
}

/** A unit test of no model is refused at once; an input that is not there fails only when the test runs. */
function unitTestFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const model = stringOf(get(entry, 'model'));
  const role = roleOf(entry);
  const { scope } = reader.project;
  const tested: readonly Use[] = model
    ? [{ fact: 'use', namespaces: ['dbt.node'], scope, name: model.text, span: model.span, role }]
    : [];
  const inputRole = role === 'plain' ? 'test' : role;
  return [
    ...tested,
    ...itemsOf(get(entry, 'given')).flatMap((each) => usesAt(get(each, 'input'), reader, inputRole)),
  ];
}

function groupFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  return name ? [definition('dbt.group', name, 'group', reader)] : [];
}
