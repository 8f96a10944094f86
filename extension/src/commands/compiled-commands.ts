import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { isTrusted } from '../runs/start-run.ts';
import { stepOfRow } from './run-commands.ts';

/** Shows what a tool makes of a file beside it: of the file given, of a row's, else of the one that is open. */
export async function showCompiled({ compiled }: ExtensionHost, argument: unknown): Promise<void> {
  if (!(await isTrusted())) return;
  const source = sourceOf(argument);
  if (!source) {
    void vscode.window.showInformationMessage('Penstock: open a model to see its compiled SQL.');
  } else if (compiled.isCompiled(source)) compiled.refresh(source);
  else await compiled.show(source);
}

function sourceOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const step = stepOfRow(argument);
  if (step?.uri !== undefined) return vscode.Uri.parse(step.uri);
  return vscode.window.activeTextEditor?.document.uri;
}
