import type { Interpreter, LogLevel, NodeStatus, Reading } from '../../core/step.ts';
import { placeOf, type FailurePlace } from './failure-place.ts';
import { selectionStep } from './step-names.ts';
import { numberOf, readLogEvent, recordOf, textOf, type LogEvent, type LogNode } from './log-event.ts';

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

  line(stream: 'stdout' | 'stderr', text: string): readonly Reading[] {
    const event = readLogEvent(text);
    if (!event)
      return text === '' ? [] : [{ kind: 'text', text, level: stream === 'stderr' ? 'warn' : 'info' }];
    return [...this.#nodeReadings(event), ...textReadings(event)];
  }

  #nodeReadings(event: LogEvent): readonly Reading[] {
    this.#total = numberOf(event.data['total']) ?? this.#total;
    const { node } = event;
    if (event.name === 'MainEncounteredError') return parseFailure(event);
    if (!node) return [];
    switch (event.name) {
      case 'NodeStart':
        return this.#start(node);
      case 'SQLQuery':
        this.#sent.set(node.id, textOf(event.data['sql']) ?? '');
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
    const result = recordOf(data['run_result']);
    const status = statusOf(textOf(result?.['status']) ?? '');
    const message = textOf(result?.['message']) ?? '';
    const seconds = numberOf(result?.['execution_time']);
    const place = status === 'failed' || status === 'warned' ? placeOf(message, this.#sent.get(node.id)) : {};
    const failures = numberOf(result?.['num_failures']) ?? 0;
    const rows = numberOf(recordOf(result?.['adapter_response'])?.['rows_affected']);
    const isRowTest = node.resource === 'test' && (status === 'failed' || status === 'warned');
    const ended: Ended = {
      status,
      message,
      place,
      rowsStep: isRowTest && failures > 0 ? selectionStep('show', node.name) : undefined,
      durationMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    };
    this.#running.delete(node.id);
    this.#sent.delete(node.id);
    if (status === 'failed' && place.path === undefined) this.#failed.set(node.id, ended);
    // A database that does not count says -1.
    const counted: readonly Reading[] =
      rows === undefined || rows < 0 ? [] : [{ kind: 'progress', node: node.id, records: rows }];
    return [...counted, endReading(node.id, ended)];
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

/** How a node ended, from the word that dbt has for it. */
export function statusOf(status: string): NodeStatus {
  if (status === 'error' || status === 'fail' || status === 'runtime error' || status === 'partial success')
    return 'failed';
  if (status === 'warn') return 'warned';
  return status === 'skipped' ? 'skipped' : 'succeeded';
}

function textReadings(event: LogEvent): readonly Reading[] {
  if (noise.has(event.name) || event.message.trim() === '') return [];
  const level = levelOf(event.level);
  const id = event.node?.id ?? (event.name === 'ShowNode' ? textOf(event.data['unique_id']) : undefined);
  const node = id === undefined ? {} : { node: id };
  return event.message.split('\n').map((text) => ({ kind: 'text', text, level, ...node }));
}

function levelOf(level: string): LogLevel {
  return level === 'debug' || level === 'warn' || level === 'error'
    ? level
    : level === 'test'
      ? 'debug'
      : 'info';
}
