import type { CliHost } from './host.ts';

/** Prints the JSON schema of Penstock's own file, for editors that check YAML by one. Exit status: 0. */
export function runSchemaCommand({ io, systems }: Pick<CliHost, 'io' | 'systems'>): number {
  for (const { ownSchema } of systems) if (ownSchema) io.out(`${JSON.stringify(ownSchema, undefined, 2)}\n`);
  return 0;
}
