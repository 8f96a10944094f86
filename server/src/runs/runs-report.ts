import { isAbsolute, relative } from 'node:path';
import { tookText } from '../core/duration.ts';
import type { ComparedPart, PartState, RunComparison } from './compare-runs.ts';
import type { LeftBehind } from './left-behind.ts';
import type { RunSnapshot, RunStepSnapshot } from './run-state.ts';
import type { RunSummary } from './run-store.ts';
import type { Trend } from './run-trend.ts';

/** What `penstock runs` has to say; `json` is it as data, and public: fields are added, never changed. */
export type RunsReport = { readonly json: unknown } & (
  | {
      readonly kind: 'list';
      readonly runs: readonly RunSummary[];
      readonly leftBehind: readonly LeftBehind[];
      /** False where nothing has run at all, whatever was asked for. */
      readonly hasRun: boolean;
    }
  /** `folder` is that of the runs: paths below it are told from there. */
  | { readonly kind: 'show'; readonly runs: readonly RunSnapshot[]; readonly folder: string }
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

/** What the blocks after it are about; for pages, as the sentences say it, too. */
export interface Heading {
  readonly heading: string;
}

/** Headings, tables and sentences, in order. */
export type Block = Heading | Table | string;

/** What is told of a report, for people; columns in which nothing stands are left out. */
export function blocksOf(report: RunsReport): readonly Block[] {
  return allBlocksOf(report).map((block) =>
    typeof block === 'object' && 'head' in block ? withoutEmptyColumns(block) : block,
  );
}

function withoutEmptyColumns({ head, rows }: Table): Table {
  const filled = (_: string, column: number): boolean => rows.some((row) => row[column] !== '');
  return { head: head.filter(filled), rows: rows.map((row) => row.filter(filled)) };
}

function allBlocksOf(report: RunsReport): readonly Block[] {
  switch (report.kind) {
    case 'list':
      return listBlocks(report);
    case 'show':
      return report.runs.flatMap((run) => runBlocks(run, report.folder));
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

function listBlocks({
  runs,
  leftBehind,
  hasRun,
}: Extract<RunsReport, { readonly kind: 'list' }>): readonly Block[] {
  if (!hasRun)
    return [
      'Nothing has run here yet: `penstock steps` lists what can be run, and `penstock run STEP` runs it.',
    ];
  if (runs.length === 0) return ['No such run.'];
  const rows = runs.map((run) => [
    run.id,
    statusOf(run),
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

function runBlocks(run: RunSnapshot, folder: string): readonly Block[] {
  const { id, title, startedAt, durationMs, parameters = {}, resumes, steps } = run;
  const set = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  const head = [
    { heading: `${nameOf(run)}: ${statusOf(run)}` },
    `Run ${id} ${statusOf(run)}, ${timeOf(startedAt)}${durationMs === undefined ? '' : `, took ${took(durationMs)}`}: ${title}`,
    ...(resumes === undefined ? [] : [`It goes on with ${resumes}.`]),
    ...(set.length === 0 ? [] : [`Parameters: ${set.join(', ')}`]),
  ];
  const rows = steps.map((step) => [
    step.id,
    statusOf(step),
    step.status === 'skipped' || step.status === 'not-started' ? '' : took(step.durationMs),
    step.nodes.length === 0 ? '' : counted(step.nodes.length, 'node'),
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
        placeOf(node, folder),
        oneLine(node.message),
      ]),
  );
  const printed = steps.flatMap(({ id: step, problems = [] }) =>
    problems.map((problem) => [step, placeOf(problem, folder), oneLine(problem.message)]),
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
  const {
    told = [],
    same = [],
    leftOut = [],
  } = Object.groupBy(parts, ({ change }) => {
    if (change === 'left-out') return 'leftOut';
    return change === 'same' ? 'same' : 'told';
  });
  const rows = told.map((part) => [
    part.change,
    part.title,
    part.what,
    stateOf(part.before),
    stateOf(part.after),
    moreText(part),
  ]);
  const sides = (
    [
      ['before', before],
      ['after', after],
    ] as const
  ).map(([side, run]) => [side, run.id, timeOf(run.startedAt), run.status, took(run.durationMs)]);
  return [
    { head: ['', 'run', 'began', 'status', 'took'], rows: sides },
    ...(rows.length === 0 ? [] : [{ head: ['change', 'name', 'what', 'before', 'after', 'longer'], rows }]),
    `${counted(same.length, 'part')} went as before.`,
    ...(leftOut.length === 0
      ? []
      : [`A retry left out ${counted(leftOut.length, 'part')} that had gone well.`]),
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

const leastMoreMs = 50;

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

/** What nobody can see is no difference, and what was skipped took no time that could be compared. */
function moreText({ before, after, moreMs = 0 }: ComparedPart): string {
  if (Math.abs(moreMs) < leastMoreMs || before?.status === 'skipped' || after?.status === 'skipped')
    return '';
  return moreMs < 0 ? `−${took(-moreMs)}` : `+${took(moreMs)}`;
}

function stateOf(state: PartState | undefined): string {
  if (state === undefined) return '';
  if (state.reusedFrom !== undefined) return 'succeeded before';
  return state.status === 'skipped' ? state.status : `${state.status} ${took(state.durationMs)}`.trim();
}

function placeOf({ path, line }: { readonly path?: string; readonly line?: number }, folder: string): string {
  if (path === undefined) return '';
  const short = relative(folder, path);
  const isBelow = short !== '' && !short.startsWith('..') && !isAbsolute(short);
  return `${isBelow ? short.replaceAll('\\', '/') : path}${line === undefined ? '' : `:${line}`}`;
}

/** What served until somebody ended it was not broken off. */
function statusOf({ status, stopped }: Pick<RunSnapshot | RunStepSnapshot, 'status' | 'stopped'>): string {
  return stopped ? 'stopped' : status;
}

/** A run is called by what was asked for. */
function nameOf({ requested, title }: Pick<RunSnapshot, 'requested' | 'title'>): string {
  return requested.length === 0 ? title : requested.join(' ');
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
