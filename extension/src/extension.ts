import type * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { createHost, type ExtensionHost } from './host.ts';
import { meetNeighbours } from './neighbours/neighbours.ts';
import { followRuns } from './readiness/follow-runs.ts';
import { showReadinessStatus } from './readiness/status-item.ts';
import { notifyRuns } from './runs/notify-runs.ts';
import { reportRunFindings } from './runs/run-diagnostics.ts';
import { showRunStatus } from './status.ts';
import { offerTasks } from './tasks/offer-tasks.ts';
import { offerCodeLenses } from './views/code-lenses.ts';
import { followActiveFile } from './views/file-context.ts';
import { offerLineage } from './views/lineage-context.ts';
import { showLanguageStatus } from './views/language-status.ts';
import { offerPlanLenses } from './views/plan-lenses.ts';
import { showPlanView } from './views/plan-view.ts';
import { showRunsView } from './views/runs-view.ts';
import { showSystemsView } from './views/systems-view.ts';

type Part = (host: ExtensionHost) => vscode.Disposable;

/** In the order in which they start; nothing waits for the server. */
const parts: readonly Part[] = [
  registerCommands,
  showPlanView,
  showSystemsView,
  showRunsView,
  showRunStatus,
  showReadinessStatus,
  followRuns,
  reportRunFindings,
  notifyRuns,
  offerTasks,
  offerCodeLenses,
  offerPlanLenses,
  followActiveFile,
  offerLineage,
  showLanguageStatus,
  meetNeighbours,
];

export function activate(context: vscode.ExtensionContext): void {
  const host = createHost(context);
  for (const part of parts) context.subscriptions.push(part(host));
  void host.server.start();
}
