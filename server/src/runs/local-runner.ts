import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { execa } from 'execa';
import type { Command, Executable } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import { findTool, type ToolResult } from '../files/tools.ts';
import { LineSplitter } from './line-splitter.ts';
import { ProcessGroup } from './process-group.ts';
import { birthOf } from './process-table.ts';
import type {
  OutputStream,
  ProcessEnd,
  ProcessTraces,
  Runner,
  RunnerHooks,
  RunningProcess,
  Signal,
  SignalledProcess,
} from './runner.ts';

export interface LocalRunnerOptions {
  /** The workspace folder; executables are looked for from a step's folder up to it. */
  readonly folder: string;
  /** Environments, folders or programs that the user named; they come first. */
  readonly environments: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long pipes may stay open after a process has ended before what holds them is killed. */
  readonly settleMs?: number;
}

/** Runs steps as processes of this machine, each in a group of its own, without a shell. */
export class LocalRunner implements Runner {
  readonly #options: LocalRunnerOptions;
  readonly #alive = new AliveGroups();

  constructor(options: LocalRunnerOptions) {
    this.#options = options;
  }

  start(command: Command, hooks: RunnerHooks): RunningProcess {
    const cwd = toFsPath(command.cwd);
    const { folder, environments, env } = this.#options;
    const tool = findTool(
      { executable: command.executable.name, distributions: [] },
      cwd,
      folder,
      environments,
      env,
    );
    const argv = [tool.path ?? command.executable.name, ...command.args];
    if (!isFolder(cwd)) return notStarted(argv, `the folder ${cwd} to run in does not exist`);
    if (tool.path === undefined) return notStarted(argv, missing(command.executable, tool.searched));
    const mark = randomUUID();
    const marked = { ...environmentFor(tool, command, env), [markName]: mark };
    const child = spawn(tool.path, command.args, { cwd, env: marked });
    if (child.pid === undefined) return failedToStart(child, argv, tool.path, command.executable);
    const born = birthOf(child.pid);
    const traces = { mark: `${markName}=${mark}`, ...(born === undefined ? {} : { born }) };
    return new LocalProcess(child, {
      pid: child.pid,
      argv,
      hooks,
      traces,
      alive: this.#alive,
      settleMs: this.#options.settleMs ?? 500,
    });
  }
}

/** The variable by which all that a step started is known, wherever it went. */
export const markName = 'PENSTOCK_STEP_MARK';

type Child = ReturnType<typeof spawn>;

function spawn(path: string, args: readonly string[], place: { cwd: string; env: NodeJS.ProcessEnv }) {
  return execa(path, args, {
    ...place,
    extendEnv: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
    reject: false,
  });
}

interface LocalProcessOptions {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly hooks: RunnerHooks;
  readonly traces: ProcessTraces;
  readonly alive: AliveGroups;
  readonly settleMs: number;
}

/** What runs now. When this process breaks off, nobody would be left to end it. */
class AliveGroups {
  readonly #groups = new Set<ProcessGroup>();
  readonly #end = (): void => {
    for (const group of this.#groups) group.signal('SIGKILL');
  };

