import { numberOf, objectOf, textOf } from '../../core/json.ts';
import type { Interpreter, LogLevel, NodeStatus, Reading } from '../../core/step.ts';
import { placeOf, type FailurePlace } from './failure-place.ts';
import { errorOfSecond, testPlaceOf } from './second-failures.ts';
import { selectionStep } from './step-names.ts';
import { readLogEvent, type LogEvent, type LogNode } from './log-event.ts';

/** Events about dbt's own connections and bookkeeping, which tell nobody anything. */
const noise = new Set([
  'ConnectionClosed',
  'ConnectionClosedInCleanup',
  'ConnectionLeftOpen',
  'ConnectionLeftOpenInCleanup',
  'ConnectionReused',
  'ConnectionUsed',
  'FlushEvents',
  'Formatting',
  'MainReportArgs',
  'NewConnection',
  'NewConnectionOpening',
  'ResourceReport',
  'Rollback',
  'RollbackFailed',
  'SQLCommit',
  'SQLQueryStatus',
  'SendEventFailure',
  'StateCheckVarsHash',
  'TrackingInitializeFailure',
  'WritingInjectedSQLForNode',
]);

interface Ended {
  readonly status: NodeStatus;
  readonly message: string;
  readonly durationMs: number | undefined;
  readonly place: FailurePlace;
  readonly rowsStep: string | undefined;
}

/** Reads dbt's JSON log as it comes: nodes that start and end, and the text around them. */
export class DbtInterpreter implements Interpreter {
  /** How many nodes the run has; dbt says so from its first node on. */
  #total: number | undefined;
  readonly #running = new Set<string>();
  /** What was last sent to the database for a node, in whose lines a database counts. */
  readonly #sent = new Map<string, string>();
  readonly #failed = new Map<string, Ended>();
  /** Nodes whose rows were shown. */
  readonly #shown = new Set<string>();
  /** What dbt v2 says of a node before it ends, whose end has no message: what was wrong, and where a test stands. */
  readonly #said = new Map<string, { readonly message?: string; readonly place?: FailurePlace }>();

  line(stream: 'stdout' | 'stderr', text: string): readonly Reading[] {
    const event = readLogEvent(text);
    if (!event)
      return text === '' ? [] : [{ kind: 'text', text, level: stream === 'stderr' ? 'warn' : 'info' }];
    return [...this.#nodeReadings(event), ...this.#textReadings(event)];
  }

  #textReadings(event: LogEvent): readonly Reading[] {
    if (noise.has(event.name) || event.message.trim() === '') return [];
    const shown = event.name === 'ShowNode' ? textOf(event.data['unique_id']) : undefined;
    if (shown !== undefined) this.#shown.add(shown);
    const id = event.node?.id ?? shown;
    // What is said of a node whose rows are shown are these rows, not how long they took.
    const node = id === undefined || (shown === undefined && this.#shown.has(id)) ? {} : { node: id };
    const level = isStartOfSecond(event) ? 'debug' : levelOf(event.level);
    return event.message.split('\n').map((text) => ({ kind: 'text', text, level, ...node }));
  }

  #nodeReadings(event: LogEvent): readonly Reading[] {
    this.#total = numberOf(event.data['total']) ?? this.#total;
    const { node } = event;
    if (event.name === 'MainEncounteredError') return parseFailure(event);
    const error = event.name === 'Generic' ? errorOfSecond(event.message) : undefined;
    if (!node) return error?.place === undefined ? [] : fileFailure(error.message, error.place);
    if (error) this.#said.set(node.id, error);
    switch (event.name) {
      case 'NodeStart':
        return this.#start(node);
      case 'SQLQuery':
        this.#sent.set(node.id, textOf(event.data['sql']) ?? '');
        return [];
      case 'LogTestResult':
        this.#said.set(node.id, { place: testPlaceOf(event.message) });
        return [];
      case 'NodeFinished':
        return this.#end(node, event);
      case 'SQLCompiledPath':
        return compiledOf(node, event);
      case 'RunResultFailure':
        return this.#tellPath(node, event);
      default:
        return [];
    }
  }

  #start(node: LogNode): readonly Reading[] {
    if (this.#running.has(node.id)) return [];
    this.#running.add(node.id);
    const total = this.#total === undefined ? {} : { total: this.#total };
    return [
      {
        kind: 'node-started',
        node: node.id,
        title: node.name,
        what: node.resource.replace('_', ' '),
        ...total,
      },
    ];
  }

