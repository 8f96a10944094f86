import * as vscode from 'vscode';

/** A lens with a command. The editor drops a plain blank beside an icon, so one that it keeps parts them. */
export function createLens(range: vscode.Range, command: vscode.Command): vscode.CodeLens {
  const title = command.title.replace(/(\$\([\w~-]+\)) /g, '$1\u00A0');
  return new vscode.CodeLens(range, { ...command, title });
}
