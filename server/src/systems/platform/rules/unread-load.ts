import type { FactReader } from '../../../core/fact-index.ts';
import { whereNamespaces } from '../../../core/services.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { allOf, ownOf, type Worded } from '../../../core/vocabulary.ts';
import { byPlace } from '../by-place.ts';
import { mayBeOne } from '../opened-file.ts';
import { buildersOf, fileOf, isSameSchema } from '../warehouse.ts';
import { loadsFor } from './unfilled-source.ts';

/** A schema that somebody fills night after night, and that no source of the transformation reads. */
export const unreadLoad: BetweenRule = {
  id: 'platform/unread-load',
  severity: 'information',
  over: ['warehouse.load', 'warehouse.source', 'duckdb.file', ...whereNamespaces],
  check({ path, facts: own }, facts, report) {
    for (const load of ownOf(own, 'warehouse.load')) {
      const sources = load.name === '' ? [] : sourcesFor({ ...load, path }, facts);
      if (sources.length === 0 || sources.some(({ name }) => isSameSchema(name, load.name))) continue;
      const read = [...new Set(sources.map(({ name }) => `\`${name}\``))].join(', ');
      const related = sources.slice(0, 5).map((source) => ({
        path: source.path,
        span: source.span,
        message: `\`${source.data.source}\` is read here`,
      }));
      report(
        load,
        `nothing reads the schema \`${load.name}\`; sources read ${read}: add a source, or load no longer`,
        { related },
      );
    }
  },
};

/** The sources that could read a load; none where others might, or where a source is unfilled, which is then what is wrong. */
function sourcesFor(
  load: Worded<'warehouse.load'>,
  facts: FactReader,
): readonly Worded<'warehouse.source'>[] {
  const file = fileOf(load, facts);
  const builders = file && buildersOf(file, facts);
  const [builder, ...more] = new Set(builders?.map(({ data }) => data.project));
  if (!file || builder === undefined || more.length > 0) return [];
  if (facts.holes('warehouse.source', builder).length > 0) return [];
  const readers = allOf(facts, 'duckdb.file').filter(({ data }) => ['read', 'write'].includes(data.access));
  if (readers.some((reader) => mayBeOne(reader, file, facts) !== false)) return [];
  const loads = loadsFor(builder, facts);
  const sources = allOf(facts, 'warehouse.source').filter(({ data }) => data.project === builder);
  const isFilled = sources.every(
    ({ name, data }) => data.elsewhere === 'yes' || loads.some((each) => isSameSchema(each.name, name)),
  );
  return isFilled && loads.length > 0 ? sources.toSorted(byPlace) : [];
}
