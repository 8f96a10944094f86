import * as vscode from 'vscode';
import { markUri } from './row-marks.ts';
import type { OpenTarget, Row } from './row.ts';

/** Shows rows as a tree view; the rows themselves are made by a pure function. */
export class RowTree<Data> implements vscode.TreeDataProvider<Row<Data>>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #roots: () => readonly Row<Data>[];
  readonly #parents = new Map<string, Row<Data>>();
  #shown: readonly Row<Data>[] | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(roots: () => readonly Row<Data>[]) {
    this.#roots = roots;
  }

  refresh(): void {
    this.#shown = undefined;
    this.#changed.fire(undefined);
  }

  async getChildren(row?: Row<Data>): Promise<Row<Data>[]> {
    if (row === undefined) {
      this.#parents.clear();
      this.#shown ??= this.#roots();
      return [...this.#shown];
    }
    const children = typeof row.children === 'function' ? await row.children() : (row.children ?? []);
    for (const child of children) this.#parents.set(child.id, row);
    return [...children];
  }

  getParent(row: Row<Data>): Row<Data> | undefined {
    return this.#parents.get(row.id);
  }

  getTreeItem(row: Row<Data>): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    // Whether there are any, not which: they may be made only when somebody asks for them.
    const isParent = 'children' in row;
    const item = new vscode.TreeItem(row.label, !isParent ? None : row.expanded ? Expanded : Collapsed);
    item.id = row.id;
    if (row.description !== undefined) item.description = row.description;
    if (row.context !== undefined) item.contextValue = row.context;
    if (row.icon !== undefined) {
      const color = row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color);
      item.iconPath = new vscode.ThemeIcon(row.icon.id, color);
    }
    if (row.spoken !== undefined) item.accessibilityInformation = { label: row.spoken };
    if (row.mark !== undefined) item.resourceUri = markUri(row.mark);
    if (row.open !== undefined) item.command = openCommand(row.open);
    return item;
  }

  /** Tooltips are made when somebody points at a row: the editor parses them, those of a thousand rows for a while. */
  resolveTreeItem(item: vscode.TreeItem, row: Row<Data>): vscode.TreeItem {
    if (row.tooltip !== undefined) item.tooltip = new vscode.MarkdownString(row.tooltip);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function openCommand(target: OpenTarget): vscode.Command {
  if (target.kind === 'run') {
    return {
      command: 'penstock.showRun',
      title: 'Show Run',
      arguments: [{ folder: target.folder, run: target.run }],
    };
  }
  const start = new vscode.Position(target.line ?? 0, 0);
  const options = target.line === undefined ? {} : { selection: new vscode.Range(start, start) };
  return { command: 'vscode.open', title: 'Open', arguments: [vscode.Uri.parse(target.uri), options] };
}
