import { isObject, textOf, type JsonObject } from '../../core/json.ts';
import type { Interpreter, NodeStatus, Progress, Reading, Step } from '../../core/step.ts';
import { InstallReader } from './interpret-install.ts';
import { unknownColumns, whyStale } from './stale-catalog.ts';
import { isStateKept, isTableOf, sumOf, writtenOf } from './load-counts.ts';
import { isException, metricOf, readLogLine, type LogLine } from './log-line.ts';

/** Reads what Meltano and its plugins log as events: a node for each block of a run and each stream in it. */
export function interpretMeltano(step: Step): Interpreter {
  const args = step.work.kind === 'command' ? step.work.args : [];
  // A job's blocks are in its detail; a single block is what `run` is told last.
  const blocks = [...(step.kind === 'job' ? step.detail.split(' ') : []), ...args.slice(-1)];
  const run = new RunReader(blocks);
  const install = new InstallReader();
  return {
    line(_stream, text) {
      const line = readLogLine(text);
      if (!line) return text === '' ? [] : [{ kind: 'text', text, level: plainLevel(text) }];
      return install.read(line) ?? run.read(line);
    },
  };
}

interface Block {
  readonly node: string;
  readonly streams: Map<string, Stream>;
  /** The newest line of each plugin that may say why it failed. */
  readonly last: Map<string, string>;
  /** Columns that an extractor read and its catalog does not know, by stream. */
  readonly unknown: Map<string, readonly string[]>;
  /** How often Meltano kept the place that was reached. */
  states: number;
}

interface Stream {
  readonly node: string;
  /** What it has moved so far. */
  counts: Progress;
  /** Set while the stream's last count is still to come. */
  end: { readonly status: NodeStatus; readonly durationMs: number } | undefined;
  hasEnded: boolean;
}

class RunReader {
  readonly #blockNames: readonly string[];
  #count = 0;
  #block: Block | undefined;
  /** The name of the load's job, by which its state is kept; of the one that goes on and the one that ended last. */
  #load: string | undefined;
  #ended: string | undefined;

  constructor(blockNames: readonly string[]) {
    this.#blockNames = blockNames;
  }

  read(line: LogLine): readonly Reading[] {
    const job = /^Running job with name '(.+)' and run ID /u.exec(line.event)?.[1];
    const readings: Reading[] = [];
    if (job !== undefined && line.plugin === undefined) {
      this.#load = job;
      readings.push(...this.#start(this.#loadTitle(job), 'load'));
    } else if (line.command === 'command' && line.plugin !== undefined && !this.#block) {
      readings.push(...this.#start(this.#commandTitle(line.plugin), 'command'));
    } else readings.push(...this.#unannounced(line));
    readings.push(...this.#text(line));
    if (this.#block) readings.push(...this.#inBlock(line, this.#block));
    if (line.event === 'Block run completed') readings.push(...this.#end(line));
    return readings;
  }

  /**
   * Meltano 3 begins a load without a word of its own; what plugins still print behind its end begins no other one,
   * until Meltano looks where the next one is to go on.
   */
  #unannounced({ command, event, plugin, record }: LogLine): readonly Reading[] {
    if (plugin === undefined && opensState(event)) this.#ended = undefined;
    const job = textOf(record['job_name']);
    if (this.#block || command !== 'elb' || plugin === undefined || job === undefined || job === this.#ended)
      return [];
    this.#load = job;
    return this.#start(this.#loadTitle(job), 'load');
  }

  #start(title: string, what: string): readonly Reading[] {
    const node = `block-${++this.#count}`;
    this.#block = { node, streams: new Map(), last: new Map(), unknown: new Map(), states: 0 };
    return [{ kind: 'node-started', node, title, what }];
  }

  #text({ event, plugin, level }: LogLine): readonly Reading[] {
    if (event.trim() === '' || isTold(event)) return [];
    const node = this.#block ? { node: this.#block.node } : {};
    const from = plugin === undefined ? '' : `${plugin} | `;
    return event.split('\n').map((text) => ({ kind: 'text', text: from + text, level, ...node }));
  }

  #inBlock(line: LogLine, block: Block): readonly Reading[] {
    if (line.plugin === undefined) {
      if (!isStateKept(line.event)) return [];
      block.states++;
      return [totalOf(block)];
    }
    const last = block.last.get(line.plugin);
    if (isException(line.event) || last === undefined || !isException(last))
      block.last.set(line.plugin, line.event.trim());
    if (!line.isProducer) return this.#loaded(block, line);
    const unknown = unknownColumns(line.event);
    if (unknown) block.unknown.set(unknown.stream, unknown.columns);
    const begun = /^(?:\w+ )*?Beginning (?:\w+[- ])*sync of '([^']+)'/u.exec(line.event)?.[1];
    if (begun !== undefined) return this.#streamOf(block, begun).readings;
    const metric = metricOf(line);
    if (metric?.metric === 'record_count')
      return this.#counted(block, metric.stream, { records: metric.value });
    if (metric?.metric === 'http_request_count')
      return this.#counted(block, metric.stream, { requests: metric.value });
    if (metric?.metric === 'sync_duration' && !metric.isPart) {
      const { stream, readings } = this.#streamOf(block, metric.stream);
      stream.end = {
        status: metric.status === 'failed' ? 'failed' : 'succeeded',
        durationMs: Math.round(metric.value * 1000),
      };
      return readings;
    }
    return [];
  }

  /** What a loader says that it has written; a table that no stream is named like is passed over. */
  #loaded(block: Block, line: LogLine): readonly Reading[] {
    const written = writtenOf(line);
    const stream = written && [...block.streams.entries()].find(([name]) => isTableOf(written.table, name));
    return stream ? this.#counted(block, stream[0], written.counts) : [];
  }

