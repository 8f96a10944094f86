import * as vscode from 'vscode';
import type { Range } from '../../../server/src/core/span.ts';
import type { Questions } from '../questions.ts';

/** What panels do with files: open what is shown in them, and save what they show. */

/** Opens a place beside a panel, in the group that holds files, so that the picture stays in view. */
export async function openBeside(
  { uri, range }: { readonly uri: string; readonly range: Range },
  panel: vscode.WebviewPanel,
): Promise<void> {
  const other = vscode.window.tabGroups.all.find(
    ({ viewColumn, tabs }) =>
      viewColumn !== panel.viewColumn && tabs.some(({ input }) => input instanceof vscode.TabInputText),
  );
  const viewColumn =
    other?.viewColumn ??
    (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
  const at = new vscode.Position(range.start.line, range.start.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    viewColumn,
    selection: new vscode.Range(at, at),
  });
}

/** Asks where to save a picture, and saves it. */
export async function savePicture(
  questions: Questions,
  what: string,
  name: string,
  svg: string,
): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = `${name.replace(/[^\w.-]+/g, '_')}.svg`;
  const target = await questions.fileToSave({
    title: `Export ${what} as SVG`,
    filters: { SVG: ['svg'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, file) } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
  vscode.window.setStatusBarMessage(`Saved ${vscode.workspace.asRelativePath(target)}`, 3000);
}