  #end(node: LogNode, { data }: LogEvent): readonly Reading[] {
    const result = objectOf(data['run_result']);
    const status = statusOf(textOf(result?.['status']) ?? '');
    const isWrong = status === 'failed' || status === 'warned';
    const failures = numberOf(result?.['num_failures']) ?? 0;
    const said = this.#said.get(node.id);
    const counted = isWrong && failures > 0 ? `Got ${failures} result${failures === 1 ? '' : 's'}` : '';
    const message = textOf(result?.['message']) ?? said?.message ?? counted;
    const seconds = numberOf(result?.['execution_time']);
    const found = isWrong ? placeOf(message, this.#sent.get(node.id)) : {};
    // dbt v2 names what it compiled; the line is that of the model all the same.
    const ofModel = said?.message !== undefined && node.path !== undefined ? { path: node.path } : {};
    const place = isWrong ? { ...found, ...ofModel, ...said?.place } : {};
    const rows = numberOf(objectOf(result?.['adapter_response'])?.['rows_affected']);
    const isRowTest = node.resource === 'test' && isWrong;
    const ended: Ended = {
      status,
      message,
      place,
      rowsStep: isRowTest && failures > 0 ? selectionStep('show', node.name) : undefined,
      durationMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    };
    this.#running.delete(node.id);
    this.#sent.delete(node.id);
    this.#said.delete(node.id);
    if (status === 'failed' && place.path === undefined) this.#failed.set(node.id, ended);
    // A database that does not count says -1.
    const records: readonly Reading[] =
      rows === undefined || rows < 0 ? [] : [{ kind: 'progress', node: node.id, records: rows }];
    return [...records, endReading(node.id, ended)];
  }

  /** A failed test's message names no file; dbt does so when the run is over, and the end is told again with it. */
  #tellPath(node: LogNode, { data }: LogEvent): readonly Reading[] {
    const ended = this.#failed.get(node.id);
    const path = textOf(data['path']);
    if (!ended || path === undefined) return [];
    this.#failed.delete(node.id);
    return [endReading(node.id, { ...ended, place: { path } })];
  }
}

/** dbt names the file for whatever failed and has SQL. */
function compiledOf({ id }: LogNode, { data }: LogEvent): readonly Reading[] {
  const path = textOf(data['path']);
  return path === undefined ? [] : [{ kind: 'artifact', node: id, title: 'Compiled SQL', path }];
}

function endReading(node: string, { status, message, durationMs, place, rowsStep }: Ended): Reading {
  return {
    kind: 'node-ended',
    node,
    status,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(message === '' ? {} : { message }),
    ...(rowsStep === undefined ? {} : { rowsStep }),
    ...place,
  };
}

/** Nothing runs when dbt cannot read the project; the reading of it is shown as a node that failed. */
function parseFailure({ data }: LogEvent): readonly Reading[] {
  const message = textOf(data['exc']) ?? '';
  const node = 'parse';
  return [
    { kind: 'node-started', node, title: 'read the project', what: 'project' },
    { kind: 'node-ended', node, status: 'failed', message, ...placeOf(message, undefined) },
  ];
}

/** dbt v2 goes on to the next file, and tells what is wrong with each. */
function fileFailure(message: string, place: FailurePlace): readonly Reading[] {
  const { path = '', line = 1 } = place;
  const node = `${path}:${line}`;
  return [
    { kind: 'node-started', node, title: path, what: 'file' },
    { kind: 'node-ended', node, status: 'failed', message, ...place },
  ];
}

/** How a node ended, from the word that dbt has for it. */
export function statusOf(status: string): NodeStatus {
  if (status === 'error' || status === 'fail' || status === 'runtime error' || status === 'partial success')
    return 'failed';
  if (status === 'warn') return 'warned';
  return status === 'skipped' ? 'skipped' : 'succeeded';
}

/** dbt v2 tells that a node starts, and keeps it to itself where it writes for people; dbt Core counts them there. */
function isStartOfSecond({ name, data }: LogEvent): boolean {
  return name === 'LogStartLine' && data['description'] === undefined;
}

function levelOf(level: string): LogLevel {
  return level === 'debug' || level === 'warn' || level === 'error'
    ? level
    : level === 'test'
      ? 'debug'
      : 'info';
}
