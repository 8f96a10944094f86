import type { Fact, Hole } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import { aboutNode, commonFacts } from './common-facts.ts';
import {
  definition,
  describes,
  keyOf,
  readerRole,
  use,
  usesAt,
  usesBy,
  type EntryReader,
} from './entries.ts';
import { layoutOf } from './layout.ts';
import { nodeFacts } from './node-entries.ts';
import { variableUses } from './properties-variables.ts';
import { metricFacts, savedQueryFacts, semanticModelFacts } from './semantic-layer.ts';
import { sourceFacts } from './sources.ts';
import { unitTestFacts } from './unit-test-entries.ts';
import { isBroken, readDbtYaml } from './yaml.ts';

export interface YamlModel {
  readonly kind: 'yaml';
}

/** Reads a properties file: the nodes, macros and sources it describes, and what its tests and exposures rely on. */
export function parseProperties(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project, { strip: true });
  const model: YamlModel = { kind: 'yaml' };
  const holes = isBroken(problems) ? [unknownSources(project)] : [];
  if (!tree) return { model, problems, facts: holes };
  const reader: EntryReader = { text: source.text, project, package: layoutOf(project).package };
  const facts: Fact[] = [...holes];
  for (const { key, value } of pairsOf(tree)) {
    const read = Object.hasOwn(readSection, key.text) ? readSection[key.text] : undefined;
    if (!read) continue;
    const entries = itemsOf(value);
    // An entry that is alone in its section can be moved by the section's name.
    const alone = entries.length === 1 ? key.span : undefined;
    for (const entry of entries) for (const fact of read(entry, reader, alone)) facts.push(fact);
  }
  facts.push(...variableUses(tree, reader, facts));
  return { tree, model, problems, facts: isBroken(problems) ? facts.map(withoutParts) : facts };
}

/** Of a tree that broke halfway nobody knows what belongs to what: what there is of names stays, what they are given does not. */
function withoutParts(fact: Fact): Fact {
  if (fact.fact !== 'use' || (fact.data?.['arguments'] ?? fact.data?.['fault']) === undefined) return fact;
  const { arguments: _arguments, fault: _fault, ...data } = fact.data!;
  return { ...fact, data };
}

/** While the file cannot be read whole, there may be more sources than can be seen. */
function unknownSources({ scope }: Project): Hole {
  const reason = 'a properties file cannot be read, so not all sources are known; mend its YAML';
  return { fact: 'hole', namespace: 'warehouse.source', scope, reason };
}

type ReadEntry = (entry: Node, reader: EntryReader, alone: Span | undefined) => readonly Fact[];

const readSection: Readonly<Record<string, ReadEntry>> = {
  models: (entry, reader, alone) => nodeFacts('models', entry, reader, alone),
  seeds: (entry, reader, alone) => nodeFacts('seeds', entry, reader, alone),
  snapshots: (entry, reader, alone) => nodeFacts('snapshots', entry, reader, alone),
  analyses: (entry, reader) => describedFacts('dbt.analysis', entry, reader),
  data_tests: (entry, reader) => describedFacts('dbt.test', entry, reader),
  functions: (entry, reader) => describedFacts('dbt.function', entry, reader),
  macros: macroFacts,
  sources: sourceFacts,
  exposures: exposureFacts,
  unit_tests: unitTestFacts,
  metrics: metricFacts,
  semantic_models: semanticModelFacts,
  saved_queries: savedQueryFacts,
  groups: groupFacts,
};

/** An entry that only describes what a file of its own defines. */
function describedFacts(namespace: string, entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const common = commonFacts(entry, reader);
  if (!name) return common;
  // The first says what an entry is that describes nothing, the second is where such things are defined.
  const namespaces = ['dbt.described', namespace];
  return [{ ...use(namespace, name, 'properties', reader), namespaces }, ...common];
}

function macroFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const documented = itemsOf(get(entry, 'arguments')).flatMap((each) => stringOf(get(each, 'name')) ?? []);
  const data =
    documented.length > 0
      ? { data: { documented: documented.map(({ text, span }) => `${text}@${span.start}`).join(',') } }
      : {};
  const macro = { namespace: 'dbt.macro', scope: reader.project.scope, name: name.text };
  return [
    { ...use('dbt.macro', name, 'properties', reader), ...data },
    describes(name, 'macros', reader),
    ...aboutNode(commonFacts(entry, reader), macro),
  ];
}

function exposureFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const role = readerRole(entry, reader);
  const own = name && definition('dbt.exposure', name, 'exposure', reader);
  const needs = itemsOf(get(entry, 'depends_on')).flatMap((item) => usesAt(item, reader, role));
  return [...(own ? [own] : []), ...usesBy(needs, own && keyOf(own)), ...commonFacts(entry, reader)];
}

function groupFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  return name ? [definition('dbt.group', name, 'group', reader)] : [];
}
