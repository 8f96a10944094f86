import type { Definition, Located, NameKind, NameProblem, Use } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import { pluginTypes } from './plugin-types.ts';

/** What Meltano calls by name besides plugins. */
export const namespaces = {
  mapping: 'meltano.mapping',
  command: 'meltano.command',
  job: 'meltano.job',
  schedule: 'meltano.schedule',
  environment: 'meltano.environment',
  /** Patterns of `include_paths`, defined by the files they match. */
  include: 'meltano.include',
  /** Lock files, by what Meltano looks for: `extractors/tap-x--acme`. */
  lock: 'meltano.lock',
  /** Folders of projects (URI paths), each defined by its `meltano.yml`. */
  project: 'meltano.project',
} as const;

/** How a name is used; see `undefinedName`. */
export type Role =
  | 'task'
  | 'task-names-job'
  | 'task-command'
  | 'schedule-plugin'
  | 'schedule-job'
  | 'environment-plugin'
  | 'default-environment'
  | 'selected-environment'
  | 'parent'
  /** Of what Meltano is called with elsewhere. */
  | 'run'
  | 'run-plugin'
  | 'run-schedule'
  | 'run-environment'
  /** What rules of their own ask after. */
  | 'include'
  | 'lock'
  /** Of a plugin that nobody here knows whole, so nothing can be said. */
  | 'unsure';

/** What a task may name. */
export const taskNamespaces: readonly string[] = [
  ...pluginTypes.map((type) => type.namespace),
  namespaces.mapping,
  namespaces.command,
];

const work = { flow: 'work' } as const;

export const nameKinds: readonly NameKind[] = [
  ...pluginTypes.flatMap((type): readonly NameKind[] => [
    {
      namespace: type.namespace,
      title: type.what,
      graph: work,
      undefined: undefinedName,
      duplicate: twice('plugin'),
      // A task names its blocks with blanks between them and their commands behind a colon.
      pattern: /^[^:\s]+$/u,
    },
    { namespace: type.locks, title: `locked ${type.what}` },
  ]),
  { namespace: namespaces.mapping, title: 'mapping', undefined: undefinedName, duplicate: duplicateMapping },
  { namespace: namespaces.command, title: 'command', undefined: undefinedName },
  { namespace: namespaces.job, title: 'job', graph: work, undefined: undefinedName, duplicate: twice('job') },
  {
    namespace: namespaces.schedule,
    title: 'schedule',
    graph: work,
    undefined: undefinedName,
    duplicate: twice('schedule'),
  },
  {
    namespace: namespaces.environment,
    title: 'environment',
    undefined: undefinedName,
    duplicate: twice('environment'),
    pattern: /^[^:]+$/u,
  },
  { namespace: namespaces.include, title: 'included file' },
  { namespace: namespaces.lock, title: 'lock file' },
  { namespace: namespaces.project, title: 'Meltano project' },
];

function undefinedName(use: Use): NameProblem | undefined {
  const name = `\`${use.name}\``;
  const kind = pluginTypes.find((type) => type.namespace === use.namespaces[0])?.what ?? 'plugin';
  switch (use.role as Role) {
    case 'task':
      return error(
        'undefined-plugin',
        `no plugin or mapping is named ${name}; define it under \`plugins\` or correct the name`,
      );
    case 'task-names-job':
      return error(
        'undefined-plugin',
        `${name} is a job, and a task names plugins only; name the job's blocks here`,
      );
    case 'task-command':
      return error(
        'undefined-command',
        `the plugin has no command ${name}; define it under \`commands\` or correct the name`,
      );
    case 'schedule-plugin':
      return error(
        'undefined-plugin',
        `no ${kind} is named ${name}; define it under \`plugins\` or correct the name`,
      );
    case 'schedule-job':
      return error('undefined-job', `no job is named ${name}; define it under \`jobs\` or correct the name`);
    case 'environment-plugin':
      return {
        ...error(
          'undefined-plugin',
          `no ${kind} is named ${name}, so this configuration is never read; correct the name`,
        ),
        severity: 'warning',
      };
    case 'default-environment':
      return error(
        'undefined-environment',
        `no environment is named ${name}; define it under \`environments\` or correct the name`,
      );
    case 'parent':
      // Meltano asks its Hub, which may know the plugin: only the project's own files can be judged here.
      return {
        ...error(
          'undefined-parent',
          `the project has no ${kind} ${name} and no lock file of it; correct the name, or run \`meltano lock\` if it is a plugin of Meltano Hub`,
        ),
        severity: 'warning',
      };
    case 'selected-environment':
      return error(
        'undefined-environment',
        `\`.env\` sets \`MELTANO_ENVIRONMENT\` to ${name}, and no environment is named so; define it under \`environments\` or correct \`.env\``,
      );
    case 'run':
      return error(
        'undefined-plugin',
        `no job, plugin or mapping is named ${name}; define it in \`meltano.yml\` or correct the name`,
      );
    case 'run-plugin':
      return error(
        'undefined-plugin',
        `no plugin is named ${name}; define it in \`meltano.yml\` or correct the name`,
      );
    case 'run-schedule':
      return error(
        'undefined-schedule',
        `no schedule is named ${name}; define it in \`meltano.yml\` or correct the name`,
      );
    case 'run-environment':
      return error(
        'undefined-environment',
        `no environment is named ${name}; define it under \`environments\` or correct the name`,
      );
    case 'include':
    case 'lock':
    case 'unsure':
      return undefined;
  }
}

/** Meltano refuses a name that stands twice among included files; of two others it silently drops one. */
function twice(what: string): (definition: Definition, first: Located<Definition>) => NameProblem {
  return (definition, first) => {
    const name = `${definition.what} \`${definition.name}\``;
    const code = `duplicate-${what}`;
    const [here, there] = [definition.data?.['file'], first.data?.['file']];
    if (here === 'included' && there === 'included') {
      return error(
        code,
        `the ${name} is also defined in ${baseName(first.path)}, and Meltano refuses that among included files; rename or remove one`,
      );
    }
    const counts = here === there ? 'the first one counts' : 'the one in meltano.yml counts';
    return {
      ...error(code, `the ${name} is defined twice, and only ${counts}; rename or remove one`),
      severity: 'warning',
    };
  };
}

function duplicateMapping(definition: Definition): NameProblem {
  return error(
    'duplicate-mapping',
    `the mapping \`${definition.name}\` is defined twice, so no task can use it; rename one`,
  );
}

function error(problem: string, message: string): NameProblem {
  return { code: `meltano/${problem}`, severity: 'error', message };
}
