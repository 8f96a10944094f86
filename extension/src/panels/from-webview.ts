import type {
  FromWebview,
  LogQuery,
  LogSearch,
  LogTarget,
  StepAsk,
  TimeStamps,
} from '../../../webviews/run/protocol.ts';
import { isRecord } from './page-values.ts';

/** The page's message, or undefined for anything else that may arrive. */
export function readFromWebview(value: unknown): FromWebview | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, path, line, column, text, what, view, request, from, count, url } = value;
  switch (kind) {
    case 'cancel':
    case 'rerun':
    case 'resume':
    case 'open-log':
      return { kind };
    case 'ready':
    case 'view': {
      const query = readQuery(value['query']);
      return query && isCount(view) ? { kind, view, query } : undefined;
    }
    case 'rows':
      return isCount(view) && isCount(from) && isCount(count) ? { kind, view, from, count } : undefined;
    case 'locate': {
      const target = readTarget(what);
      return target && isCount(request) ? { kind, request, what: target } : undefined;
    }
    case 'open':
      if (typeof path !== 'string' || !isAbsentOr(isPlace, line) || !isAbsentOr(isPlace, column))
        return undefined;
      return {
        kind,
        path,
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
      };
    case 'open-node':
    case 'show-rows': {
      const { step, node } = value;
      return isText(step) && isText(node) ? { kind, step, node } : undefined;
    }
    case 'step': {
      const ask = stepAsks.find((each) => each === value['ask']);
      return ask && isText(value['step']) ? { kind, ask, step: value['step'] } : undefined;
    }
    case 'show-compiled':
    case 'open-artifact':
      return typeof path === 'string' ? { kind, path } : undefined;
    case 'open-url':
      return typeof url === 'string' ? { kind, url } : undefined;
    case 'copy':
      return typeof text === 'string' && typeof what === 'string' ? { kind, text, what } : undefined;
    case 'copy-output':
    case 'save-output': {
      const times = timeStamps.find((each) => each === value['times']);
      return times && { kind, times };
    }
    default:
      return undefined;
  }
}

/** Which run a page showed, from what it saved before the window was reloaded. */
export function readSavedRun(value: unknown): { readonly folder: string; readonly run: string } | undefined {
  if (!isRecord(value)) return undefined;
  const { folder, run } = value;
  return typeof folder === 'string' && typeof run === 'string' ? { folder, run } : undefined;
}

const timeStamps: readonly TimeStamps[] = ['off', 'clock', 'elapsed'];
const stepAsks: readonly StepAsk[] = ['cancel', 'pause', 'continue'];
const levels = ['debug', 'info', 'warn', 'error'] as const;

function readQuery(value: unknown): LogQuery | undefined {
  if (!isRecord(value)) return undefined;
  const { step, node, folded, onlyMatching } = value;
  const level = levels.find((each) => each === value['level']);
  const search = readSearch(value['search']);
  if (level === undefined || search === undefined || typeof onlyMatching !== 'boolean') return undefined;
  if (!isAbsentOr(isText, step) || !isAbsentOr(isText, node)) return undefined;
  if (!Array.isArray(folded) || !folded.every(isText)) return undefined;
  return {
    level,
    search,
    onlyMatching,
    folded,
    ...(step === undefined ? {} : { step }),
    ...(node === undefined ? {} : { node }),
  };
}

function readSearch(value: unknown): LogSearch | undefined {
  if (!isRecord(value)) return undefined;
  const { text, regex, matchCase, wholeWord } = value;
  if (typeof text !== 'string' || typeof regex !== 'boolean') return undefined;
  if (typeof matchCase !== 'boolean' || typeof wholeWord !== 'boolean') return undefined;
  return { text, regex, matchCase, wholeWord };
}

function readTarget(value: unknown): LogTarget | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, step, node, number, from, direction } = value;
  if (kind === 'line') return isCount(number) ? { kind, number } : undefined;
  // Before the first line is where a search from the top begins.
  if (kind === 'hit' && typeof from === 'number' && Number.isInteger(from) && from >= -1)
    return direction === 1 || direction === -1 ? { kind, from, direction } : undefined;
  if (kind !== 'part' || typeof step !== 'string' || !isAbsentOr(isText, node)) return undefined;
  return { kind, step, ...(node === undefined ? {} : { node }) };
}

function isAbsentOr<Of>(is: (value: unknown) => value is Of, value: unknown): value is Of | undefined {
  return value === undefined || is(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isPlace(value: unknown): value is number {
  return isCount(value) && value >= 1;
}
