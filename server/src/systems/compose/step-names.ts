import type { Definition } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';

/** The public names of Compose's steps. */
export const upStep = 'compose:up';
export const downStep = 'compose:down';

export function serviceStep(service: string): string {
  return `${upStep}/${service}`;
}

/** What can be done with a service besides starting it. */
export const serviceVariants = [
  { prefix: 'compose:logs/', verb: 'Logs', title: 'Logs of', args: ['logs', '--no-color', '--tail', '500'] },
  { prefix: 'compose:restart/', verb: 'Restart', title: 'Restart', args: ['restart'] },
  { prefix: 'compose:stop/', verb: 'Stop', title: 'Stop', args: ['stop'] },
] as const;

/** The step that starts the service which `name` is another step of; undefined for all others. */
export function listedStep(name: string): string | undefined {
  const found = serviceVariants.find(({ prefix }) => name.startsWith(prefix));
  return found && serviceStep(name.slice(found.prefix.length));
}

/** The name of a step, for whoever names steps in a file. */
export function stepDefinition(name: string, span: Span, about: string): Definition {
  const head = { fact: 'definition', namespace: 'step', scope: '', name, span, what: 'step', about } as const;
  return { ...head, exclusive: false, implicit: true };
}
