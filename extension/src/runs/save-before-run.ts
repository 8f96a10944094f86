import * as vscode from 'vscode';

/** Saves what is unsaved in the folder, as the user wants it for tasks (`task.saveBeforeRun`); false: do not run. */
export async function saveBeforeRun(folder: vscode.WorkspaceFolder): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      !document.isUntitled &&
      vscode.workspace.getWorkspaceFolder(document.uri)?.index === folder.index,
  );
  const wish = vscode.workspace.getConfiguration('task').get('saveBeforeRun');
  if (unsaved.length === 0 || wish === 'never') return true;
  if (wish === 'prompt') {
    const save = 'Save and Run';
    const without = 'Run Without Saving';
    const message = `Save ${unsaved.length === 1 ? '1 file' : `${unsaved.length} files`} before the run?`;
    const chosen = await vscode.window.showWarningMessage(message, { modal: true }, save, without);
    if (chosen !== save) return chosen === without;
  }
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every(Boolean);
}
