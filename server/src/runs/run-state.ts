import { durationText } from '../core/duration.ts';
import type { NodeStatus } from '../core/step.ts';
import type { RunEvent, RunStatus, RunStepHead, RunTotals, StepStatus } from './run-event.ts';
import type { RanIn } from './runner.ts';
import { Tally } from './run-totals.ts';

/** A run as it stands; plain data, a copy that later events leave alone. */
export interface RunSnapshot {
  readonly id: string;
  readonly title: string;
  readonly requested: readonly string[];
  readonly status: RunStatus | 'running' | 'interrupted';
  /** ISO 8601; '' before the run's first event. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly durationMs?: number;
  /** A signal was sent and the run has not ended yet. */
  readonly cancelling: boolean;
  readonly totals: RunTotals;
  readonly steps: readonly RunStepSnapshot[];
  /** What the parameters were set to; absent where there are none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The run that it goes on with. */
  readonly resumes?: string;
  /** Steps that failed and may. */
  readonly allowedFailures?: readonly string[];
  /** Nothing was broken off but what serves until somebody ends it. */
  readonly stopped?: boolean;
}

export interface RunStepSnapshot {
  readonly id: string;
  readonly step: string;
  readonly title: string;
  readonly system: string;
  readonly needs: readonly string[];
  readonly digest?: string;
  /** It does only what had failed of it in the run that this one goes on with. */
  readonly onlyFailed?: boolean;
  readonly status: 'pending' | 'waiting' | 'running' | 'interrupted' | StepStatus;
  readonly startedAt?: string;
  readonly durationMs?: number;
  readonly exitCode?: number;
  readonly message?: string;
  readonly command?: readonly string[];
  /** The folder it ran in, in the file system's words. */
  readonly cwd?: string;
  /** The service that it ran in; absent on this machine. */
  readonly in?: RanIn;
  readonly waitingFor?: string;
  /** The run pauses before it, or is to when it comes to it. */
  readonly pause?: 'wanted' | 'reached';
  /** The attempt it is at, from 1; absent for a step that is tried once. */
  readonly attempt?: number;
  /** How many attempts there may be. */
  readonly attempts?: number;
  readonly timedOut?: boolean;
  /** It served until somebody ended it. */
  readonly stopped?: boolean;
  /** It failed, and may. */
  readonly allowed?: boolean;
  /** The run in which it succeeded, where it was not run here. */
  readonly reusedFrom?: string;
  readonly nodes: readonly NodeSnapshot[];
  /** Failures at places in files that were printed or reported; absent where there are none. */
  readonly problems?: readonly RunProblem[];
  /** What it left behind; absent where that is nothing. */
  readonly artifacts?: readonly RunArtifact[];
  /** Nodes the step will have, where its tool said so. */
  readonly total?: number;
}

/** A file that was written for a person to look at. */
export interface RunArtifact {
  readonly title: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** When it was written then. */
  readonly modifiedMs: number;
  /** The node that left it; absent for the step itself. */
  readonly node?: string;
}

export interface RunProblem {
  readonly message: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** Id of the system whose report tells it; absent for what was printed. */
  readonly reportedBy?: string;
}

export interface NodeSnapshot {
  readonly node: string;
  readonly title: string;
  readonly what: string;
  readonly status: 'running' | NodeStatus;
  readonly startedAt: string;
  readonly durationMs?: number;
  readonly message?: string;
  readonly path?: string;
  readonly line?: number;
  /** Name of the step that prints the rows for which it failed. */
  readonly rowsStep?: string;
  readonly records?: number;
  readonly loaded?: number;
  readonly bytes?: number;
  readonly requests?: number;
  readonly states?: number;
}

const maxProblems = 200;
/** Limit: a run in which thousands of nodes fail tells of the files of its first ones. */
const maxArtifacts = 200;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type StepState = Mutable<Omit<RunStepSnapshot, 'nodes'>> & {
  readonly nodes: Map<string, Mutable<NodeSnapshot>>;
};

