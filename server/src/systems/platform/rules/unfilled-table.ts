import { closest } from '../../../core/closest.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import { whereNamespaces } from '../../../core/services.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { ownOf, type Worded } from '../../../core/vocabulary.ts';
import { isSameSchema } from '../warehouse.ts';
import { loadsFor } from './unfilled-source.ts';

/**
 * A table of a source that nothing loads under its name, though something of nearly that name is loaded into its
 * schema: `ordesr`, where the catalog of the extractor has `orders`. How loaders write a stream's name (case, dashes,
 * the part behind the last one) makes no difference here, so what differs is no matter of that.
 */
export const unfilledTable: BetweenRule = {
  id: 'platform/unfilled-table',
  severity: 'warning',
  over: [
    'warehouse.table',
    'warehouse.source',
    'warehouse.load',
    'load.streams',
    'duckdb.file',
    ...whereNamespaces,
  ],
  check({ path, facts: own }, facts, report) {
    const known = new Map<string, readonly string[]>();
    for (const table of ownOf(own, 'warehouse.table')) {
      const { schema, project } = table.data;
      const streams = known.get(schema) ?? streamsInto(schema, project, facts);
      known.set(schema, streams);
      const tables = new Map(streams.flatMap(tablesOf).map((each) => [plain(each), each]));
      const wanted = plain(table.name);
      // Behind a stream's name loaders put what they make of nested records.
      if (wanted === '' || [...tables.keys()].some((each) => wanted.startsWith(each))) continue;
      const meant = tables.get(closest(wanted, tables.keys()) ?? '');
      if (meant === undefined) continue;
      const isWritten = table.span.end - table.span.start === table.name.length;
      report(
        table,
        `nothing loads a table \`${table.name}\` into the schema \`${schema}\`, by the catalogs of all extractors: did you mean \`${meant}\`?`,
        {
          fixes: isWritten
            ? [
                {
                  title: `Change to \`${meant}\``,
                  edits: [{ path, span: table.span, newText: meant }],
                  certain: false,
                },
              ]
            : [],
        },
      );
    }
  },
};

/** All that may be loaded into a schema of the file that a project builds in; none where any of it is not known. */
function streamsInto(schema: string, project: string, facts: FactReader): readonly string[] {
  const loads = loadsFor(project, facts).filter(({ name }) => isSameSchema(name, schema));
  const found: string[] = [];
  for (const { data } of loads) {
    if (data.listed === undefined) return [];
    for (const line of data.listed.split('\n')) {
      const list = line.split('\t').flatMap((name) => listAt(name, facts))[0];
      if (!list) return [];
      found.push(...list.data.streams.split('\n'));
    }
  }
  return found;
}

function listAt(name: string, facts: FactReader): readonly Worded<'load.streams'>[] {
  return facts
    .definitions({ namespace: 'load.streams', scope: '', name })
    .filter((each): each is Worded<'load.streams'> => each.data !== undefined);
}

/** What loaders may call the table of a stream: `public-orders` is `public_orders` for some, `orders` for others. */
function tablesOf(stream: string): readonly string[] {
  const parts = stream.split(/[-./]/u);
  return parts.map((_part, from) => parts.slice(from).join('_').toLowerCase());
}

/** What is left of a name when case, dashes and the like make no difference. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
