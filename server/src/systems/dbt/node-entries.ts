import type { Definition, Fact, NameKey, Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { findPair, get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { hasContract } from './checks/constraints.ts';
import { aboutNode, columnUses, commonFacts } from './common-facts.ts';
import {
  aboutOf,
  definition,
  describes,
  plainText,
  roleOf,
  use,
  usesAt,
  usesBy,
  type EntryReader,
} from './entries.ts';
import { writtenValue } from './materialization.ts';
import { metricFacts } from './semantic-layer.ts';
import { modelSemanticsFaults } from './semantic-faults.ts';
import { namesInColumns } from './semantic-names.ts';
import { batchKeys } from './sql-config.ts';
import { switchOff } from './switched-off.ts';

type NodeSection = 'models' | 'seeds' | 'snapshots';

const sectionData: Readonly<Record<NodeSection, { readonly section: string }>> = {
  models: { section: 'models' },
  seeds: { section: 'seeds' },
  snapshots: { section: 'snapshots' },
};

/** An entry of `models:`, `seeds:` or `snapshots:`. */
export function nodeFacts(
  section: NodeSection,
  entry: Node,
  reader: EntryReader,
  alone: Span | undefined,
): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const versions = itemsOf(get(entry, 'versions'));
  const relation = section === 'snapshots' ? get(entry, 'relation') : undefined;
  const { scope } = reader.project;
  const by: NameKey = { namespace: 'dbt.node', scope, name: name.text };
  const owner = { columns: `${name.text}.`, by };
  const found: Fact[] = [];
  if (versions.length > 0 || relation) {
    found.push(nodeDefinition(name, section, entry, reader));
    found.push(...usesBy(usesAt(relation, reader, roleOf(entry)), by));
  } else {
    const about = aboutOf(entry);
    const materialized = get(get(entry, 'config'), 'materialized');
    const data = {
      ...sectionData[section],
      ...(alone ? { alone: `${alone.start},${alone.end}` } : {}),
      ...(materialized ? { materialized: writtenValue(materialized) } : {}),
    };
    found.push({
      ...use('dbt.node', name, 'properties', reader),
      data,
      ...(about === undefined ? {} : { about }),
    });
  }
  if (roleOf(entry) === 'deferred') found.push(switchOff(name, reader.project));
  found.push(describes(name, section, reader));
  const terms = termsOf(entry, name, section, reader);
  if (terms) found.push(terms);
  if (section === 'models')
    found.push(
      ...modelFacts(entry, name, reader),
      ...namesInColumns(entry, reader),
      ...modelSemanticsFaults(entry, reader),
    );
  for (const fact of aboutNode(commonFacts(entry, reader, owner), by)) found.push(fact);
  for (const metric of itemsOf(get(entry, 'metrics'))) found.push(...metricFacts(metric, reader));
  if (versions.length > 0) {
    const latest = latestOf(entry, versions);
    for (const version of versions) {
      found.push(...versionFacts(version, name, latest, reader), ...commonFacts(version, reader, owner));
      for (const list of itemsOf(get(version, 'columns')))
        for (const key of ['include', 'exclude'])
          if (get(list, key)?.kind === 'seq')
            found.push(...columnUses(get(list, key), owner.columns, reader));
    }
  }
  return found;
}

/** A model with versions, or a snapshot that is written in YAML. */
function nodeDefinition(
  name: ScalarNode,
  section: NodeSection,
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

/**
 * What the entry says of who may use the node and how sure its columns are, in a namespace of its own:
 * a node has terms whether or not it is there. Nothing where it says nothing of that.
 */
function termsOf(
  entry: Node,
  name: ScalarNode,
  section: NodeSection,
  reader: EntryReader,
): Definition | undefined {
  const config = get(entry, 'config');
  // Only of models dbt asks who reads them.
  const access = section === 'models' ? plainText(get(config, 'access') ?? get(entry, 'access')) : undefined;
  const group = plainText(get(config, 'group') ?? get(entry, 'group'));
  const contract = hasContract(entry);
  const batch = batchOf(config);
  if (access !== 'private' && group === undefined && !contract && batch === '') return undefined;
  return termsDefinition(name, name.text, reader, {
    ...(batch === '' ? {} : { batch }),
    ...(access === 'private' ? { access } : {}),
    ...(group === undefined ? {} : { group }),
    ...(contract ? { contract: 'enforced' } : {}),
  });
}

/** The keys of a model's batches that stand in its configuration. */
function batchOf(config: Node | undefined): string {
  return config?.kind === 'map' ? batchKeys.filter((key) => findPair(config, key)).join(',') : '';
}

/** That a model is built in batches of time, and that it is a time spine. */
function modelFacts(entry: Node, name: ScalarNode, reader: EntryReader): readonly Fact[] {
  const found: Fact[] = [];
  const config = get(entry, 'config');
  const strategy = get(config, 'incremental_strategy');
  const materialized = plainText(get(config, 'materialized'));
  if (strategy && plainText(strategy) === 'microbatch' && roleOf(entry) === 'plain') {
    const data = { microbatch: batchOf(config), ...(materialized === undefined ? {} : { materialized }) };
    const span = { start: strategy.span.start, end: strategy.span.start };
    found.push({ ...use('dbt.node', name, 'deferred', reader), span, data });
  }
  const timeSpine = get(entry, 'time_spine');
  const prefix = `${name.text}.`;
  for (const each of itemsOf(get(timeSpine, 'custom_granularities')))
    found.push(...columnUses(get(each, 'column_name') ?? get(each, 'name'), prefix, reader));
  const spine = stringOf(get(timeSpine, 'standard_granularity_column'));
  if (spine) {
    found.push(...columnUses(spine, prefix, reader));
    const column = itemsOf(get(entry, 'columns')).find((each) => plainText(get(each, 'name')) === spine.text);
    const granularity = plainText(get(column, 'granularity')) ?? '';
    const own = definition('dbt.time-spine', spine, 'time spine', reader);
    found.push({ ...own, name: '*', exclusive: false, implicit: true, data: { granularity } });
  }
  return found;
}

function termsDefinition(
  at: ScalarNode,
  name: string,
  reader: EntryReader,
  data: Readonly<Record<string, string>>,
): Definition {
  const own = definition('dbt.terms', at, 'terms', reader);
  return { ...own, name, exclusive: false, implicit: true, data };
}

/** The version that a `ref` without one means: the one that is named, else the greatest, as dbt orders them. */
function latestOf(entry: Node, versions: readonly Node[]): string | undefined {
  const named = plainText(get(entry, 'latest_version'));
  if (named !== undefined) return named;
  const all = versions.flatMap((version) => plainText(get(version, 'v')) ?? []);
  const isNumeric = all.every((each) => each.trim() !== '' && !Number.isNaN(Number(each)));
  return all.toSorted((a, b) => (isNumeric ? Number(a) - Number(b) : a < b ? -1 : 1)).at(-1);
}

/** One of `versions:`: a name in two parts, and the file that it is about. */
function versionFacts(
  entry: Node,
  model: ScalarNode,
  latest: string | undefined,
  reader: EntryReader,
): readonly Fact[] {
  const v = get(entry, 'v');
  const version = plainText(v);
  if (v?.kind !== 'scalar' || version === undefined) return [];
  const definedIn = stringOf(get(entry, 'defined_in'));
  const file = definedIn?.text ?? `${model.text}_v${version}`;
  const isLatest = version === latest;
  const prefix = `${model.text}.v`;
  const own: Definition = {
    ...definition('dbt.node-version', v, 'version', reader),
    name: prefix + version,
    prefix,
    exclusive: false,
    data: {
      version,
      ...(isLatest ? { latest: 'yes' } : {}),
      ...(definedIn ? { file } : {}),
    },
  };
  const inFile: Use = {
    ...use('dbt.node', definedIn ?? v, 'deferred', reader),
    name: file,
    // What is written is the version alone, unless the file is named.
    ...(definedIn ? {} : { prefix: file.slice(0, file.length - v.text.length) }),
    data: { versionOf: model.text, version, ...(isLatest ? { latest: 'yes' } : {}) },
    // Whoever asks for the model gets what is in this file.
    by: { namespace: 'dbt.node', scope: reader.project.scope, name: model.text },
  };
  const terms = { versionOf: model.text, version };
  return file === model.text
    ? [own, inFile]
    : [own, inFile, termsDefinition(definedIn ?? v, file, reader, terms)];
}
