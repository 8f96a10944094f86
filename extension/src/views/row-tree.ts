import * as vscode from 'vscode';
import { markUri } from './row-marks.ts';
import type { OpenTarget, Row } from './row.ts';
import { ShownRows, type ShownRow } from './shown-rows.ts';

/** Shows rows as a tree view; the rows themselves are made by a pure function. */
export class RowTree<Data> implements vscode.TreeDataProvider<ShownRow<Data>>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ShownRow<Data>[] | undefined>();
  readonly #rows: ShownRows<Data>;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(roots: () => readonly Row<Data>[]) {
    this.#rows = new ShownRows(roots);
  }

  refresh(): void {
    const changed = this.#rows.refresh();
    if (changed?.length !== 0) this.#changed.fire(changed && [...changed]);
  }

  async getChildren(shown?: ShownRow<Data>): Promise<ShownRow<Data>[]> {
    return [...(await this.#rows.children(shown))];
  }

  getParent({ parent }: ShownRow<Data>): ShownRow<Data> | undefined {
    return parent;
  }

  getTreeItem({ row }: ShownRow<Data>): vscode.TreeItem {
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
  resolveTreeItem(item: vscode.TreeItem, { row }: ShownRow<Data>): vscode.TreeItem {
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
