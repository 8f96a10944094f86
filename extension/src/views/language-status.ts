import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { fileStatus } from './file-status.ts';

const selector: vscode.DocumentSelector = [{ scheme: 'file', pattern: '**/*.{yml,yaml,sql,py,csv}' }];

/** Says beside the language's name which tool's version the open file is checked by, and what is not checked. */
export function showLanguageStatus({ contents, server }: ExtensionHost): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('penstock.file', selector);
  item.name = 'Penstock';
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : fileStatus(contents.systems, uri);
    item.busy = server.state === 'starting';
    item.text = status?.text ?? 'Penstock: not part of a project';
    item.detail = status?.detail ?? '';
    item.command =
      server.state === 'failed'
        ? { title: 'Restart Language Server', command: 'penstock.restartServer' }
        : undefined;
  };
  update();
  return vscode.Disposable.from(
    item,
    contents.onChanged(update),
    server.onStateChanged(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
