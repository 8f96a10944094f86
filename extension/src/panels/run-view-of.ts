import { isAbsolute, relative } from 'node:path';
import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import type { NodeView, RunView, StepView } from '../../../webviews/run/protocol.ts';
import { commandLine } from './command-line.ts';
import type { EarlierDurations } from './earlier-durations.ts';

/** The run as its panel shows it; undefined before its first event. `folder` is a path of the file system. */
export function runViewOf(run: RunSnapshot, folder: string, earlier?: EarlierDurations): RunView | undefined {
  if (run.startedAt === '') return undefined;
  const { id, title, requested, status, cancelling, totals, parameters, resumes } = run;
  return {
    id,
    folder,
    title,
    requested,
    status,
    cancelling,
    totals,
    ...(parameters ? { parameters } : {}),
    ...(resumes === undefined ? {} : { resumes }),
    startedAt: Date.parse(run.startedAt),
    ...(run.durationMs === undefined ? {} : { durationMs: run.durationMs }),
    steps: run.steps.map((step) => stepViewOf(step, run.status === 'interrupted', folder, earlier)),
  };
}

function stepViewOf(
  snapshot: RunStepSnapshot,
  interrupted: boolean,
  folder: string,
  earlier: EarlierDurations | undefined,
): StepView {
  const { digest: _digest, attempts: _attempts, startedAt, command, nodes, status, ...rest } = snapshot;
  return {
    ...rest,
    // Nobody said any more how it ended.
    status: interrupted && (status === 'running' || status === 'waiting') ? 'interrupted' : status,
    ...(startedAt === undefined ? {} : { startedAt: Date.parse(startedAt) }),
    ...(command === undefined ? {} : { command: commandLine(command) }),
    ...lastOf(earlier?.ofStep(rest.step)),
    nodes: nodes.map((node) => ({
      ...nodeViewOf(node, folder),
      ...lastOf(earlier?.ofNode(rest.step, node.node)),
    })),
  };
}

function lastOf(lastMs: number | undefined): { readonly lastMs?: number } {
  return lastMs === undefined ? {} : { lastMs };
}

function nodeViewOf({ startedAt, ...rest }: NodeSnapshot, folder: string): NodeView {
  const shownPath = rest.path === undefined ? undefined : shorten(rest.path, folder);
  return { ...rest, startedAt: Date.parse(startedAt), ...(shownPath === undefined ? {} : { shownPath }) };
}

/** Relative where the file lies in the folder, with slashes everywhere. */
function shorten(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short.replaceAll('\\', '/');
}
