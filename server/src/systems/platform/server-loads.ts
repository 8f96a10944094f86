import type { FactReader } from '../../core/fact-index.ts';
import { allOf, type Worded } from '../../core/vocabulary.ts';
import { placeOf } from '../../core/where.ts';
import { isSameSchema } from './warehouse.ts';

type Database = Worded<'warehouse.database'>;
type Load = Worded<'warehouse.load'>;

/**
 * What is loaded into the database of a server that a project builds in, of all that no source of it reads; none
 * where anything is not known. Others may fill such a database, so this alone says of no schema that it is empty.
 */
export function unreadServerLoads(project: string, facts: FactReader): readonly Load[] {
  const all = allOf(facts, 'warehouse.database');
  const [built, ...more] = all.filter(({ data }) => data.access === 'build' && data.project === project);
  if (!built || more.length > 0 || !isTold(built, facts)) return [];
  const fillers = all.filter(({ data }) => data.access === 'load' && data.kind === built.data.kind);
  if (fillers.some((filler) => !isTold(filler, facts))) return [];
  const here = fillers.filter(({ name }) => name === built.name);
  const loads = allOf(facts, 'warehouse.load').filter(({ data }) =>
    here.some((filler) => filler.data.project === data.project && filler.data.loader === data.loader),
  );
  const isOpen =
    facts.holes('warehouse.load', '').length > 0 || facts.holes('warehouse.source', project).length > 0;
  if (isOpen || loads.some(({ name }) => name === '')) return [];
  const sources = allOf(facts, 'warehouse.source').filter(({ data }) => data.project === project);
  return loads.filter((load) => !sources.some(({ name }) => isSameSchema(name, load.name)));
}

/** `localhost` is one machine only for tools that both run on this one. */
function isTold({ name, data }: Database, facts: FactReader): boolean {
  if (name === '' || facts.holes('duckdb.file', data.project).length > 0) return false;
  const variables = (data.variables ?? '').split(' ').filter((each) => each !== '');
  if (variables.some((each) => facts.isDefined({ namespace: 'env', scope: '', name: each }))) return false;
  const isLocal = /^(?:localhost|127\.|::1)/.test(data.host);
  return !isLocal || placeOf({ root: data.project, system: data.system }, facts).kind === 'here';
}
