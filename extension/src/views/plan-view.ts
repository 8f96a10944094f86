import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { planRows, planSummary, type PlanGrouping, type PlanTask } from './plan-rows.ts';
import { RowTree } from './row-tree.ts';

const groupingKey = 'penstock.planGrouping';

/** How the Plan view is grouped, remembered per workspace. */
export class PlanGroupingChoice implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onChanged = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get current(): PlanGrouping {
    const kept = this.#memory.get(groupingKey);
    return kept === 'priority' || kept === 'status' ? kept : 'section';
  }

  async choose(grouping: PlanGrouping): Promise<void> {
    await this.#memory.update(groupingKey, grouping);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

export function showPlanView({ contents, planGrouping }: ExtensionHost): vscode.Disposable {
  const tree = new RowTree<PlanTask>(() => planRows(contents.plans, planGrouping.current));
  const view = vscode.window.createTreeView('penstock.plan', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const refresh = (): void => {
    view.description = planSummary(contents.plans, planGrouping.current);
    tree.refresh();
  };
  return vscode.Disposable.from(tree, view, contents.onChanged(refresh), planGrouping.onChanged(refresh));
}
