import { tookText } from '../core/duration.ts';
import type { RunComparison } from './compare-runs.ts';
import type { LeftBehind } from './left-behind.ts';
import type { RunSnapshot } from './run-state.ts';
import type { RunSummary } from './run-store.ts';
import type { Trend } from './run-trend.ts';

/** What `penstock runs` has to say; `json` is it as data, and public: fields are added, never changed. */
export type RunsReport = { readonly json: unknown } & (
  | {
      readonly kind: 'list';
      readonly runs: readonly RunSummary[];
      readonly leftBehind: readonly LeftBehind[];
    }
  | { readonly kind: 'show'; readonly runs: readonly RunSnapshot[] }
  | { readonly kind: 'compare'; readonly comparison: RunComparison }
  | { readonly kind: 'trend'; readonly trends: readonly Trend[] }
  | { readonly kind: 'control'; readonly said: string }
  /** Ids of runs that were removed. */
  | { readonly kind: 'prune'; readonly removed: readonly string[] }
);

/** A table that either format draws. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Tables and sentences, in order. */
export type Block = Table | string;

/** What is told of a report, for people; columns in which nothing stands are left out. */
export function blocksOf(report: RunsReport): readonly Block[] {
  return allBlocksOf(report).map((block) => (typeof block === 'string' ? block : withoutEmptyColumns(block)));
}

function withoutEmptyColumns({ head, rows }: Table): Table {
  const filled = (_: string, column: number): boolean => rows.some((row) => row[column] !== '');
  return { head: head.filter(filled), rows: rows.map((row) => row.filter(filled)) };
}

function allBlocksOf(report: RunsReport): readonly Block[] {
  switch (report.kind) {
    case 'list':
      return listBlocks(report.runs, report.leftBehind);
    case 'show':
      return report.runs.flatMap(runBlocks);
    case 'compare':
      return comparisonBlocks(report.comparison);
    case 'trend':
      return report.trends.flatMap(trendBlocks);
    case 'control':
      return [report.said];
    case 'prune':
      return [
        report.removed.length === 0
          ? 'No run is beyond these limits.'
          : `Removed ${counted(report.removed.length, 'run')}.`,
      ];
  }
}

function listBlocks(runs: readonly RunSummary[], leftBehind: readonly LeftBehind[]): readonly Block[] {
  if (runs.length === 0) return ['No such run.'];
  const rows = runs.map((run) => [
    run.id,
    run.status,
    timeOf(run.startedAt),
    took(run.durationMs),
    run.failed === 0 ? '' : `${run.failed} failed`,
    run.problem ?? run.requested.join(' '),
  ]);
  const left = leftBehind.map(
    ({ run, step, processes }) =>
      `Of run ${run} ${step} still runs, although its driver is gone: ${processes.map(({ name, pid }) => `${name} (${pid})`).join(', ')}. The next \`penstock run\` ends it.`,
  );
  return [{ head: ['run', 'status', 'began', 'took', 'wrong', 'steps'], rows }, ...left];
}

function runBlocks(run: RunSnapshot): readonly Block[] {
  const { id, title, status, startedAt, durationMs, parameters = {}, resumes, steps } = run;
  const set = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  const head = [
    `Run ${id} ${status}, ${timeOf(startedAt)}${durationMs === undefined ? '' : `, took ${took(durationMs)}`}: ${title}`,
    ...(resumes === undefined ? [] : [`It goes on with ${resumes}.`]),
    ...(set.length === 0 ? [] : [`Parameters: ${set.join(', ')}`]),
  ];
  const rows = steps.map((step) => [
    step.id,
    step.status,
    took(step.durationMs),
    step.nodes.length === 0 ? '' : counted(step.nodes.length, 'thing'),
    oneLine(step.message),
  ]);
  const wrong = steps.flatMap((step) =>
    step.nodes
      .filter((node) => node.status === 'failed' || node.status === 'warned')
      .map((node) => [
        node.title,
        node.what,
        node.status,
        took(node.durationMs),
        placeOf(node),
        oneLine(node.message),
      ]),
  );
  const printed = steps.flatMap(({ id: step, problems = [] }) =>
    problems.map((problem) => [step, placeOf(problem), oneLine(problem.message)]),
  );
  return [
    ...head,
    { head: ['step', 'status', 'took', 'ran', 'says'], rows },
    ...(printed.length === 0 ? [] : [{ head: ['step', 'where', 'printed'], rows: printed }]),
    ...(wrong.length === 0
      ? []
      : [{ head: ['name', 'what', 'status', 'took', 'where', 'says'], rows: wrong }]),
  ];
}

function comparisonBlocks({ before, after, parts }: RunComparison): readonly Block[] {
  const rows = parts
    .filter(({ change }) => change !== 'same')
    .map((part) => [
      part.change,
      part.title,
      part.what,
      stateOf(part.before),
      stateOf(part.after),
      part.moreMs === undefined ? '' : moreText(part.moreMs),
    ]);
  const same = parts.length - rows.length;
  return [
    `Before: ${before.id} ${before.status}, ${timeOf(before.startedAt)}, took ${took(before.durationMs)}`,
    `After: ${after.id} ${after.status}, ${timeOf(after.startedAt)}, took ${took(after.durationMs)}`,
    ...(rows.length === 0 ? [] : [{ head: ['change', 'name', 'what', 'before', 'after', 'longer'], rows }]),
    `${counted(same, 'part')} went as before.`,
  ];
}

function trendBlocks({ name, what, points, failed, medianMs, pace }: Trend): readonly Block[] {
  const longest = Math.max(...points.map(({ durationMs = 0 }) => durationMs));
  const rows = points.map(({ run, startedAt, status, durationMs, records }) => [
    run,
    timeOf(startedAt),
    status,
    took(durationMs),
    records === undefined ? '' : String(records),
    bar(durationMs, longest),
  ]);
  const usual = medianMs === undefined ? '' : `, usually ${took(medianMs)}`;
  const now = pace === undefined || pace === 'same' ? '' : `, ${pace} than before the last time`;
  return [
    `${name} (${what}): ${counted(points.length, 'run')}, ${failed} failed${usual}${now}`,
    { head: ['run', 'began', 'status', 'took', 'records', ''], rows },
  ];
}

/** `2026-11-23 09:32`, in local time. */
function timeOf(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function took(durationMs: number | undefined): string {
  return durationMs === undefined ? '' : tookText(durationMs);
}

function moreText(moreMs: number): string {
  return moreMs < 0 ? `-${took(-moreMs)}` : `+${took(moreMs)}`;
}

function stateOf(state: { readonly status: string; readonly durationMs?: number } | undefined): string {
  return state === undefined ? '' : `${state.status} ${took(state.durationMs)}`.trim();
}

function placeOf({ path, line }: { readonly path?: string; readonly line?: number }): string {
  return path === undefined ? '' : `${path}${line === undefined ? '' : `:${line}`}`;
}

/** What tools say may be a whole query; its first line tells what it is about. */
function oneLine(message: string | undefined): string {
  const [first = ''] = (message ?? '').trim().split('\n');
  return first.length > 160 ? `${first.slice(0, 160)}…` : first;
}

function bar(durationMs: number | undefined, longest: number): string {
  return durationMs === undefined || longest === 0
    ? ''
    : '▇'.repeat(Math.max(1, Math.round((durationMs / longest) * 20)));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
