import { compareRuns } from '../../../server/src/runs/compare-runs.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunSummary } from '../../../server/src/runs/run-summary.ts';
import type { Trend } from '../../../server/src/runs/run-trend.ts';
import { runsMarkdown } from '../../../server/src/runs/runs-markdown.ts';

export type ExportFormat = 'json' | 'markdown';

/** Runs that another one may be compared with: those that did the same first, each the newest first. */
export function beforeThat<Entry extends { readonly summary: RunSummary }>(
  entries: readonly Entry[],
  after: Entry,
): readonly Entry[] {
  const done = after.summary.requested.join('\n');
  const others = entries.filter(({ summary }) => summary.id < after.summary.id);
  const isSame = ({ summary }: Entry): boolean => summary.requested.join('\n') === done;
  return [...others.filter(isSame), ...others.filter((each) => !isSame(each))];
}

/** Two runs side by side, as a page. */
export function comparisonText(before: RunSnapshot, after: RunSnapshot): string {
  const comparison = compareRuns(before, after);
  return `# Runs compared\n\n${runsMarkdown({ kind: 'compare', comparison, json: comparison })}`;
}

/** How something went over its runs, as a page. */
export function trendText(name: string, trends: readonly Trend[]): string {
  if (trends.length === 0) return `# Trend\n\nNothing called ${name} has run to its end yet.\n`;
  return `# Trend\n\n${runsMarkdown({ kind: 'trend', trends, json: { trends } })}`;
}

/** The same that `penstock runs export` writes. */
export function exportText(runs: readonly RunSnapshot[], format: ExportFormat): string {
  const json = { runs };
  return format === 'json'
    ? `${JSON.stringify(json, undefined, 2)}\n`
    : runsMarkdown({ kind: 'show', runs, json });
}
