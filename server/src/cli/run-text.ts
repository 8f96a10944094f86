import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { tookText } from '../core/duration.ts';
import type { NodeStatus } from '../core/step.ts';
import type { RunEvent, RunStatus, RunTotals, StepStatus } from '../runs/run-event.ts';
import { withPathsHere } from '../runs/paths-here.ts';
import type { RanIn } from '../runs/runner.ts';
import { leftBehindText, pausedText, retryText } from '../runs/run-state.ts';

export interface RunTextOptions {
  /** Working directory; paths are shown from there. */
  readonly cwd: string;
  readonly colours: boolean;
}

interface Told {
  readonly title: string;
  readonly status: NodeStatus;
  readonly message: string;
  readonly place: string;
}

interface LastLines {
  /** Of the node. */
  readonly key: string;
  readonly lines: readonly string[];
}

type Colour = 'red' | 'green' | 'yellow' | 'grey' | 'bold';
const codes: Readonly<Record<Colour, string>> = {
  red: '31',
  green: '32',
  yellow: '33',
  grey: '90',
  bold: '1',
};
const marks: Readonly<Record<NodeStatus | StepStatus | RunStatus, readonly [string, Colour]>> = {
  succeeded: ['✓', 'green'],
  warned: ['!', 'yellow'],
  failed: ['✗', 'red'],
  skipped: ['⊘', 'grey'],
  cancelled: ['■', 'yellow'],
  'not-started': ['✗', 'red'],
};

/** A run for people who read it in a terminal, event by event. */
export class RunText {
  readonly #options: RunTextOptions;
  readonly #nodes = new Map<string, string>();
  readonly #running = new Set<string>();
  readonly #places = new Map<string, RanIn>();
  /** What was told of nodes that went wrong: tools say it again in their summaries. */
  readonly #told = new Map<string, Told>();
  /** The lines of one node that stand last in the terminal. */
  #last: LastLines | undefined;

  constructor(options: RunTextOptions) {
    this.#options = options;
  }

  /** What to print for an event; '' for one that says nothing new. */
  of(event: RunEvent): string {
    const text = this.#textOf(event);
    if (text !== '') this.#last = this.#linesAfter(event);
    return text;
  }

  #linesAfter(event: RunEvent): LastLines | undefined {
    if (event.type !== 'output' || event.node === undefined) return undefined;
    const key = `${event.step} ${event.node}`;
    return { key, lines: [...(this.#last?.key === key ? this.#last.lines : []), event.text] };
  }

  #textOf(event: RunEvent): string {
    switch (event.type) {
      case 'run-started':
        return this.#paint('grey', startOf(event));
      case 'step-waiting':
        return this.#paint('grey', `… ${event.step} ${event.reason}`);
      case 'pause-set':
        return event.on ? '' : this.#paint('grey', `… ${event.step} may go on`);
      case 'step-paused':
        return this.#paint('yellow', `⏸ ${event.step} ${pausedText}`);
      case 'step-retrying':
        this.#running.delete(event.step);
        this.#forgetTold(event.step);
        return this.#paint('yellow', `↻ ${event.step} ${clean(retryText(event))}`);
      case 'step-started':
        this.#running.add(event.step);
        if (event.in) this.#places.set(event.step, event.in);
        return `${this.#paint('bold', `▶ ${event.step}`)}  ${this.#paint('grey', event.command.map(quoted).join(' '))}${this.#place(event)}`;
      case 'output':
        return this.#output(event);
      case 'node-started':
        this.#nodes.set(`${event.step} ${event.node}`, event.title);
        this.#told.delete(`${event.step} ${event.node}`);
        return '';
      case 'node-ended':
        return this.#node(event);
      case 'progress':
      case 'problem':
      case 'artifact':
        return '';
      case 'cancelling':
        return this.#paint('yellow', `■ ${event.signal} to ${event.step ?? 'the run'}: ${event.reason}`);
      case 'left-behind':
        return this.#paint('yellow', `■ ${event.step} ${clean(leftBehindText(event))}`);
      case 'step-ended':
        this.#running.delete(event.step);
        return this.#step(event);
      case 'run-ended':
        return this.#run(event);
    }
  }

  #place({ in: place }: RunEvent & { type: 'step-started' }): string {
    if (!place) return '';
    const container = place.how === 'exec' ? 'which is up' : 'which is down, in a container of its own';
    return `\n${this.#paint('grey', `  in the service ${place.service}, ${container}: ${clean(place.because)}`)}`;
  }

  /** What a tool says of a node stands in the node's own line, unless it is a complaint. */
  #output({ text, level, node, step }: RunEvent & { type: 'output' }): string {
    if (level === 'debug' || (node !== undefined && level === 'info')) return '';
    if (node !== undefined && isSaidAgain(text, this.#told.get(`${step} ${node}`))) return '';
    const place = this.#places.get(step);
    const said = place ? withPathsHere(text, place) : text;
    const line = this.#options.colours ? onlyColours(said) : clean(said);
    const indented = this.#running.size > 1 ? `  ${step} | ${line}` : `  ${line}`;
    if (level === 'error') return this.#paint('red', indented);
    return level === 'warn' ? this.#paint('yellow', indented) : indented;
  }

  #node(event: RunEvent & { type: 'node-ended' }): string {
    const key = `${event.step} ${event.node}`;
    const title = this.#nodes.get(key) ?? event.node;
    const place =
      event.path === undefined
        ? ''
        : `${this.#shown(event.path)}${event.line === undefined ? '' : `:${event.line}`}`;
    const wrong = event.status === 'failed' || event.status === 'warned';
    const message = wrong ? (event.message?.trim() ?? '') : '';
    const whose = this.#running.size > 1 ? `${event.step} | ` : '';
    const head = `  ${this.#mark(event.status)} ${whose}${clean(title)}`;
    const before = this.#told.get(key);
    if (wrong) this.#told.set(key, { title, status: event.status, message, place });
    // A tool that ends a node once more has found out where it is, or says it again.
    if (wrong && before?.status === event.status && before.message === message)
      return before.place === place ? '' : `${head}: ${clean(place)}`;
    const rest = this.#last?.key === key ? withoutSaid(message, this.#last.lines) : message;
    const said = wrong ? [rest, place].filter(Boolean).join('\n') : '';
    const details = said === '' ? '' : `\n${said.replace(/^/gm, '      ')}`;
    const time = event.status === 'skipped' ? '' : duration(event.durationMs);
    return `${head}${time}${clean(details)}`;
  }

