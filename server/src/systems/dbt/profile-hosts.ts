import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, stringOf, type Node } from '../../core/tree.ts';
import { addressFact } from '../../core/vocabulary.ts';

/** Adapters that connect to a host of the user's own, with the port they take where none is named. */
const ports: Readonly<Record<string, number>> = {
  postgres: 5432,
  redshift: 5439,
  clickhouse: 8123,
  trino: 8080,
  sqlserver: 1433,
  mysql: 3306,
};

/** The host that an output connects to, where it is written plainly. */
export function hostOf(output: Node, { root }: Project): readonly Definition[] {
  const type = stringOf(get(output, 'type'))?.text ?? '';
  const host = stringOf(get(output, 'host'));
  const port = get(output, 'port');
  if (!host || !Object.hasOwn(ports, type)) return [];
  const written = port?.kind === 'scalar' ? port.text : String(ports[type]);
  return addressFact(host, written, { project: root, system: 'dbt', opener: 'dbt' });
}
