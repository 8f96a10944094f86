import type { RunSnapshot } from './run-state.ts';
import type { RunSummary } from './run-summary.ts';

/** Which runs are wanted; what is absent does not count. */
export interface RunQuery {
  readonly statuses?: readonly string[];
  /** A step that was asked for, or that ran: its public name. */
  readonly step?: string;
  /** Words that all stand in its title, its steps, parameters, things or messages, in any case. */
  readonly words?: readonly string[];
  /** ISO 8601, or the beginning of it: runs that began then or later. */
  readonly since?: string;
  /** Runs that began before. */
  readonly until?: string;
}

/** Whether a run is wanted. `whole` gives all that is kept of it, and is asked only where its summary does not tell. */
export function isWanted(
  query: RunQuery,
  summary: RunSummary,
  whole: () => RunSnapshot | undefined,
): boolean {
  const { statuses = [], step, words = [], since = '', until } = query;
  if (statuses.length > 0 && !statuses.includes(summary.status)) return false;
  if (summary.startedAt < since || (until !== undefined && summary.startedAt >= until)) return false;
  if (step !== undefined && !summary.requested.includes(step) && !hasStep(whole(), step)) return false;
  const missing = missingIn(textOf(summary), words);
  if (missing.length === 0) return true;
  const run = whole();
  return run !== undefined && missingIn(wholeTextOf(run), missing).length === 0;
}

function hasStep(run: RunSnapshot | undefined, name: string): boolean {
  return run?.steps.some(({ id, step }) => id === name || step === name) === true;
}

function missingIn(text: string, words: readonly string[]): readonly string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => !lower.includes(word.toLowerCase()));
}

function textOf({ id, title, requested, parameters = {} }: RunSummary): string {
  const set = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [id, title, ...requested, ...set].join('\n');
}

function wholeTextOf({ steps }: RunSnapshot): string {
  return steps
    .flatMap(({ step, title, message = '', nodes }) => [
      step,
      title,
      message,
      ...nodes.flatMap((node) => [node.node, node.title, node.message ?? '', node.path ?? '']),
    ])
    .join('\n');
}
