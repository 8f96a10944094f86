import { isAbsolute, relative } from 'node:path';
import type {
  NodeSnapshot,
  RunArtifact,
  RunSnapshot,
  RunStepSnapshot,
} from '../../../server/src/runs/run-state.ts';
import type { ArtifactView, NodeView, RunView, StepView } from '../../../webviews/run/protocol.ts';
import { commandLine } from './command-line.ts';
import type { EarlierDurations } from './earlier-durations.ts';

/** What is known beside the run's log. */
export interface BesideRun {
  readonly earlier?: EarlierDurations | undefined;
  /** When files that it left were written last, as far as somebody looked; undefined for one that is gone. */
  readonly written?: ReadonlyMap<string, number | undefined>;
}

/** The run as its panel shows it; undefined before its first event. `folder` is a path of the file system. */
export function runViewOf(run: RunSnapshot, folder: string, beside: BesideRun = {}): RunView | undefined {
  if (run.startedAt === '') return undefined;
  const { id, title, requested, status, stopped, cancelling, totals, parameters, resumes } = run;
  return {
    id,
    folder,
    title,
    requested,
    status,
    cancelling,
    totals,
    ...(stopped ? { stopped } : {}),
    ...(parameters ? { parameters } : {}),
    ...(resumes === undefined ? {} : { resumes }),
    startedAt: Date.parse(run.startedAt),
    ...(run.durationMs === undefined ? {} : { durationMs: run.durationMs }),
    steps: run.steps.map((step) => stepViewOf(step, folder, beside)),
  };
}

function stepViewOf(
  snapshot: RunStepSnapshot,
  folder: string,
  { earlier, written = new Map() }: BesideRun,
): StepView {
  const { digest: _digest, attempts: _attempts, artifacts, startedAt, command, nodes, ...rest } = snapshot;
  return {
    ...rest,
    ...(startedAt === undefined ? {} : { startedAt: Date.parse(startedAt) }),
    ...(command === undefined ? {} : { command: commandLine(command) }),
    ...(artifacts ? { artifacts: artifacts.map((each) => artifactViewOf(each, folder, written)) } : {}),
    ...lastOf(earlier?.ofStep(rest.step)),
    nodes: nodes.map((node) => ({
      ...nodeViewOf(node, folder),
      ...lastOf(earlier?.ofNode(rest.step, node.node)),
    })),
  };
}

function artifactViewOf(
  { modifiedMs, ...artifact }: RunArtifact,
  folder: string,
  written: ReadonlyMap<string, number | undefined>,
): ArtifactView {
  const now = written.has(artifact.path) ? written.get(artifact.path) : modifiedMs;
  return {
    ...artifact,
    shownPath: shorten(artifact.path, folder),
    state: now === undefined ? 'gone' : now === modifiedMs ? 'current' : 'overwritten',
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