/** Makes a run out of its events. Events of what it does not know are left out; nothing throws. */
export class RunModel {
  readonly #id: string;
  #title = '';
  #requested: readonly string[] = [];
  #status: RunSnapshot['status'] = 'running';
  #startedAt = '';
  #lastAt = '';
  #durationMs: number | undefined;
  #cancelling = false;
  #more: Pick<RunSnapshot, 'parameters' | 'resumes' | 'allowedFailures' | 'stopped'> = {};
  readonly #tally = new Tally();
  readonly #steps = new Map<string, StepState>();

  constructor(id: string) {
    this.#id = id;
  }

  apply(event: RunEvent): void {
    if (event.type !== 'left-behind') this.#lastAt = event.at;
    this.#tally.note(event);
    if (event.type === 'run-started') this.#start(event);
    else if (event.type === 'cancelling') this.#cancelling ||= !event.timedOut;
    else if (event.type === 'run-ended') {
      this.#end(event.status, event.durationMs);
      this.#more = { ...this.#more, ...given(event, ['allowedFailures', 'stopped']) };
    } else {
      const step = this.#steps.get(event.step);
      if (step) applyToStep(step, event);
    }
  }

  /** Its driver is gone and cannot say any more how it ended: all that is known of is up to its last sign of life. */
  interrupt(): void {
    if (this.#status !== 'running') return;
    this.#end('interrupted', between(this.#startedAt, this.#lastAt));
    for (const step of this.#steps.values()) {
      if (step.status !== 'running' && step.status !== 'waiting') continue;
      closeNodes(step, 'skipped', this.#lastAt);
      step.status = 'interrupted';
      if (step.startedAt !== undefined) step.durationMs = between(step.startedAt, this.#lastAt);
    }
  }

  snapshot(): RunSnapshot {
    const ended =
      this.#durationMs === undefined ? {} : { endedAt: this.#lastAt, durationMs: this.#durationMs };
    return {
      id: this.#id,
      title: this.#title,
      requested: this.#requested,
      status: this.#status,
      startedAt: this.#startedAt,
      ...ended,
      cancelling: this.#cancelling && this.#durationMs === undefined,
      totals: this.#tally.totals(),
      ...this.#more,
      steps: [...this.#steps.values()].map((step) => ({
        ...step,
        nodes: [...step.nodes.values()].map((node) => ({ ...node })),
      })),
    };
  }

  #start(event: RunEvent & { type: 'run-started' }): void {
    this.#startedAt = event.at;
    this.#title = event.title;
    this.#requested = event.requested;
    this.#more = given(event, ['parameters', 'resumes']);
    for (const head of event.steps) this.#steps.set(head.id, newStep(head));
  }

  #end(status: RunSnapshot['status'], durationMs: number): void {
    this.#status = status;
    this.#durationMs = durationMs;
  }
}

type StepEvent = Exclude<RunEvent, { type: 'run-started' | 'run-ended' | 'cancelling' }>;

function applyToStep(step: StepState, event: StepEvent): void {
  switch (event.type) {
    case 'step-waiting':
      step.status = 'waiting';
      step.waitingFor = event.reason;
      return;
    case 'pause-set':
      if (event.on) step.pause = 'wanted';
      else {
        if (step.pause === 'reached') step.status = 'pending';
        delete step.pause;
        delete step.waitingFor;
      }
      return;
    case 'step-paused':
      step.status = 'waiting';
      step.pause = 'reached';
      step.waitingFor = pausedText;
      return;
    case 'step-started':
      delete step.pause;
      step.status = 'running';
      step.startedAt = event.at;
      step.command = event.command;
      step.cwd = event.cwd;
      if (event.attempt !== undefined) step.attempt = event.attempt;
      if (event.in) step.in = event.in;
      delete step.waitingFor;
      return;
    case 'step-retrying':
      // What an attempt did that failed is in the log; the next one begins anew.
      step.nodes.clear();
      delete step.problems;
      delete step.artifacts;
      step.status = 'waiting';
      step.attempts = event.attempts;
      step.waitingFor = retryText(event);
      return;
    case 'node-started': {
      const node = nodeOf(step, event.node, event.at);
      Object.assign(
        node,
        { title: event.title, what: event.what, status: 'running', startedAt: event.at },
        given(event, ['path']),
      );
      if (event.total !== undefined) step.total = event.total;
      return;
    }
    case 'node-ended':
      Object.assign(
        nodeOf(step, event.node, event.at),
        given(event, ['status', 'durationMs', 'message', 'path', 'line', 'rowsStep']),
      );
      return;
    case 'progress':
      Object.assign(
        nodeOf(step, event.node, event.at),
        given(event, ['records', 'loaded', 'bytes', 'requests', 'states']),
      );
      return;
    case 'step-ended':
      Object.assign(
        step,
        given(event, [
          'status',
          'durationMs',
          'exitCode',
          'message',
          'timedOut',
          'stopped',
          'allowed',
          'reusedFrom',
        ]),
      );
      delete step.waitingFor;
      delete step.pause;
      return closeNodes(step, leftOver(event.status), event.at);
    case 'problem': {
      const { message, path, line } = event;
      const known = step.problems ?? [];
      // Limit: a file with thousands of mistakes tells enough with its first ones.
      if (known.length < maxProblems)
        step.problems = [...known, { message, path, line, ...given(event, ['reportedBy']) }];
      return;
    }
    case 'artifact': {
      const { title, path, modifiedMs } = event;
      const known = (step.artifacts ?? []).filter((each) => each.path !== path || each.node !== event.node);
      if (known.length >= maxArtifacts) return;
      step.artifacts = [...known, { title, path, modifiedMs, ...given(event, ['node']) }];
      return;
    }
    case 'left-behind':
      step.message = leftBehindText(event);
      return;
    case 'output':
      return;
  }
}

