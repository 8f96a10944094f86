import * as vscode from 'vscode';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { ExtensionHost } from '../host.ts';
import { RowTree } from './row-tree.ts';
import { systemRows } from './systems-rows.ts';

export function showSystemsView({ contents }: ExtensionHost): vscode.Disposable {
  const tree = new RowTree<StepAnswer>(() => systemRows(contents.systems, contents.steps));
  const view = vscode.window.createTreeView('penstock.systems', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  return vscode.Disposable.from(
    tree,
    view,
    contents.onChanged(() => tree.refresh()),
  );
}
