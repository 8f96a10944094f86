import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, type Pair } from '../../core/tree.ts';
import { databaseFact } from '../../core/vocabulary.ts';

/** What tells the database of an adapter, with what it takes where nothing is said. */
const parts: Readonly<Record<string, readonly { readonly keys: readonly string[]; readonly or?: string }[]>> =
  {
    postgres: [{ keys: ['host'] }, { keys: ['port'], or: '5432' }, { keys: ['dbname', 'database'] }],
    redshift: [{ keys: ['host'] }, { keys: ['port'], or: '5439' }, { keys: ['dbname', 'database'] }],
    snowflake: [{ keys: ['account'] }, { keys: ['database'] }],
    bigquery: [{ keys: ['project', 'database'] }],
  };

/** The database of a server that an output builds in; its name is '' where it is not written plainly. */
export function databaseOf({ key, value }: Pair, { root }: Project): readonly Definition[] {
  const type = get(value, 'type');
  const kind = type?.kind === 'scalar' && Object.hasOwn(parts, type.text) ? type.text : undefined;
  if (kind === undefined) return [];
  const told = parts[kind]!.map(({ keys, or }) => {
    const node = keys.map((each) => get(value, each)).find((each) => each !== undefined);
    if (!node) return or;
    return node.kind === 'scalar' && !node.text.includes('{') ? node.text : undefined;
  });
  const isTold = told.every((part) => part !== undefined && part !== '');
  const name = isTold ? (told as readonly string[]) : undefined;
  return [databaseFact(kind, name, key.span, { project: root, system: 'dbt', access: 'build' })];
}
