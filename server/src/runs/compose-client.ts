import { execa } from 'execa';
import { parseJson } from '../core/json.ts';
import type { ServiceClient } from '../core/services.ts';
import { findTool } from '../files/tools.ts';

/** Where a service is described; all paths are those of the file system. */
export interface ComposeProject {
  /** The folder of its files. */
  readonly folder: string;
  /** Files that compose does not look for by itself. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
}

export type Answer =
  { readonly ok: true; readonly out: string } | { readonly ok: false; readonly message: string };

export interface ComposeClientOptions {
  /** The workspace folder. */
  readonly folder: string;
  readonly environments: readonly string[];
  readonly client: ServiceClient;
  readonly env: NodeJS.ProcessEnv;
}

/** Asks the docker client short questions. It never makes anything, nor gets anything from the network. */
export class ComposeClient {
  readonly #options: ComposeClientOptions;

  constructor(options: ComposeClientOptions) {
    this.#options = options;
  }

  /** The client's program, or where it was looked for. */
  find(): { readonly path: string } | { readonly missing: string } {
    const { folder, environments, client, env } = this.#options;
    const query = { executable: client.program, distributions: [] };
    const found = findTool(query, folder, folder, environments, env);
    if (found.path !== undefined) return { path: found.path };
    return {
      missing: `\`${client.program}\` was not found (looked in ${found.searched.join(', ')}); install it as ${client.pages.program} tells`,
    };
  }

  /** What the program is called with before the command for a project. */
  args({ files, profiles }: ComposeProject): readonly string[] {
    return [
      ...this.#options.client.words,
      ...files.flatMap((file) => ['--file', file]),
      ...profiles.flatMap((profile) => ['--profile', profile]),
    ];
  }

  /** The services of the project that are up, or why that cannot be told. */
  async running(project: ComposeProject): Promise<Answer & { readonly services?: ReadonlySet<string> }> {
    const answer = await this.#ask(
      [...this.args(project), 'ps', '--format', 'json'],
      project.folder,
      'which services are up',
    );
    return answer.ok ? { ...answer, services: runningIn(answer.out) } : answer;
  }

  /** The images that a service is started from, its dependencies' as well, which are not on this machine. */
  async missingImages(
    project: ComposeProject,
    service: string,
  ): Promise<Answer & { readonly images?: readonly string[] }> {
    const answer = await this.#ask(
      [...this.args(project), 'config', '--images', service],
      project.folder,
      `which images the service \`${service}\` needs`,
    );
    if (!answer.ok) return answer;
    const images = [...new Set(answer.out.split(/\r?\n/u).filter((line) => line !== ''))];
    const held = await Promise.all(
      images.map((image) =>
        this.#ask(['image', 'inspect', '--format', '{{.Id}}', image], project.folder, ''),
      ),
    );
    return { ...answer, images: images.filter((_, at) => !held[at]!.ok) };
  }

  /** Runs a script inside a service that is up. */
  inside(project: ComposeProject, service: string, script: string): Promise<Answer> {
    return this.#ask(
      [...this.args(project), 'exec', '-T', service, 'sh', '-c', script],
      project.folder,
      `what runs in the service \`${service}\``,
    );
  }

  /** A signal to the first process of a container, by the container's name. */
  kill(container: string, signal: string, folder: string): Promise<Answer> {
    return this.#ask(['kill', '--signal', signal, container], folder, `the container \`${container}\``);
  }

  /** The pid, on the engine's machine, of a container's first process; undefined where none runs. */
  async firstProcess(container: string, folder: string): Promise<number | undefined> {
    const answer = await this.#ask(
      ['container', 'inspect', '--format', '{{.State.Pid}}', container],
      folder,
      `the container \`${container}\``,
    );
    return answer.ok ? Number(answer.out) || undefined : undefined;
  }

  /** A container of ours is gone after this, whatever it was about. */
  remove(container: string, folder: string): Promise<Answer> {
    return this.#ask(['rm', '--force', container], folder, `the container \`${container}\``);
  }

  async #ask(args: readonly string[], cwd: string, about: string): Promise<Answer> {
    const found = this.find();
    if ('missing' in found) return { ok: false, message: found.missing };
    const { client, env } = this.#options;
    const result = await execa(found.path, args, {
      cwd,
      env,
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      windowsHide: true,
      timeout: limitMs,
    });
    if (!result.failed) return { ok: true, out: result.stdout };
    const said = result.timedOut
      ? `it did not answer within ${limitMs / 1000} s`
      : complaintIn(result.stderr ?? '', client);
    return {
      ok: false,
      message: `${client.program} could not tell ${about}: ${said || result.shortMessage}`,
    };
  }
}

/** An engine that hangs must not hold a run for ever. */
const limitMs = 30_000;

/** What is wrong comes after warnings and before hints. */
function complaintIn(stderr: string, { words, pages }: ServiceClient): string {
  const lines = stderr.split(/\r?\n/u).map((line) => line.trim());
  if (/is not a docker command|unknown command: docker|Usage:\s+docker \[OPTIONS\] COMMAND/u.test(stderr))
    return `its plugin \`${words.join(' ')}\` is missing; install it as ${pages.words} tells`;
  return lines.find((line) => line !== '' && !/^WARN|level=warning/u.test(line)) ?? '';
}

/** Compose prints a list, or, from 2.21 on, a line for each container. */
function runningIn(out: string): ReadonlySet<string> {
  const services = new Set<string>();
  for (const line of out.split('\n')) {
    const found = parseJson(line);
    for (const each of Array.isArray(found) ? found : [found]) {
      const { Service, State } = (each ?? {}) as { Service?: unknown; State?: unknown };
      if (typeof Service === 'string' && State === 'running') services.add(Service);
    }
  }
  return services;
}
