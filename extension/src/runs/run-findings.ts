import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunSummary } from '../../../server/src/runs/run-summary.ts';
import { isTest } from '../testing/test-events.ts';

/** A failure of a run at a place in a file. */
export interface RunFinding {
  /** Absolute, of the file system. */
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
  /** The public name of the step that failed. */
  readonly step: string;
  /** Of a test whose line the run did not tell: what its tool calls it in the project of the folder `cwd`. */
  readonly test?: { readonly cwd: string; readonly names: readonly string[] };
}

/** What is to be shown of an ended run: its steps that really ran, each with its failures. */
export interface StepOutcome {
  readonly step: string;
  readonly findings: readonly RunFinding[];
}

/** Longest message; a tool may print a whole query. */
const maxChars = 2_000;

/** False of an ended run in which nothing failed; a tool may go on after a failure and end well. */
export function hasFailures({ status, failed }: Pick<RunSummary, 'status' | 'failed'>): boolean {
  return status !== 'succeeded' || failed > 0;
}

/** The outcome of every step that ran to its end; one that was cancelled or skipped says nothing new. */
export function stepOutcomes({ steps }: RunSnapshot): readonly StepOutcome[] {
  return steps
    .filter(({ status }) => status === 'succeeded' || status === 'failed')
    .map((step) => ({ step: step.step, findings: findingsOf(step) }));
}

function findingsOf(ran: RunStepSnapshot): readonly RunFinding[] {
  const { step, status, nodes, problems = [] } = ran;
  const ofNodes = nodes.flatMap((node) =>
    node.status !== 'failed' || node.path === undefined ? [] : [nodeFinding(ran, node, node.path)],
  );
  // A step that ended well has coped with what it printed; a report holds whatever the step makes of it.
  const told = problems.filter(({ reportedBy }) => status === 'failed' || reportedBy !== undefined);
  const isNew = ({ path, line }: RunFinding): boolean =>
    !ofNodes.some((each) => each.path === path && each.line === line);
  return [
    ...ofNodes,
    ...told.map(({ path, line, message }) => finding(step, path, line, message)).filter(isNew),
  ];
}

function nodeFinding(
  { step, cwd }: Pick<RunStepSnapshot, 'step' | 'cwd'>,
  { node, title, what, line, message }: NodeSnapshot,
  path: string,
): RunFinding {
  const said = message?.trim();
  if (!isTest(what)) return finding(step, path, line ?? 1, said || `${title} failed`);
  // Many tests of one file say the same.
  const told = finding(step, path, line ?? 1, said ? `${title}: ${said}` : `${title} failed`);
  return line !== undefined || cwd === undefined ? told : { ...told, test: { cwd, names: [title, node] } };
}

function finding(step: string, path: string, line: number, said: string): RunFinding {
  const message = said.length > maxChars ? `${said.slice(0, maxChars)}…` : said;
  return { path, line: Math.max(0, line - 1), message, step };
}

/** The findings of the latest outcome of each step, each once, whichever steps tell it; `outcomes` come newest first. */
export function latestFindings(outcomes: Iterable<StepOutcome>): readonly RunFinding[] {
  const seen = new Set<string>();
  const found = new Map<string, RunFinding>();
  for (const { step, findings } of outcomes) {
    if (seen.has(step)) continue;
    seen.add(step);
    for (const each of findings) {
      const key = JSON.stringify([each.path, each.line, each.message]);
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}
