import { isObject, objectIn } from '../core/json.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

export const logFormat = 1;

type Kind = 'string' | 'number' | 'boolean' | 'strings' | 'steps' | 'totals' | 'texts' | 'processes';

/** What each event must hold to be used; a log lies in the workspace, so anything may stand in it. */
const required: Readonly<Record<RunEventBody['type'], Readonly<Record<string, Kind>>>> = {
  'run-started': {
    format: 'number',
    requested: 'strings',
    title: 'string',
    steps: 'steps',
    pid: 'number',
    folder: 'string',
  },
  'step-waiting': { step: 'string', reason: 'string' },
  'pause-set': { step: 'string', on: 'boolean' },
  'step-paused': { step: 'string' },
  'step-started': { step: 'string', command: 'strings', cwd: 'string', pid: 'number' },
  'step-retrying': {
    step: 'string',
    attempt: 'number',
    attempts: 'number',
    delayMs: 'number',
    durationMs: 'number',
  },
  output: { step: 'string', stream: 'string', level: 'string', text: 'string' },
  'node-started': { step: 'string', node: 'string', title: 'string', what: 'string' },
  'node-ended': { step: 'string', node: 'string', status: 'string' },
  progress: { step: 'string', node: 'string', records: 'number' },
  problem: { step: 'string', message: 'string', path: 'string', line: 'number' },
  artifact: { step: 'string', title: 'string', path: 'string', modifiedMs: 'number' },
  cancelling: { signal: 'string', reason: 'string' },
  'left-behind': { step: 'string', signal: 'string', processes: 'processes' },
  'step-ended': { step: 'string', status: 'string', durationMs: 'number' },
  'run-ended': { status: 'string', durationMs: 'number' },
};

const optional: Readonly<Record<string, Kind>> = {
  message: 'string',
  path: 'string',
  line: 'number',
  rowsStep: 'string',
  durationMs: 'number',
  exitCode: 'number',
  total: 'number',
  totals: 'totals',
  service: 'string',
  reportedBy: 'string',
  parameters: 'texts',
  resumes: 'string',
  born: 'string',
  processes: 'processes',
  attempt: 'number',
  loaded: 'number',
  bytes: 'number',
  requests: 'number',
  states: 'number',
  timedOut: 'boolean',
  allowed: 'boolean',
  stopped: 'boolean',
  reusedFrom: 'string',
  allowedFailures: 'strings',
};

/** One line of a log; undefined for a broken line and for an event that this version does not know. */
export function parseEvent(line: string): RunEvent | undefined {
  const value = objectIn(line);
  if (!value || !hasHead(value)) return undefined;
  const type = value['type'] as string;
  if (!Object.hasOwn(required, type) || !has(value, required[type as RunEventBody['type']])) return undefined;
  if (type === 'run-started' && value['format'] !== logFormat) return undefined;
  for (const key in value) {
    const kind = Object.hasOwn(optional, key) ? optional[key] : undefined;
    if (kind !== undefined && !is(value[key], kind)) return undefined;
  }
  return value as unknown as RunEvent;
}

/** The format that a log's first line names, where it is another than ours. */
export function foreignFormat(line: string): number | undefined {
  const value = objectIn(line);
  const format = value?.['type'] === 'run-started' ? value['format'] : undefined;
  return typeof format === 'number' && format !== logFormat ? format : undefined;
}

export function foreignFormatMessage(format: number): string {
  return `this run was recorded by another version of Penstock (log format ${format}, this one reads ${logFormat})`;
}

function hasHead({ seq, at, run, type }: Record<string, unknown>): boolean {
  return (
    typeof seq === 'number' && typeof at === 'string' && typeof run === 'string' && typeof type === 'string'
  );
}

/** Asked of every line of logs that may have a million, so it makes no lists. */
function has(value: Record<string, unknown>, fields: Readonly<Record<string, Kind>>): boolean {
  for (const key in fields) if (!is(value[key], fields[key]!)) return false;
  return true;
}

function is(value: unknown, kind: Kind): boolean {
  if (kind === 'string' || kind === 'number' || kind === 'boolean') return typeof value === kind;
  if (kind === 'strings') return Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (kind === 'steps') return Array.isArray(value) && value.every((each) => holds(each, stepHead));
  if (kind === 'processes')
    return Array.isArray(value) && value.every((each) => holds(each, { pid: 'number', name: 'string' }));
  if (kind === 'totals') return holds(value, totals);
  if (kind === 'texts')
    return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
  return typeof value === kind;
}

const stepHead = {
  id: 'string',
  step: 'string',
  title: 'string',
  system: 'string',
  needs: 'strings',
} as const;
const totals = { succeeded: 'number', failed: 'number', skipped: 'number', warned: 'number' } as const;

function holds(value: unknown, fields: Readonly<Record<string, Kind>>): boolean {
  return typeof value === 'object' && value !== null && has(value as Record<string, unknown>, fields);
}
