import { closest } from '../../../core/closest.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import { whereNamespaces } from '../../../core/services.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { ownOf, type Worded } from '../../../core/vocabulary.ts';
import { byPlace } from '../by-place.ts';
import { unreadServerLoads } from '../server-loads.ts';
import { builtFile, buildersOf, isSameSchema, loadsInto } from '../warehouse.ts';

/**
 * A source of a transformation whose schema nobody fills: `schema: shop` of a dbt source, where Meltano loads into
 * `raw`. dbt says so only when it runs, one model at a time.
 */
export const unfilledSource: BetweenRule = {
  id: 'platform/unfilled-source',
  severity: 'warning',
  over: ['warehouse.source', 'warehouse.load', 'warehouse.database', 'duckdb.file', ...whereNamespaces],
  check({ path, facts: own }, facts, report) {
    for (const source of ownOf(own, 'warehouse.source')) {
      if (source.data.elsewhere === 'yes') continue;
      const loads = expectedFor(source, facts);
      if (loads.length === 0 || loads.some(({ name }) => isSameSchema(name, source.name))) continue;
      const [first] = loads;
      const schemas = [...new Set(loads.map(({ name }) => name))];
      const meant = closest(source.name, schemas) ?? (schemas.length === 1 ? schemas[0]! : undefined);
      const filled = schemas.map((each) => `\`${each}\``).join(', ');
      const advice =
        meant === undefined ? 'correct the schema or load into it' : `did you mean \`${meant}\`?`;
      const isWritten = source.span.end - source.span.start === source.name.length;
      const title =
        meant !== undefined && isWritten && source.name !== source.data.source
          ? `Change to \`${meant}\``
          : undefined;
      report(
        source,
        `nothing loads into the schema \`${source.name}\` of this source; ${first!.data.opener} fills ${filled}: ${advice}`,
        {
          related: loads.slice(0, 5).map((load) => ({
            path: load.path,
            span: load.span,
            message: `\`${load.name}\` is filled from here`,
          })),
          fixes:
            title === undefined
              ? []
              : [{ title, edits: [{ path, span: source.span, newText: meant! }], certain: false }],
        },
      );
    }
  },
};

/** What a source may be filled by, where it is known that it should be. */
function expectedFor(
  { name, data }: Pick<Worded<'warehouse.source'>, 'name' | 'data'>,
  facts: FactReader,
): readonly Worded<'warehouse.load'>[] {
  const loads = loadsFor(data.project, facts);
  if (loads.length > 0) return loads;
  // On a server others may fill it: what tells is a schema of nearly this name that is filled, and read by nobody.
  return sorted(unreadServerLoads(data.project, facts)).filter((load) => closest(name, [load.name]));
}

/** What is loaded into the file that a project, and no other, builds in; none where that is not known. */
export function loadsFor(project: string, facts: FactReader): ReturnType<typeof sorted> {
  const file = builtFile(project, facts);
  const builders = file && buildersOf(file, facts);
  // What another project builds there may be the source of this one.
  if (!file || !builders || builders.some(({ data }) => data.project !== project)) return [];
  return sorted(loadsInto(file, facts) ?? []);
}

function sorted(loads: NonNullable<ReturnType<typeof loadsInto>>): NonNullable<ReturnType<typeof loadsInto>> {
  return loads.toSorted(byPlace);
}
