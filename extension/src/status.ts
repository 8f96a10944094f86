import * as vscode from 'vscode';
import type { ExtensionHost } from './host.ts';
import { statusText } from './views/runs-rows.ts';

/** Says in the status bar what runs and how far it got; a click shows the run. Nothing is there otherwise. */
export function showRunStatus({ runs }: ExtensionHost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('penstock.runs', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Penstock Runs';
  let timer: NodeJS.Timeout | undefined;
  const update = (): void => {
    const running = runs.running;
    const text = statusText(
      running.map((entry) => {
        const live = runs.liveSnapshot(entry);
        return { summary: entry.summary, ...(live ? { live } : {}) };
      }),
      Date.now(),
    );
    const [first] = running;
    if (text === undefined || first === undefined) {
      clearInterval(timer);
      timer = undefined;
      item.hide();
      return;
    }
    item.text = text;
    item.tooltip = 'Show the run';
    item.accessibilityInformation = { label: text.replace(/^\$\([^)]*\) /, '') };
    const reference = { folder: first.folder.uri.toString(), run: first.summary.id };
    item.command = {
      command: 'penstock.showRun',
      title: 'Show Run',
      ...(running.length === 1 ? { arguments: [reference] } : {}),
    };
    item.show();
    timer ??= setInterval(update, 1_000);
  };
  update();
  return vscode.Disposable.from(
    item,
    runs.onChanged(update),
    runs.onProgressed(update),
    new vscode.Disposable(() => clearInterval(timer)),
  );
}