  /** Counts are of what came since the last one. */
  #counted(block: Block, name: string, more: Partial<Progress>): readonly Reading[] {
    const { stream, readings } = this.#streamOf(block, name);
    stream.counts = sumOf([stream.counts, { records: 0, ...more }]);
    return [
      ...readings,
      { kind: 'progress', node: stream.node, ...stream.counts },
      totalOf(block),
      ...('records' in more ? endStream(stream) : []),
    ];
  }

  #streamOf(block: Block, name: string): { readonly stream: Stream; readonly readings: readonly Reading[] } {
    const known = block.streams.get(name);
    if (known) return { stream: known, readings: [] };
    const stream: Stream = {
      node: `${block.node}/${name}`,
      counts: { records: 0 },
      end: undefined,
      hasEnded: false,
    };
    block.streams.set(name, stream);
    return { stream, readings: [{ kind: 'node-started', node: stream.node, title: name, what: 'stream' }] };
  }

  #end({ record }: LogLine): readonly Reading[] {
    const isLoad = record['block_type'] === 'ExtractLoadBlocks';
    const started = this.#block
      ? []
      : this.#start(isLoad ? 'load' : this.#silentTitle(record), isLoad ? 'load' : 'command');
    const block = this.#block!;
    this.#block = undefined;
    this.#ended = this.#load;
    const status = record['success'] === true ? 'succeeded' : 'failed';
    const streams = [...block.streams.values()].flatMap((stream) => endStream(stream, status));
    const seconds = record['duration_seconds'];
    const message = status === 'failed' ? withHint(failureOf(record, block), block) : undefined;
    const end: Reading = {
      kind: 'node-ended',
      node: block.node,
      status,
      ...(typeof seconds === 'number' ? { durationMs: Math.round(seconds * 1000) } : {}),
      ...(message === undefined ? {} : { message }),
    };
    return [...started, ...streams, end];
  }

  /** `dev:tap-x-to-target-y` is told by its state's name; the step's blocks say where it is to be cut. */
  #loadTitle(job: string): string {
    const parts = job.split(':');
    for (const [at, from] of this.#blockNames.entries()) {
      const to = this.#blockNames.slice(at + 1).find((name) => parts.includes(`${from}-to-${name}`));
      if (to !== undefined) return `${from} → ${to}`;
    }
    return parts[1] ?? job;
  }

  #commandTitle(plugin: string): string {
    const named = this.#blockNames.filter((name) => name.startsWith(`${plugin}:`) || name === plugin);
    return named.length === 1 ? named[0]! : plugin;
  }

  /** Of a command that printed nothing only a failure names the plugin. */
  #silentTitle(record: JsonObject): string {
    const [, plugin, command] = /^`(\S+) (\S+)` failed/u.exec(textOf(record['err']) ?? '') ?? [];
    if (plugin !== undefined) return `${plugin}:${command}`;
    const commands = this.#blockNames.filter((name) => name.includes(':'));
    return commands.length === 1 ? commands[0]! : 'command';
  }
}

/** What all streams of a block have moved together. */
function totalOf({ node, streams, states }: Block): Reading {
  const total = sumOf([...streams.values()].map(({ counts }) => counts));
  return { kind: 'progress', node, ...total, ...(states > 0 ? { states } : {}) };
}

function endStream(stream: Stream, status?: NodeStatus): readonly Reading[] {
  const end = stream.end ?? (status && { status });
  if (!end || stream.hasEnded) return [];
  stream.hasEnded = true;
  return [{ kind: 'node-ended', node: stream.node, ...end }];
}

/** Meltano's own words, and where they say no more than who failed, that plugin's last ones. */
function failureOf(record: JsonObject, block: Block): string {
  const lines = (textOf(record['err']) ?? 'the block failed')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const short = (lines[0] ?? '').replace(/: command \[.*\] returned (\d+) with stderr:$/u, ' (exit code $1)');
  const codes = isObject(record['exit_codes'])
    ? Object.values(record['exit_codes']).filter((code) => code !== 0)
    : [];
  const code = codes.length > 0 ? ` (exit code ${codes.join(', ')})` : '';
  const causes = [...block.last.values()].filter(isException);
  const cause = lines.length > 1 ? lines.at(-1)!.trim() : causes.at(-1);
  const said = short.replace(/\.$/u, '') + code;
  return cause === undefined || said.includes(cause) ? said : `${said}: ${cause}`;
}

/** With what to do where that is beyond doubt. */
function withHint(failure: string, { unknown }: Block): string {
  const why = whyStale(failure, unknown);
  return why === undefined ? failure : `${failure}. ${why}`;
}

/** `Using systemdb state backend`. */
function opensState(event: string): boolean {
  return /^Using .+ state backend$/u.test(event);
}

/** What the end of a block says already. */
function isTold(event: string): boolean {
  return event === 'Block run completed';
}

function plainLevel(text: string): 'error' | 'info' {
  return /^(?:Error|Aborted|Usage): ?/u.test(text) || text === 'Aborted!' || isException(text)
    ? 'error'
    : 'info';
}
