import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import { isWanted } from '../../../server/src/runs/search-runs.ts';
import { Trends } from '../../../server/src/runs/run-trend.ts';
import type { ExtensionHost } from '../host.ts';
import {
  beforeThat,
  comparisonText,
  comparisonTitle,
  exportText,
  trendText,
  type ExportFormat,
} from '../reports/run-reports.ts';
import type { RunEntry } from '../runs/run-stores.ts';
import { runName } from '../views/runs-rows.ts';
import { pickRun, runOf } from './pick-run.ts';

/** How many runs a trend looks at. */
const mostRuns = 200;

/** Shows two runs side by side: what a row shows, and another one that somebody chooses. */
export async function compareRuns(host: ExtensionHost, argument: unknown): Promise<void> {
  const ended = host.runs.entries.filter(isReadable);
  const after = runOf(host, argument) ?? (await pickRun(host, ended, 'Which run should be compared?'));
  if (!after) return;
  const others = beforeThat(
    ended.filter(({ folder }) => folder.index === after.folder.index),
    after,
  );
  const before = await pickRun(host, others, `Compare ${runName(after.summary)} with which run before?`);
  if (!before) return;
  const title = comparisonTitle(before.summary, after.summary);
  const text = comparisonText(title, await host.runs.snapshot(before), await host.runs.snapshot(after));
  await host.reports.show(title, 'md', text);
}

/** Shows how a step, or a thing that it runs, went over time; asks which. */
export async function showTrend(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry =
    runOf(host, argument) ??
    (await pickRun(host, host.runs.entries.filter(isReadable), 'The trend of what was run here?'));
  if (!entry) return;
  const name = await pickName(host, await host.runs.snapshot(entry));
  if (name === undefined) return;
  const trends = new Trends(name);
  const looked = host.runs.entries.filter(
    (each) => each.folder.index === entry.folder.index && isReadable(each),
  );
  const progress = { location: vscode.ProgressLocation.Window, title: `Reading the trend of ${name}` };
  await vscode.window.withProgress(progress, async () => {
    for (const each of looked.slice(0, mostRuns)) trends.take(await host.runs.snapshot(each));
  });
  await host.reports.show(`Trend of ${name}`, 'md', trendText(name, trends.all()));
}

/** Writes a run into a file, or all of them, as JSON or Markdown. */
export async function exportRuns(host: ExtensionHost, argument: unknown): Promise<void> {
  const given = runOf(host, argument);
  const entries = given ? [given] : host.runs.entries.filter(isReadable);
  const [first] = entries;
  if (!first) {
    void vscode.window.showInformationMessage('Penstock: nothing has run yet.');
    return;
  }
  const name = given ? `run-${given.summary.id}` : 'runs';
  const uri = await host.questions.fileToSave({
    defaultUri: vscode.Uri.joinPath(first.folder.uri, `${name}.md`),
    filters: { Markdown: ['md'], JSON: ['json'] },
    title: given ? `Export ${runName(given.summary)}` : `Export ${entries.length} runs`,
  });
  if (!uri) return;
  const runs: RunSnapshot[] = [];
  for (const entry of entries) runs.push(await host.runs.snapshot(entry));
  const format: ExportFormat = uri.path.endsWith('.json') ? 'json' : 'markdown';
  await vscode.workspace.fs.writeFile(
    uri,
    new TextEncoder().encode(exportText(runs, first.folder.uri.fsPath, format)),
  );
  await vscode.window.showTextDocument(uri);
}

/** Finds runs by words in what they ran, were set to or said, and shows the one that is chosen. */
export async function searchRuns(host: ExtensionHost): Promise<void> {
  const asked = await host.questions.text({
    title: 'Search Runs',
    prompt: 'Words that a step, a model, a test, a message or a parameter of the run holds',
    placeHolder: 'fct_orders binder error',
  });
  const words = asked?.split(/\s+/).filter((word) => word !== '') ?? [];
  if (words.length === 0) return;
  const found: RunEntry[] = [];
  const progress = { location: vscode.ProgressLocation.Window, title: 'Searching runs' };
  await vscode.window.withProgress(progress, async () => {
    for (const entry of host.runs.entries) {
      const whole = isReadable(entry) ? await host.runs.snapshot(entry) : undefined;
      if (isWanted({ words }, entry.summary, () => whole)) found.push(entry);
    }
  });
  if (found.length === 0) {
    void vscode.window.showInformationMessage(`Penstock: no run holds ${words.join(' ')}.`);
    return;
  }
  const chosen = await pickRun(
    host,
    found,
    `${found.length} ${found.length === 1 ? 'run holds' : 'runs hold'} ${words.join(' ')}`,
  );
  if (!chosen) return;
  await host.runs.markSeen(chosen);
  host.showRun(chosen.folder, chosen.summary.id);
}

function isReadable({ summary }: RunEntry): boolean {
  return summary.problem === undefined;
}

/** The steps of a run and what they ran. */
async function pickName({ questions }: ExtensionHost, run: RunSnapshot): Promise<string | undefined> {
  const steps = run.steps.map(({ step, title }) => ({ label: step, description: title }));
  const things = run.steps.flatMap(({ nodes }) =>
    nodes.map(({ node, title, what }) => ({ label: title, description: what, name: node })),
  );
  const items: readonly (vscode.QuickPickItem & { readonly name?: string })[] = [...steps, ...things];
  const [only, ...others] = items;
  const chosen =
    others.length === 0
      ? only
      : await questions.pick(items, {
          placeHolder: 'The trend of what?',
          matchOnDescription: true,
        });
  return chosen && (chosen.name ?? chosen.label);
}
