import * as vscode from 'vscode';
import type { TextPiece } from './waiver-edit.ts';

/** Changes a piece of `penstock.yaml`, with undo; a document without unsaved changes is saved at once. */
export async function changeManifest(
  document: vscode.TextDocument,
  { start, end, text }: TextPiece,
): Promise<void> {
  const wasClean = !document.isDirty;
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  if (!(await vscode.workspace.applyEdit(change))) throw new Error('penstock.yaml could not be changed');
  if (wasClean) await document.save();
}
