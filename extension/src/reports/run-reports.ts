import { compareRuns } from '../../../server/src/runs/compare-runs.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunSummary } from '../../../server/src/runs/run-summary.ts';
import type { Trend } from '../../../server/src/runs/run-trend.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';
import { runName } from '../views/runs-rows.ts';
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

/** What a page that compares two runs is called: `Compare dbt:build`. */
export function comparisonTitle(before: RunSummary, after: RunSummary): string {
  const [one, other] = [runName(before), runName(after)];
  return one === other ? `Compare ${one}` : `Compare ${one} and ${other}`;
}

/** Two runs side by side, as a page. */
export function comparisonText(title: string, before: RunSnapshot, after: RunSnapshot): string {
  const comparison = compareRuns(before, after);
  return `# ${escapeMarkdown(title)}\n\n${runsMarkdown({ kind: 'compare', comparison, json: comparison })}`;
}

/** How something went over its runs, as a page. */
export function trendText(name: string, trends: readonly Trend[]): string {
  const heading = `# Trend of ${escapeMarkdown(name)}`;
  if (trends.length === 0) return `${heading}\n\nNothing called ${name} has run to its end yet.\n`;
  return `${heading}\n\n${runsMarkdown({ kind: 'trend', trends, json: { trends } })}`;
}

/** The same that `penstock runs export` writes, as a document of its own; paths are told from `folder`. */
export function exportText(runs: readonly RunSnapshot[], folder: string, format: ExportFormat): string {
  const json = { runs };
  return format === 'json'
    ? `${JSON.stringify(json, undefined, 2)}\n`
    : `# Runs\n\n${runsMarkdown({ kind: 'show', runs, folder, json })}`;
}
