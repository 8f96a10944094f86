import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { readSettings } from '../settings.ts';
import { RunNotices, type RunNotice } from './run-notices.ts';
import type { RunEntry } from './run-stores.ts';

/** Tells of runs that end while the window is not in front (`penstock.notifications`). */
export function notifyRuns(host: ExtensionHost): vscode.Disposable {
  const { runs } = host;
  let notices: RunNotices | undefined;
  return runs.onChanged(() => {
    const entries = runs.entries.map((entry) => ({ key: keyOf(entry), summary: entry.summary, entry }));
    // What ended before this window was open is old news.
    notices ??= new RunNotices(
      entries.filter(({ summary }) => summary.status !== 'running').map(({ key }) => key),
    );
    const now = { wish: readSettings().notifications, isInFront: vscode.window.state.focused };
    for (const notice of notices.take(entries, now)) {
      const entry = entries.find(({ key }) => key === notice.key)?.entry;
      if (entry) void tell(host, notice, entry);
    }
  });
}

async function tell(host: ExtensionHost, { level, text }: RunNotice, entry: RunEntry): Promise<void> {
  const show = 'Show Run';
  const say = level === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  if ((await say(text, show)) !== show) return;
  await host.runs.markSeen(entry);
  host.showRun(entry.folder, entry.summary.id);
}

function keyOf({ folder, summary }: RunEntry): string {
  return `${folder.uri.toString()} ${summary.id}`;
}
