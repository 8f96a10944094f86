import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { evidenceIn } from '../plan/evidence.ts';
import { failingBadge } from '../readiness/failing-badge.ts';
import { PlanDrag } from './plan-drag.ts';
import { filterMessage, taskFilter } from './plan-filter.ts';
import type { PlanRowData } from './plan-row-data.ts';
import { planRows, planSummary } from './plan-rows.ts';
import { showRowMarks } from './row-marks.ts';
import { RowTree } from './row-tree.ts';

export function showPlanView(host: ExtensionHost): vscode.Disposable {
  const { contents, planChoice, readiness } = host;
  let evidence = evidenceIn(readiness.answer);
  let { steps } = contents;
  const tree = new RowTree<PlanRowData>(() => {
    const filter = taskFilter(planChoice.selection, evidence);
    return planRows(contents.plans, {
      grouping: planChoice.grouping,
      evidence,
      steps: vscode.workspace.isTrusted ? steps : [],
      ...(filter ? { filter } : {}),
    });
  });
  const view = vscode.window.createTreeView('penstock.plan', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: new PlanDrag(host),
  });
  const refresh = (): void => {
    evidence = evidenceIn(readiness.answer);
    steps = contents.steps;
    view.description = planSummary(contents.plans, planChoice.grouping);
    view.badge = failingBadge(readiness.answer);
    tree.refresh();
    // An empty one takes the message away. One that is set counts as a change of the rows, of which an editor draws the
    // first at once and others when there is no more for a while.
    const message = filterMessage(contents.plans, planChoice.selection, evidence);
    if (message !== view.message) view.message = message;
  };
  return vscode.Disposable.from(
    tree,
    view,
    showRowMarks(),
    contents.onPlansTold(refresh),
    contents.onChanged(() => {
      if (contents.steps !== steps) refresh();
    }),
    readiness.onChanged(refresh),
    planChoice.onChanged(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}
