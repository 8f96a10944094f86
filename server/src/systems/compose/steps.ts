import type { FactReader } from '../../core/fact-index.ts';
import { isInside } from '../../core/path.ts';
import { servicesByScope, type Service } from '../../core/services.ts';
import type { CancelStage, Step } from '../../core/step.ts';
import type { Project, StepVariants } from '../../core/system.ts';
import { namespaces } from './names.ts';
import { downStep, listedStep, serviceStep, serviceVariants, upStep } from './step-names.ts';

/** Compose ends what it waits for on an interrupt, and leaves containers as they are. */
const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

/** What can be run of each folder that has a main compose file: all its services, and each by itself. */
export function composeSteps(project: Project, facts: FactReader): readonly Step[] {
  return [...servicesByScope(facts)].flatMap(([scope, services]) =>
    isInside(scope, project.root) && hasMainFile(scope, facts) ? stepsOf(scope, services) : [],
  );
}

function hasMainFile(scope: string, facts: FactReader): boolean {
  return facts.isDefined({ namespace: namespaces.main, scope, name: 'main' });
}

function stepsOf(scope: string, services: readonly Service[]): readonly Step[] {
  const path = services[0]!.definitions[0]!.path;
  const start = { path, span: { start: 0, end: 0 } };
  const started = services.filter(({ profiles }) => profiles.length === 0).map(({ name }) => name);
  return [
    {
      ...head(scope, upStep, 'command'),
      title: 'Start services',
      detail: `docker compose up: ${started.join(', ')}`,
      work: command(scope, ['up', '--detach']),
      location: start,
    },
    {
      ...head(scope, downStep, 'command'),
      title: 'Stop and remove containers',
      detail: 'docker compose down; volumes stay',
      work: command(scope, ['down']),
      location: start,
    },
    ...services.map(({ name, image, definitions }): Step => ({
      ...head(scope, serviceStep(name), 'service'),
      title: `Start ${name}`,
      detail: image ?? 'service',
      verb: 'Start',
      work: command(scope, ['up', '--detach', name]),
      location: { path: definitions[0]!.path, span: definitions[0]!.span },
    })),
  ];
}

/** Logs, restart and stop of a service, from the step that starts it. */
export const composeStepVariants: StepVariants = {
  listed: listedStep,
  names: (listed) => {
    const service = serviceIn(listed);
    return service === undefined ? [] : serviceVariants.map(({ prefix }) => prefix + service);
  },
  steps: (step) => {
    const service = serviceIn(step.id);
    if (service === undefined) return [];
    return serviceVariants.map(({ prefix, title, verb, args }): Step => ({
      ...step,
      id: prefix + service,
      title: `${title} ${service}`,
      detail: `docker compose ${args[0]}`,
      verb,
      work: command(step.project, [...args, service]),
    }));
  },
};

function serviceIn(step: string): string | undefined {
  return step.startsWith(serviceStep('')) ? step.slice(serviceStep('').length) : undefined;
}

function head(scope: string, id: string, kind: string): Pick<Step, 'id' | 'kind' | 'system' | 'project'> {
  return { id, kind, system: 'compose', project: scope };
}

function command(scope: string, args: readonly string[]): Step['work'] {
  return {
    kind: 'command',
    executable: { name: 'docker', install: 'https://docs.docker.com/engine/install/' },
    args: ['compose', '--progress', 'plain', ...args],
    cwd: scope,
    writes: [],
    cancel,
  };
}
