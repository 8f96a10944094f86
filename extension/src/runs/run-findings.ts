import type { RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';

/** A failure of a run at a place in a file. */
export interface RunFinding {
  /** Absolute, of the file system. */
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
  /** The public name of the step that failed. */
  readonly step: string;
}

/** What is to be shown of an ended run: its steps that really ran, each with its failures. */
export interface StepOutcome {
  readonly step: string;
  readonly findings: readonly RunFinding[];
}

/** Longest message; a tool may print a whole query. */
const maxChars = 2_000;

/** The outcome of every step that ran to its end; one that was cancelled or skipped says nothing new. */
export function stepOutcomes({ steps }: RunSnapshot): readonly StepOutcome[] {
  return steps
    .filter(({ status }) => status === 'succeeded' || status === 'failed')
    .map((step) => ({ step: step.step, findings: findingsOf(step) }));
}

function findingsOf({ step, nodes }: RunStepSnapshot): readonly RunFinding[] {
  return nodes.flatMap(({ status, path, line, message, title }) => {
    if (status !== 'failed' || path === undefined) return [];
    const said = message?.trim() || `${title} failed`;
    const text = said.length > maxChars ? `${said.slice(0, maxChars)}…` : said;
    return [{ path, line: Math.max(0, (line ?? 1) - 1), message: text, step }];
  });
}

/** The findings of the latest outcome of each step; `outcomes` come newest first. */
export function latestFindings(outcomes: Iterable<StepOutcome>): readonly RunFinding[] {
  const seen = new Set<string>();
  const found: RunFinding[] = [];
  for (const { step, findings } of outcomes) {
    if (seen.has(step)) continue;
    seen.add(step);
    found.push(...findings);
  }
  return found;
}
