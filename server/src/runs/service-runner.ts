import { posix } from 'node:path';
import type { Command } from '../core/step.ts';
import { fromFsPath } from '../files/node-files.ts';
import type { ComposeClient, ComposeProject } from './compose-client.ts';
import { markName } from './local-runner.ts';
import { ServiceTarget, type ServiceSpot } from './service-target.ts';
import type {
  ProcessEnd,
  ProcessTraces,
  RanIn,
  Runner,
  RunnerHooks,
  RunningProcess,
  Signal,
} from './runner.ts';

/** A compose service that sees a project as its tool does. */
export interface ServicePlace {
  readonly service: string;
  readonly project: ComposeProject;
  /** A path (URI path) as the container sees it. */
  inside(path: string): string | undefined;
  /** The file (file-system path) that an absolute path of the container means. */
  toHost(path: string): string | undefined;
  readonly mounts: RanIn['mounts'];
}

export interface ServiceRunnerOptions {
  readonly place: ServicePlace;
  readonly how: RanIn['how'];
  readonly because: string;
  /** The folder of the command inside the container. */
  readonly folder: string;
  readonly client: ComposeClient;
  /** The docker client's program. */
  readonly docker: string;
  /** Runs the client. */
  readonly local: Runner;
}

/** Runs a command in a compose service: in the container that is up, or in one of its own that goes with it. */
export class ServiceRunner implements Runner {
  readonly place: RanIn;
  readonly #options: ServiceRunnerOptions;

  constructor(options: ServiceRunnerOptions) {
    this.#options = options;
    const { place, how, because } = options;
    this.place = { service: place.service, how, because, mounts: place.mounts };
  }

  toHost(path: string): string | undefined {
    const { place, folder } = this.#options;
    return place.toHost(posix.resolve(folder, path.replaceAll('\\', '/')));
  }

  start(command: Command, hooks: RunnerHooks): RunningProcess {
    const { local, place, docker, how, client } = this.#options;
    const container = `penstock-${process.pid}-${Date.now().toString(36)}-${counted()}`;
    let target: ServiceTarget | undefined;
    const started = local.start(
      {
        ...command,
        executable: { name: docker, install: command.executable.install },
        args: this.#args(command, container),
        cwd: fromFsPath(place.project.folder),
      },
      {
        line(stream, text) {
          const told = target?.pid === undefined ? firstLine.exec(text) : null;
          if (told && target) target.pid = Number(told[1]);
          else hooks.line(stream, text);
        },
        ...(hooks.block ? { block: (stream, lines) => hooks.block!(stream, lines) } : {}),
      },
    );
    if (started.pid === undefined || !started.traces) return started;
    const { service, project } = place;
    const spot: ServiceSpot = { service, project, ...(how === 'run' ? { container } : {}) };
    target = new ServiceTarget(client, spot, started.traces.mark);
    return new ServiceProcess({ client: started, target, spot });
  }

  #args(command: Command, container: string): readonly string[] {
    const { place, how, folder, client } = this.#options;
    // By name alone: values stay out of the list of processes, and compose takes them from its own environment.
    const names = [...Object.keys(command.env ?? {}), markName, 'PYTHONUNBUFFERED', 'PYTHONIOENCODING'];
    const shared = ['-T', '--workdir', folder, ...names.flatMap((name) => ['--env', name])];
    const words = [command.executable.name, ...command.args].map((word) => wordInside(word, place));
    const before = client.args(place.project);
    if (how === 'exec')
      return [...before, 'exec', ...shared, place.service, 'sh', '-c', tellingPid, 'sh', ...words];
    // The image's entrypoint may be the tool itself, which would then be named twice.
    const own = ['--rm', '--name', container, '--entrypoint', 'sh'];
    return [...before, 'run', ...own, ...shared, place.service, '-c', 'exec "$@"', 'sh', ...words];
  }
}

/** The process inside tells its id, by which a signal finds it: one that the client gets does not go on to it. */
const tellingPid = `echo "penstock-pid $$"; exec "$@"`;
const firstLine = /^penstock-pid (\d+)$/u;

/** `/w/meltano/x` and `--dir=/w/meltano/x` as the container sees them; all other words as they are. */
function wordInside(word: string, place: ServicePlace): string {
  const [, option = '', path = ''] = /^(--?[\w-]+=)?(\/.*)$/su.exec(word) ?? [];
  const inside = path === '' ? undefined : place.inside(fromFsPath(path));
  return inside === undefined ? word : option + inside;
}

function counted(): string {
  return Math.random().toString(36).slice(2, 8);
}

interface ServiceProcessOptions {
  readonly client: RunningProcess;
  readonly target: ServiceTarget;
  readonly spot: ServiceSpot;
}

/** The docker client on this machine, and what it started inside. */
class ServiceProcess implements RunningProcess {
  readonly pid: number | undefined;
  readonly argv: readonly string[];
  readonly finished: Promise<ProcessEnd>;
  readonly traces: ProcessTraces;
  readonly #client: RunningProcess;
  readonly #target: ServiceTarget;
  readonly #hasOwnContainer: boolean;
  #signalled: Signal | undefined;

  constructor({ client, target, spot }: ServiceProcessOptions) {
    this.pid = client.pid;
    this.argv = client.argv;
    this.traces = { ...client.traces!, inside: spot };
    this.#client = client;
    this.#target = target;
    this.#hasOwnContainer = spot.container !== undefined;
    this.finished = this.#finish();
  }

  /** What it reached cannot be told before the container answers. */
  signal(signal: Signal): readonly [] {
    this.#signalled = signal;
    void this.#send(signal);
    return [];
  }

  async #send(signal: Signal): Promise<void> {
    const reached = await this.#target.signal(signal);
    // A client whose container does not answer waits for ever.
    if (!reached || signal === 'SIGKILL') this.#client.signal(signal);
  }

  async #finish(): Promise<ProcessEnd> {
    const end = await this.#client.finished;
    // Limit: what survives SIGKILL is not waited for.
    for (let killed = 0; killed < 10 && (await this.#leftInside());) {
      if (this.#signalled === 'SIGKILL') killed++;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return end;
  }

  /** Only a signal asks for the end of all; a container of its own has ended with its first process. */
  async #leftInside(): Promise<boolean> {
    if (this.#signalled === undefined || this.#hasOwnContainer) return false;
    return ((await this.#target.running()) ?? []).length > 0;
  }
}
