import { tookText } from '../../../server/src/core/duration.ts';
import { pathToFileURL } from 'node:url';
import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunSummary } from '../../../server/src/runs/run-store.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';
import { count, type Row, type RowIcon } from './row.ts';
import { clockText, dayText, timeText } from './run-times.ts';

/** What a run's row carries for commands. */
export interface RunRowData {
  readonly folder: string;
  readonly run: string;
}

/** A run with what the view needs to know of it; `snapshot` is asked for only when the row is opened. */
export interface RunForRow {
  readonly folder: string;
  /** Shown where the workspace has several folders. */
  readonly folderName?: string;
  readonly summary: RunSummary;
  /** Of a running run, as far as it got. */
  readonly live?: RunSnapshot;
  snapshot(): Promise<RunSnapshot>;
}

interface RunLook {
  readonly label: string;
  readonly icon: RowIcon;
}

type AnyStatus = RunSummary['status'] | RunStepSnapshot['status'] | NodeSnapshot['status'];

const looks: Readonly<Record<AnyStatus, RunLook>> = {
  running: { label: 'Running', icon: { id: 'sync~spin', color: 'charts.blue' } },
  pending: { label: 'Pending', icon: { id: 'circle-large-outline' } },
  waiting: { label: 'Waiting', icon: { id: 'watch' } },
  succeeded: { label: 'Succeeded', icon: { id: 'pass', color: 'charts.green' } },
  warned: { label: 'Succeeded With Warnings', icon: { id: 'warning', color: 'charts.yellow' } },
  failed: { label: 'Failed', icon: { id: 'error', color: 'testing.iconFailed' } },
  'not-started': { label: 'Could Not Start', icon: { id: 'stop', color: 'testing.iconFailed' } },
  cancelled: { label: 'Cancelled', icon: { id: 'circle-slash' } },
  skipped: { label: 'Skipped', icon: { id: 'debug-step-over' } },
  interrupted: { label: 'Interrupted', icon: { id: 'debug-disconnect' } },
};

/** The Runs view: what runs now, then the rest by day; `runs` are newest first. */
export function runRows(runs: readonly RunForRow[], now: Date): readonly Row<RunRowData>[] {
  const running = runs.filter(({ summary }) => summary.status === 'running');
  const days = new Map<string, RunForRow[]>();
  for (const run of runs) {
    if (run.summary.status === 'running') continue;
    const day = dayText(new Date(run.summary.startedAt), now);
    days.set(day, [...(days.get(day) ?? []), run]);
  }
  const past = [...days].map(([day, ofDay], index): Row<RunRowData> => {
    const failed = ofDay.filter(
      ({ summary }) => summary.status === 'failed' || summary.status === 'not-started',
    ).length;
    return {
      id: `day ${day}`,
      label: day,
      description: `${count(ofDay.length, 'run')}${failed > 0 ? ` · ${failed} failed` : ''}`,
      icon: { id: 'calendar' },
      context: 'runDay',
      expanded: index === 0,
      children: ofDay.map((run) => runRow(run, now)),
    };
  });
  return [...running.map((run) => runRow(run, now)), ...past];
}

/** `12/40`, `12 done`, or '' while nothing is known. */
export function progressText({ steps }: RunSnapshot): string {
  const step = steps.find(({ status }) => status === 'running');
  if (!step) return '';
  const done = step.nodes.filter(({ status }) => status !== 'running').length;
  if (step.total !== undefined) return `${done}/${step.total}`;
  return done === 0 ? '' : `${done} done`;
}

/** What a run is called everywhere: the names of the steps that were asked for. */
export function runName({ requested, title }: RunSummary): string {
  return requested.length === 0 ? title : requested.join(' ');
}

/** When a run began and how long it took, or takes. */
export function whenText({ startedAt, durationMs, status }: RunSummary, now: number): string {
  const start = new Date(startedAt);
  const took = durationMs === undefined ? '' : tookText(durationMs);
  const time = status === 'running' ? clockText(now - start.getTime()) : took;
  return [dayText(start, new Date(now)), timeText(start), time].filter((part) => part !== '').join(' · ');
}

function runRow(run: RunForRow, now: Date): Row<RunRowData> {
  const { folder, folderName, summary, live } = run;
  const look = runLook(summary);
  const isRunning = summary.status === 'running';
  const description = [
    isRunning
      ? live?.cancelling === true
        ? 'cancelling'
        : live && progressText(live)
      : outcomeText(summary),
    isRunning || summary.durationMs === undefined ? undefined : tookText(summary.durationMs),
    timeText(new Date(summary.startedAt)),
    parametersText(summary),
    folderName,
  ].filter((part) => part !== undefined && part !== '');
  const data = { folder, run: summary.id };
  return {
    id: `${folder} ${summary.id}`,
    label: runName(summary),
    description: description.join(' · '),
    tooltip: [
      `**${escapeMarkdown(runName(summary))}**`,
      [
        `- ${look.label}`,
        `- ${escapeMarkdown(whenText(summary, now.getTime()))}`,
        `- ${escapeMarkdown(summary.title)}`,
        ...Object.entries(summary.parameters ?? {}).map(
          ([name, value]) => `- ${escapeMarkdown(`${name} = ${value}`)}`,
        ),
        ...(summary.resumes === undefined
          ? []
          : [`- ${escapeMarkdown(`goes on with run ${summary.resumes}`)}`]),
        ...(summary.problem === undefined ? [] : [`- ${escapeMarkdown(summary.problem)}`]),
      ].join('\n'),
    ].join('\n\n'),
    icon: look.icon,
    context: isRunning ? 'runningRun' : isResumable(summary) ? 'resumableRun' : 'endedRun',
    open: { kind: 'run', folder, run: summary.id },
    spoken: `${runName(summary)}, ${look.label}, ${description.join(', ')}`,
    expanded: isRunning,
    children: async () => (await run.snapshot()).steps.map((step) => stepRow(data, step)),
    data,
  };
}

