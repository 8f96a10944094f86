import type { NameKind, NameProblem, Use } from '../../core/facts.ts';
import { serviceNamespace, volumeNamespace } from '../../core/services.ts';

export const namespaces = {
  service: serviceNamespace,
  volume: volumeNamespace,
  network: 'container.network',
  secret: 'container.secret',
  config: 'container.config',
  model: 'container.model',
  /** Defined by a folder's main file; see `unless` of what other files use. */
  main: 'container.main',
  /** Compose files that are read, by their path (URI path). */
  file: 'container.file',
} as const;

/** How a name is used; picks the words of the finding. */
export type Role =
  | 'depends-on'
  | 'link'
  | 'shares'
  | 'extends'
  | 'context'
  | 'volume'
  | 'network'
  | 'secret'
  | 'config'
  | 'model'
  /** Another file may define it that is not known to belong here. */
  | 'unsure';

const pattern = /^[a-zA-Z0-9._-]+$/u;

export const nameKinds: readonly NameKind[] = [
  {
    namespace: namespaces.service,
    title: 'service',
    graph: { flow: 'work' },
    pattern,
    undefined: undefinedName,
  },
  { namespace: namespaces.volume, title: 'volume', pattern, undefined: undefinedName },
  { namespace: namespaces.network, title: 'network', pattern, undefined: undefinedName },
  { namespace: namespaces.secret, title: 'secret', pattern, undefined: undefinedName },
  { namespace: namespaces.config, title: 'config', pattern, undefined: undefinedName },
  { namespace: namespaces.model, title: 'language model', pattern, undefined: undefinedName },
];

/** In a service that a profile starts, it is a warning until then. */
function undefinedName(use: Use): NameProblem | undefined {
  const problem = refused(use);
  const isMild = problem !== undefined && use.data?.['profile'] === 'yes' && use.role !== 'extends';
  return isMild ? { ...problem, severity: 'warning' } : problem;
}

function refused(use: Use): NameProblem | undefined {
  const name = `\`${use.name}\``;
  switch (use.role as Role) {
    case 'depends-on':
    case 'link':
    case 'shares':
    case 'context':
      return error(
        'undefined-service',
        `no service is named ${name}; define it under \`services\` or correct the name`,
      );
    case 'extends':
      return error(
        'undefined-service',
        `there is no service ${name} to take over; define it under \`services\` or correct the name`,
      );
    case 'volume':
      return error(
        'undefined-volume',
        `no volume is named ${name}; define it under \`volumes\`, or begin with \`./\` if a folder is meant`,
      );
    case 'network':
    case 'secret':
    case 'config':
    case 'model':
      return error(
        `undefined-${use.role}`,
        `no ${use.role} is named ${name}; define it under \`${use.role}s\` or correct the name`,
      );
    case 'unsure':
      return undefined;
  }
}

function error(problem: string, message: string): NameProblem {
  return { code: `compose/${problem}`, severity: 'error', message };
}
