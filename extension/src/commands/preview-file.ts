import * as vscode from 'vscode';

/** Shows a file in an editor before anything is on disk, and offers to write it; saving the editor writes it, too. */
export async function previewFile(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  await vscode.window.showTextDocument(document, { preview: false });
  const change = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  change.replace(document.uri, all, text);
  if (!(await vscode.workspace.applyEdit(change))) throw new Error('the editor took no text');
  // Nobody waits for the answer: who looks through the text may take all day, and may save by the keyboard.
  void offer(document, vscode.workspace.asRelativePath(uri));
}

async function offer(document: vscode.TextDocument, name: string): Promise<void> {
  const save = 'Save';
  const said = await vscode.window.showInformationMessage(
    `Penstock: ${name} is a proposal until it is saved. Look it through first.`,
    save,
  );
  if (said === save && !document.isClosed && document.isUntitled) await document.save();
}
