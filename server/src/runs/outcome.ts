import { parseJson } from '../core/json.ts';
import { textAt } from '../files/disk.ts';
import { replaceFile } from './replace-file.ts';
import type { RunSnapshot } from './run-state.ts';

/**
 * Keeps a run that has ended beside its log, so that who asks for its steps and durations need not read all that it
 * printed. Made of the log, and of no use without it. A disk that is full costs the file and nothing else.
 */
export function writeOutcome(file: string, snapshot: RunSnapshot): void {
  replaceFile(file, JSON.stringify(snapshot));
}

/** Undefined where there is none, or something else lies there. */
export function readOutcome(file: string, id: string): RunSnapshot | undefined {
  const value = parseJson(textAt(file) ?? '');
  return isSnapshot(value) && value.id === id ? value : undefined;
}

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown): boolean => typeof value === 'string';
const number = (value: unknown): boolean => typeof value === 'number';
const flag = (value: unknown): boolean => typeof value === 'boolean';
const perhaps =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || is(value);
const listOf =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(is);
const shaped =
  (shape: Shape) =>
  (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    return Object.entries(shape).every(([key, is]) => is(fields[key]));
  };
const texts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every(text);

const node: Shape = {
  node: text,
  title: text,
  what: text,
  status: text,
  startedAt: text,
  durationMs: perhaps(number),
  message: perhaps(text),
  path: perhaps(text),
  line: perhaps(number),
  rowsStep: perhaps(text),
  records: perhaps(number),
  loaded: perhaps(number),
  bytes: perhaps(number),
  requests: perhaps(number),
  states: perhaps(number),
};

const step: Shape = {
  id: text,
  step: text,
  title: text,
  system: text,
  needs: listOf(text),
  status: text,
  startedAt: perhaps(text),
  durationMs: perhaps(number),
  exitCode: perhaps(number),
  message: perhaps(text),
  command: perhaps(listOf(text)),
  cwd: perhaps(text),
  reusedFrom: perhaps(text),
  nodes: listOf(shaped(node)),
  problems: perhaps(listOf(shaped({ message: text, path: text, line: number }))),
  artifacts: perhaps(listOf(shaped({ title: text, path: text, modifiedMs: number, node: perhaps(text) }))),
};

const run: Shape = {
  id: text,
  title: text,
  requested: listOf(text),
  status: text,
  startedAt: text,
  endedAt: perhaps(text),
  durationMs: perhaps(number),
  cancelling: flag,
  totals: shaped({
    succeeded: number,
    failed: number,
    skipped: number,
    warned: number,
    stopped: perhaps(number),
  }),
  steps: listOf(shaped(step)),
  parameters: perhaps(texts),
  resumes: perhaps(text),
  allowedFailures: perhaps(listOf(text)),
  stopped: perhaps(flag),
};

/** A run's folder lies in the workspace, so anything may stand in it. */
function isSnapshot(value: unknown): value is RunSnapshot {
  return shaped(run)(value);
}