  add(group: ProcessGroup): void {
    if (this.#groups.size === 0) process.once('exit', this.#end);
    this.#groups.add(group);
  }

  delete(group: ProcessGroup): void {
    this.#groups.delete(group);
    if (this.#groups.size === 0) process.removeListener('exit', this.#end);
  }
}

class LocalProcess implements RunningProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly traces: ProcessTraces;
  readonly finished: Promise<ProcessEnd>;
  readonly #group: ProcessGroup;
  readonly #settleMs: number;
  #signalled: Signal | undefined;
  #lastData = 0;
  #over = false;

  constructor(child: Child, { pid, argv, hooks, traces, alive, settleMs }: LocalProcessOptions) {
    this.pid = pid;
    this.argv = argv;
    this.traces = traces;
    this.#group = new ProcessGroup({ pid, ...traces });
    this.#settleMs = settleMs;
    // Execa settles only when every pipe is closed, which a grandchild can put off for ever.
    void child.catch(() => {});
    const closed = Promise.all([
      this.#read(child.stdout, 'stdout', hooks),
      this.#read(child.stderr, 'stderr', hooks),
    ]);
    alive.add(this.#group);
    this.finished = this.#finish(child, closed).finally(() => alive.delete(this.#group));
  }

  signal(signal: Signal): readonly SignalledProcess[] {
    if (this.#over) return [];
    this.#signalled = signal;
    return this.#group.signal(signal);
  }

  async #finish(child: Child, closed: Promise<unknown>): Promise<ProcessEnd> {
    const end = await new Promise<ProcessEnd>((resolve) => {
      child.nodeChildProcess.once('exit', (exitCode, signal) =>
        resolve(signal === null ? { kind: 'exited', exitCode: exitCode ?? 0 } : { kind: 'killed', signal }),
      );
    });
    await this.#untilTreeEnds();
    await this.#untilPipesClose(closed);
    child.stdout.destroy();
    child.stderr.destroy();
    await closed;
    this.#over = true;
    return end;
  }

  /** Only a signal asks for the end of all; a step may leave something running on purpose. */
  async #untilTreeEnds(): Promise<void> {
    let killed = 0;
    while (this.#signalled !== undefined && this.#group.isAlive()) {
      // Limit: what survives SIGKILL (an uninterruptible wait) is not waited for.
      if (this.#signalled === 'SIGKILL' && ++killed > 10) return;
      await wait(100);
    }
  }

  /** Whatever still holds a pipe after a while is killed; what has left the group loses its reader. */
  async #untilPipesClose(closed: Promise<unknown>): Promise<void> {
    if (await within(closed, this.#settleMs)) return;
    this.#group.signal('SIGKILL');
    // A busy machine may simply not have read all yet, so silence counts, not time alone.
    for (let round = 0; round < 10; round++) {
      const before = this.#lastData;
      if ((await within(closed, this.#settleMs)) || this.#lastData === before) return;
    }
  }

  #read(pipe: NodeJS.ReadableStream, stream: OutputStream, hooks: RunnerHooks): Promise<void> {
    const splitter = new LineSplitter({
      line: (text) => hooks.line(stream, text),
      ...(hooks.block ? { block: (lines) => hooks.block!(stream, lines) } : {}),
    });
    return new Promise((resolve) => {
      pipe.on('data', (chunk: Buffer) => {
        this.#lastData++;
        splitter.push(chunk);
      });
      pipe.on('error', () => {});
      pipe.once('close', () => {
        splitter.end();
        resolve();
      });
    });
  }
}

function environmentFor(tool: ToolResult, command: Command, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8',
    ...base,
    ...command.env,
  };
  // VS Code's own Node runs with it; a step that starts an Electron program must not.
  delete env['ELECTRON_RUN_AS_NODE'];
  if (tool.path === undefined || tool.source === 'from PATH') return env;
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [dirname(tool.path), env[key]].filter(Boolean).join(delimiter) };
}

function missing(executable: Executable, searched: readonly string[]): string {
  return `\`${executable.name}\` was not found (looked in ${searched.join(', ')}); install it with: ${executable.install}`;
}

function failedToStart(
  child: Child,
  argv: readonly string[],
  path: string,
  executable: Executable,
): RunningProcess {
  const finished = child.then(
    (result): ProcessEnd => ({ kind: 'not-started', message: whyNot(result, path, executable) }),
    (error: unknown): ProcessEnd => ({ kind: 'not-started', message: whyNot(error, path, executable) }),
  );
  return { pid: undefined, argv, finished, signal: () => [] };
}

function whyNot(error: unknown, path: string, executable: Executable): string {
  const { code, originalMessage } = error as { code?: string; originalMessage?: string };
  if (code === 'ENOENT' && existsSync(path)) {
    return `${path} names an interpreter in its first line that is not there (was its environment moved?); install it again with: ${executable.install}`;
  }
  return `${path} could not be started: ${originalMessage ?? String(error)}`;
}

function notStarted(argv: readonly string[], message: string): RunningProcess {
  return {
    pid: undefined,
    argv,
    finished: Promise.resolve({ kind: 'not-started', message }),
    signal: () => [],
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** True where the promise is settled before the limit. */
function within(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    void promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
