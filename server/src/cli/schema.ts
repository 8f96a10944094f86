import readiness from '../../schemas/penstock/readiness.json' with { type: 'json' };
import type { CliHost } from './host.ts';

/**
 * Prints the JSON schema of Penstock's own file, for editors that check YAML by one, or that of what a command prints.
 * Exit status: 0, 2 where nothing of that name has one.
 */
export function runSchemaCommand(
  name: string | undefined,
  { io, systems }: Pick<CliHost, 'io' | 'systems'>,
): number {
  if (name !== undefined && name !== 'readiness') {
    io.err(`penstock schema: there is no schema of ${name}; leave it out, or write \`readiness\`\n`);
    return 2;
  }
  const own = systems.flatMap(({ ownSchema }) => ownSchema ?? []);
  for (const schema of name === undefined ? own : [readiness])
    io.out(`${JSON.stringify(schema, undefined, 2)}\n`);
  return 0;
}
