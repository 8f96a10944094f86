import {
  aboutNothing,
  checkFact,
  type Check,
  type CommandOutput,
  type Judgement,
} from '../../core/evidence.ts';
import type { Definition } from '../../core/facts.ts';
import type { FactReader } from '../../core/fact-index.ts';
import { objectOf, parseJson, textOf } from '../../core/json.ts';
import { isInside } from '../../core/path.ts';
import { allServices, serviceNamespace } from '../../core/services.ts';
import type { Project } from '../../core/system.ts';

function nameOf(service: string): string {
  return `compose:service/${service}`;
}

/** That the state of a service can be asked for. */
export function serviceCheckFact(service: string, scope: string): Definition {
  return checkFact(nameOf(service), scope, `The service ${service} is running`);
}

/** Whether each service runs, as Compose tells. */
export function composeChecks({ root }: Project, facts: FactReader): readonly Check[] {
  return allServices(facts)
    .filter(({ scope }) => isInside(scope, root))
    .map(({ name, scope, definitions }): Check => {
      // A file of another name is one that Compose has to be told of.
      const isOther = definitions.every(({ data }) => data?.['file'] === 'other');
      const file = definitions[0]!.path;
      // What others wait for to end (an init, a migration) is not meant to go on.
      const mayEnd = facts
        .uses({ namespace: serviceNamespace, scope, name })
        .some(({ data }) => data?.['condition'] === 'service_completed_successfully');
      return {
        id: nameOf(name),
        title: `The service ${name} ${mayEnd ? 'ended well, or is running' : 'is running'}`,
        probe: {
          kind: 'command',
          words: [
            'docker',
            'compose',
            ...(isOther ? ['--file', file.slice(scope.length + 1)] : []),
            'ps',
            '--all',
            '--format',
            'json',
            name,
          ],
          cwd: scope,
          exit: 0,
          judge: (output) => judgeService(name, output, { mayEnd }),
        },
        about: { ...aboutNothing, systems: ['compose'] },
        weight: 1,
        folder: scope,
      };
    });
}

interface Container {
  readonly state: string;
  readonly health: string;
  readonly exitCode: number;
}

/** What `docker compose ps --format json` says: an object a line, formerly one list. */
export function judgeService(
  service: string,
  { exitCode, stdout, stderr }: CommandOutput,
  { mayEnd = false }: { readonly mayEnd?: boolean } = {},
): Judgement {
  const expected = `the service \`${service}\` ${mayEnd ? 'ended well, or is running' : 'is running'}`;
  const start = `start it: \`docker compose up -d ${service}\``;
  if (exitCode !== 0 && hasNoCompose.test(stderr))
    return {
      state: 'unknown',
      expected,
      seen: 'Docker is here without Compose: it does not know `docker compose`',
      next: 'install its Compose plugin: https://docs.docker.com/compose/install/',
    };
  if (exitCode !== 0) {
    const said =
      stderr
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.trim() ?? `it ended with ${exitCode}`;
    return {
      state: 'unknown',
      expected,
      seen: `Compose cannot tell: ${said}`,
      next: 'start Docker, or mend what it says',
    };
  }
  const containers = containersIn(stdout);
  if (!containers)
    return {
      state: 'unknown',
      expected,
      seen: 'Compose says something else than JSON',
      next: 'use Compose 2 or later',
    };
  if (containers.length === 0) return { state: 'failed', expected, seen: 'it was not started', next: start };
  const states = containers.map(({ state, health, exitCode: code }) =>
    state === 'running'
      ? health === ''
        ? state
        : `running, ${health}`
      : state === 'exited'
        ? `exited with ${code}`
        : state,
  );
  const seen = [...new Set(states)].join('; ');
  const isWell = ({ state, health, exitCode: code }: Container): boolean =>
    state === 'running' ? health !== 'unhealthy' : mayEnd && state === 'exited' && code === 0;
  if (!containers.every(isWell))
    return {
      state: 'failed',
      expected,
      seen,
      next: `look at \`docker compose logs ${service}\`, then ${start}`,
    };
  return containers.some(({ health }) => health === 'starting')
    ? { state: 'warning', expected, seen, next: 'wait until it is healthy' }
    : { state: 'passed', expected, seen };
}

/** Docker says how Docker itself is used: no plugin took the words. Compose would say how Compose is. */
const hasNoCompose =
  /^Usage:\s+docker \[OPTIONS\] COMMAND|'compose' is not a docker command|unknown command: docker compose/m;

function containersIn(stdout: string): readonly Container[] | undefined {
  const told = listed(stdout)?.map(objectOf);
  if (!told?.every((each) => each !== undefined)) return undefined;
  return told.map((each) => ({
    state: textOf(each['State']) ?? '',
    health: textOf(each['Health']) ?? '',
    exitCode: Number(each['ExitCode'] ?? 0),
  }));
}

/** Compose prints a list, or, from 2.21 on, a line for each container. */
function listed(stdout: string): readonly unknown[] | undefined {
  if (!stdout.trim().startsWith('['))
    return stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseJson(line)]));
  const list = parseJson(stdout);
  return Array.isArray(list) ? list : undefined;
}