/** True of a run that left something to do after something was done. */
export function isResumable({ status, stopped, steps }: RunSummary): boolean {
  return steps > 1 && !stopped && (status === 'failed' || status === 'cancelled' || status === 'interrupted');
}

/** `scope = marts, days = 7` */
function parametersText({ parameters = {} }: RunSummary): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

/** What served until somebody ended it. */
const stoppedLook: RunLook = { label: 'Stopped', icon: { id: 'stop-circle' } };

/** How a run is shown everywhere. */
export function runLook({ status, stopped, allowedFailures = 0 }: RunSummary): RunLook {
  if (stopped) return stoppedLook;
  return status === 'succeeded' && allowedFailures > 0
    ? { ...looks.warned, label: 'Succeeded With Allowed Failures' }
    : looks[status];
}

function outcomeText(summary: RunSummary): string {
  const { allowedFailures = 0 } = summary;
  if (summary.status === 'succeeded' && allowedFailures > 0)
    return `succeeded, ${allowedFailures} allowed to fail`;
  return summary.status === 'failed' && summary.failed > 0
    ? `${summary.failed} failed`
    : runLook(summary).label.toLowerCase();
}

function stepRow(data: RunRowData, step: RunStepSnapshot): Row<RunRowData> {
  const look = stepLook(step);
  const id = `${data.folder} ${data.run} ${step.id}`;
  const failed = step.nodes.filter(({ status }) => status === 'failed');
  const description = [
    step.waitingFor ?? look.label.toLowerCase(),
    step.timedOut ? 'timed out' : '',
    step.exitCode === undefined || step.exitCode === 0 ? '' : `exit ${step.exitCode}`,
    step.attempt === undefined || step.attempt === 1 ? '' : `attempt ${step.attempt}`,
    step.durationMs === undefined ? '' : tookText(step.durationMs),
  ].filter((part) => part !== '');
  const row: Row<RunRowData> = {
    id,
    label: step.title,
    description: description.join(' · '),
    tooltip: [
      `**${escapeMarkdown(step.step)}**`,
      step.message === undefined ? look.label : escapeMarkdown(step.message),
    ].join('\n\n'),
    icon: look.icon,
    context: 'runStep',
    open: { kind: 'run', folder: data.folder, run: data.run },
    spoken: `${step.title}, ${look.label}`,
  };
  return failed.length === 0
    ? row
    : { ...row, expanded: true, children: failed.map((node) => nodeRow(data, id, node)) };
}

function stepLook({ status, stopped, allowed, reusedFrom }: RunStepSnapshot): RunLook {
  if (stopped) return stoppedLook;
  if (allowed) return { ...looks.warned, label: 'Failed, as It May' };
  return reusedFrom === undefined ? looks[status] : { ...looks.skipped, label: 'Succeeded Before' };
}

function nodeRow(data: RunRowData, parent: string, node: NodeSnapshot): Row<RunRowData> {
  const { path, line } = node;
  return {
    id: `${parent} ${node.node}`,
    label: node.title,
    description: [node.what, node.durationMs === undefined ? '' : tookText(node.durationMs)]
      .filter((part) => part !== '')
      .join(' · '),
    tooltip: [
      `**${escapeMarkdown(node.title)}**`,
      escapeMarkdown(node.message ?? looks[node.status].label),
    ].join('\n\n'),
    icon: looks[node.status].icon,
    context: path === undefined ? 'runNode' : 'runNodeWithFile',
    open:
      path === undefined
        ? { kind: 'run', folder: data.folder, run: data.run }
        : {
            kind: 'file',
            uri: pathToFileURL(path).href,
            ...(line === undefined ? {} : { line: Math.max(0, line - 1) }),
          },
    spoken: `${node.title}, ${looks[node.status].label}`,
  };
}

/** The status bar's text while something runs; undefined when nothing does. */
export function statusText(
  running: readonly { readonly summary: RunSummary; readonly live?: RunSnapshot }[],
  now: number,
): string | undefined {
  const [first, ...others] = running;
  if (first === undefined) return undefined;
  const oldest = Math.min(...running.map(({ summary }) => Date.parse(summary.startedAt)));
  const clock = clockText(now - oldest);
  if (others.length > 0) return `$(sync~spin) Penstock: ${running.length} runs · ${clock}`;
  const { summary, live } = first;
  const current = live?.steps.find(({ status }) => status === 'running')?.step;
  const name =
    current === undefined || summary.requested.includes(current)
      ? runName(summary)
      : `${runName(summary)} · ${current}`;
  const what = live?.cancelling === true ? 'cancelling' : live ? progressText(live) : '';
  return `$(sync~spin) Penstock: ${plainText(name)}${what === '' ? '' : ` ${what}`} · ${clock}`;
}

/** A name that must not be read as an icon, cut where it would fill the bar. */
function plainText(name: string): string {
  const plain = name.replaceAll('$(', '$ (');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
