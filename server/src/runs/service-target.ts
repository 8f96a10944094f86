import { objectOf } from '../core/json.ts';
import type { ComposeClient, ComposeProject } from './compose-client.ts';
import type { Signal, SignalledProcess } from './runner.ts';

/** Where in a service something runs: plain data, by which a later process finds it. */
export interface ServiceSpot {
  readonly service: string;
  readonly project: ComposeProject;
  /** The name of the container that was made for it; absent in the one that was up. */
  readonly container?: string;
}

/** What a command started in a service, and all that has come of it there. */
export class ServiceTarget {
  readonly #client: ComposeClient;
  readonly #spot: ServiceSpot;
  readonly #mark: string;
  /** Of the first process, where that has told it: a signal that the client gets does not go on to it. */
  pid: number | undefined;

  /** `mark` stands in the environment of all that the command started, and of nothing else. */
  constructor(client: ComposeClient, spot: ServiceSpot, mark: string) {
    this.#client = client;
    this.#spot = spot;
    this.#mark = mark;
  }

  /** False where the container does not answer. */
  async signal(signal: Signal): Promise<boolean> {
    const { container, project } = this.#spot;
    if (container !== undefined) return (await this.#client.kill(container, signal, project.folder)).ok;
    return (await this.#inside(killScript(signal.slice('SIG'.length), this.pid, this.#mark))).ok;
  }

  /** What of it runs, by the container's own pids; undefined where nobody can tell. */
  async running(): Promise<readonly SignalledProcess[] | undefined> {
    const { container, project } = this.#spot;
    if (container !== undefined) {
      const pid = await this.#client.firstProcess(container, project.folder);
      return pid === undefined ? [] : [{ pid, name: container }];
    }
    const answer = await this.#inside(aliveScript(this.#mark));
    if (!answer.ok) return (await this.#isDown()) ? [] : undefined;
    return answer.out.split('\n').flatMap((line) => {
      const [, pid, name = ''] = /^(\d+) ?(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), name }];
    });
  }

  /** Takes away what is left of a container of its own. */
  async remove(): Promise<void> {
    const { container, project } = this.#spot;
    if (container !== undefined) await this.#client.remove(container, project.folder);
  }

  async #isDown(): Promise<boolean> {
    const { services } = await this.#client.running(this.#spot.project);
    return services !== undefined && !services.has(this.#spot.service);
  }

  #inside(script: string): ReturnType<ComposeClient['inside']> {
    return this.#client.inside(this.#spot.project, this.#spot.service, script);
  }
}

/** Engines make a process they start in a container the leader of a group; what has left it bears the mark. */
function killScript(signal: string, pid: number | undefined, mark: string): string {
  const group =
    pid === undefined
      ? ''
      : `kill -s ${signal} -- -${pid} 2>/dev/null || kill -s ${signal} ${pid} 2>/dev/null;`;
  // An interrupt is for the tool, which ends its own in order.
  const all =
    signal === 'INT' && pid !== undefined
      ? ''
      : `for p in $(${marked(mark, '')}); do kill -s ${signal} $p 2>/dev/null; done;`;
  return `${group} ${all} true`;
}

function aliveScript(mark: string): string {
  return `${marked(mark, ' $(cat $d/comm 2>/dev/null)')}; true`;
}

function marked(mark: string, more: string): string {
  return `for d in /proc/[0-9]*; do grep -q '${mark}' $d/environ 2>/dev/null && echo "\${d#/proc/}${more}"; done`;
}

/** A spot as it was kept, in a file that anybody may have written; undefined for what no client should be asked about. */
export function spotOf(kept: unknown): ServiceSpot | undefined {
  const { service, project, container } = objectOf(kept) ?? {};
  const { folder, files, profiles } = objectOf(project) ?? {};
  if (!isName(service) || (container !== undefined && !isName(container)) || typeof folder !== 'string')
    return undefined;
  if (!isTexts(files) || !isTexts(profiles)) return undefined;
  return { service, project: { folder, files, profiles }, ...(container === undefined ? {} : { container }) };
}

/** As engines and compose allow: nothing that a client would take for an option. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][\w.-]*$/.test(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