  #step(event: RunEvent & { type: 'step-ended' }): string {
    const how =
      event.exitCode !== undefined && event.exitCode !== 0
        ? `exit code ${event.exitCode}`
        : event.signal !== undefined
          ? `ended by ${event.signal}`
          : '';
    const said = event.allowed ? 'failed, as it may' : wordOf(event);
    // A message may begin with what it explains: `skipped, because …`.
    const isSaid = event.message?.startsWith(`${said}, `) === true;
    const rest = [isSaid ? '' : said, how, event.message].filter(Boolean).join(', ');
    const time =
      event.status === 'skipped' || event.status === 'not-started' ? '' : duration(event.durationMs);
    return `${this.#mark(event.allowed ? 'warned' : event.status)} ${event.step}${time}  ${clean(rest)}`.trimEnd();
  }

  #run(event: RunEvent & { type: 'run-ended' }): string {
    const counts = event.totals ? countsOf(event.totals) : '';
    const { allowedFailures = [] } = event;
    const but =
      allowedFailures.length === 0 ? '' : `, though ${allowedFailures.join(', ')} failed, as it may`;
    const line = [`run ${wordOf(event)}${but}`, counts].filter(Boolean).join(': ');
    return `${this.#mark(but === '' ? event.status : 'warned')} ${this.#paint('bold', line)}${duration(event.durationMs)}`;
  }

  #forgetTold(step: string): void {
    for (const key of Array.from(this.#told.keys())) if (key.startsWith(`${step} `)) this.#told.delete(key);
  }

  #mark(status: NodeStatus | StepStatus | RunStatus): string {
    const [sign, colour] = marks[status] ?? ['?', 'grey'];
    return this.#paint(colour, sign);
  }

  #paint(colour: Colour, text: string): string {
    return this.#options.colours ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
  }

  #shown(path: string): string {
    const way = relative(this.#options.cwd, path);
    return way.startsWith('..') ? path : way;
  }
}

/** A message whose reason stands in the lines right above it, without that. */
function withoutSaid(message: string, lines: readonly string[]): string {
  const reason = lines
    .map((line) => line.replace(/^\S+ \| /, '').trim())
    .find((words) => words !== '' && message.endsWith(`: ${words}`));
  return reason === undefined ? message : message.slice(0, -`: ${reason}`.length);
}

/** True for a line of a tool's that holds nothing but what was told of its node: `in test unique_n (models/m.yml)`. */
function isSaidAgain(line: string, told: Told | undefined): boolean {
  if (told === undefined) return false;
  const words = line.trim();
  return told.message.includes(words) || (words.includes(` ${told.title} (`) && words.endsWith(')'));
}

const words: Readonly<Record<StepStatus | RunStatus, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  'not-started': 'could not start',
};

/** What serves until somebody ends it was not broken off. */
function wordOf({
  status,
  stopped,
}: {
  readonly status: StepStatus | RunStatus;
  readonly stopped?: boolean;
}): string {
  return stopped ? 'stopped' : words[status];
}

/** The run's id, its parameters, and what it goes on with. */
function startOf({ run, parameters = {}, resumes, steps }: RunEvent & { type: 'run-started' }): string {
  const set = Object.entries(parameters).map(([name, value]) => `  ${name} = ${value}`);
  const again = steps.flatMap(({ id, again: why }) =>
    why === undefined ? [] : [`  ${id} runs again: ${why}`],
  );
  const head = resumes === undefined ? `run ${run}` : `run ${run} goes on with ${resumes}`;
  return clean([head, ...set, ...again].join('\n'));
}

function countsOf(totals: RunTotals): string {
  const { stopped = 0 } = totals;
  const parts = stopped > 0 && totals.succeeded === 0 ? [] : [`${totals.succeeded} succeeded`];
  if (stopped > 0) parts.push(`${stopped} stopped`);
  if (totals.warned > 0) parts.push(`${totals.warned} with warnings`);
  if (totals.failed > 0) parts.push(`${totals.failed} failed`);
  if (totals.skipped > 0) parts.push(`${totals.skipped} skipped`);
  return parts.join(', ');
}

function duration(durationMs: number | undefined): string {
  return durationMs === undefined ? '' : `  ${tookText(durationMs)}`;
}

const colourCode = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`);

/** What a program prints may move the cursor or set the window's title; only its colours are let through. */
function onlyColours(text: string): string {
  const parts = text.split(colourCode);
  return parts.map((part, at) => (at % 2 === 1 ? part : clean(part))).join('');
}

function clean(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, (char) =>
    char === '\n' || char === '\t' ? char : '',
  );
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