function newStep(head: RunStepHead): StepState {
  const { id, step, title, system, needs } = head;
  const nodes = new Map<string, Mutable<NodeSnapshot>>();
  return {
    id,
    step,
    title,
    system,
    needs,
    ...given(head, ['digest', 'onlyFailed']),
    status: 'pending',
    nodes,
  };
}

/** `attempt 1 of 3 failed, the next one follows in 10 s` */
export function retryText({
  attempt,
  attempts,
  delayMs,
  message,
}: Pick<RunEvent & { type: 'step-retrying' }, 'attempt' | 'attempts' | 'delayMs' | 'message'>): string {
  const why = message === undefined ? 'failed' : `failed (${message})`;
  const next = delayMs === 0 ? 'the next one follows' : `the next one follows in ${durationText(delayMs)}`;
  return `attempt ${attempt} of ${attempts} ${why}, ${next}`;
}

/** Of a step before which the run pauses. */
export const pausedText = 'paused before it begins, until somebody lets it go on';

/** `its driver was gone; what it had left running was ended with SIGINT: dbt (4711)` */
export function leftBehindText({
  signal,
  processes,
  service,
}: Pick<RunEvent & { type: 'left-behind' }, 'signal' | 'processes' | 'service'>): string {
  const named = processes.map(({ name, pid }) => `${name} (${pid})`).join(', ');
  const where = service === undefined ? '' : ` in the service ${service}`;
  return `its driver was gone; what it had left running${where} was ended with ${signal}: ${named}`;
}

/** A tool may say that a node ended without having said that it began. */
function nodeOf(step: StepState, id: string, at: string): Mutable<NodeSnapshot> {
  const known = step.nodes.get(id);
  if (known) return known;
  const node: Mutable<NodeSnapshot> = { node: id, title: id, what: '', status: 'running', startedAt: at };
  step.nodes.set(id, node);
  return node;
}

/** What a node is whose end nobody told, when its step has ended: a step that broke off broke in one of these. */
function leftOver(status: StepStatus): NodeStatus {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' ? 'failed' : 'skipped';
}

function closeNodes(step: StepState, status: NodeStatus, at: string): void {
  for (const node of step.nodes.values()) {
    if (node.status !== 'running') continue;
    node.status = status;
    node.durationMs ??= between(node.startedAt, at);
  }
}

/** In milliseconds; nothing where a time cannot be read, or they are the wrong way round. */
function between(startedAt: string, at: string): number {
  return Math.max(0, Date.parse(at) - Date.parse(startedAt)) || 0;
}

/** The named fields that are there. */
function given<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const wanted = Object.entries(from).filter(([key]) => (keys as readonly PropertyKey[]).includes(key));
  return Object.fromEntries(wanted) as Pick<T, K>;
}
