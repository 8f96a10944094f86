import * as vscode from 'vscode';
import { systemClock } from '../../../server/src/runs/clock.ts';
import type { ExtensionHost } from '../host.ts';
import type { RunEntry } from '../runs/run-stores.ts';
import { Throttle } from '../throttle.ts';
import { RowTree } from './row-tree.ts';
import { count } from './row.ts';
import { runRows, type RunForRow, type RunRowData } from './runs-rows.ts';
import type { ShownRow } from './shown-rows.ts';

/** Shortest time between two refreshes for the sake of progress: a tree that redraws all the time cannot be read. */
const progressEveryMs = 1_000;

export function showRunsView({ runs, log }: ExtensionHost): vscode.Disposable {
  const toRow = (entry: RunEntry): RunForRow => {
    const live = runs.liveSnapshot(entry);
    const hasSeveralFolders = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
    return {
      folder: entry.folder.uri.toString(),
      ...(hasSeveralFolders ? { folderName: entry.folder.name } : {}),
      summary: entry.summary,
      ...(live ? { live } : {}),
      snapshot: () => runs.snapshot(entry),
    };
  };
  const tree = new RowTree<RunRowData>(() => runRows(runs.entries.map(toRow), new Date()));
  const view = vscode.window.createTreeView('penstock.runs', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const refresh = (): void => {
    const unseen = runs.unseenFailures.length;
    view.badge =
      unseen === 0
        ? undefined
        : { value: unseen, tooltip: `${count(unseen, 'failed run')} not yet looked at` };
    tree.refresh();
  };
  const look = (row: ShownRow<RunRowData> | undefined): void => {
    const entry = row?.data && runs.find(row.data.folder, row.data.run);
    if (entry) runs.markSeen(entry).catch((error: unknown) => log.warn(String(error)));
  };
  const progress = new Throttle({
    clock: systemClock,
    pauseMs: progressEveryMs,
    act: () => tree.refresh(),
  });
  return vscode.Disposable.from(
    tree,
    view,
    runs.onChanged(refresh),
    runs.onProgressed(() => progress.soon()),
    new vscode.Disposable(() => progress.stop()),
    view.onDidChangeSelection(({ selection }) => look(selection[0])),
    view.onDidExpandElement(({ element }) => look(element)),
  );
}
