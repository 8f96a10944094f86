import type { Fact } from '../../core/facts.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { commonFacts, unresolved } from './common-facts.ts';
import { aboutOf, definition, roleOf, type EntryReader } from './entries.ts';

/** An entry of `sources:`: the source, which several files may share, and its tables, which they may not. */
export function sourceFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const common = commonFacts(entry, reader);
  if (!name)
    return [...common, ...itemsOf(get(entry, 'tables')).flatMap((table) => commonFacts(table, reader))];
  const about = aboutOf(entry);
  const source: Fact = {
    ...definition('dbt.source', name, 'source', reader),
    exclusive: false,
    ...(about === undefined ? {} : { about }),
    data: strings({
      loader: get(entry, 'loader'),
      database: get(entry, 'database'),
      schema: get(entry, 'schema') ?? name,
    }),
  };
  // A source that overrides a package's own has the same tables on purpose.
  const isShared = roleOf(entry) === 'deferred' || get(entry, 'overrides') !== undefined;
  const isOff = isSwitchedOff(entry);
  const tables = itemsOf(get(entry, 'tables')).flatMap((table) =>
    tableFacts(table, name, { isShared, isOff: isOffForAll(isSwitchedOff(table) ?? isOff, reader) }, reader),
  );
  return [source, ...common, ...tables];
}

function tableFacts(
  entry: Node,
  source: ScalarNode,
  { isShared, isOff }: { readonly isShared: boolean; readonly isOff: boolean },
  reader: EntryReader,
): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const common = commonFacts(entry, reader, { columns: `${source.text}.${name.text}.` });
  const about = aboutOf(entry);
  return [
    {
      ...definition('dbt.source-table', name, 'source table', reader),
      name: `${source.text}.${name.text}`,
      prefix: `${source.text}.`,
      ...(isShared || roleOf(entry) === 'deferred' ? { exclusive: false } : {}),
      ...(about === undefined ? {} : { about }),
      data: {
        source: source.text,
        table: name.text,
        ...strings({ identifier: get(entry, 'identifier') }),
        ...(isOff ? { off: 'yes' } : {}),
      },
    },
    ...(isOff ? unresolved(common) : common),
  ];
}

/** Of a package's sources the project that installs it has the last word. */
function isOffForAll(isOff: boolean | undefined, { project }: EntryReader): boolean {
  return isOff === true && !project.vendored;
}

/** Whether `enabled` says so in plain words; undefined where it says nothing. */
function isSwitchedOff(entry: Node): boolean | undefined {
  const enabled = get(get(entry, 'config'), 'enabled');
  if (!enabled) return undefined;
  return enabled.kind === 'scalar' && enabled.value === false;
}

function strings(nodes: Readonly<Record<string, Node | undefined>>): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [key, node] of Object.entries(nodes)) {
    const text = stringOf(node)?.text;
    if (text !== undefined) found[key] = text;
  }
  return found;
}
