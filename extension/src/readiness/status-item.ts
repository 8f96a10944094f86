import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { statusWords } from './status-words.ts';

/** Says readiness in the status bar; a click shows the dashboard. Nothing is there where there is nothing to say. */
export function showReadinessStatus({ readiness }: ExtensionHost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('penstock.readiness', vscode.StatusBarAlignment.Left, 9);
  item.name = 'Penstock Readiness';
  item.command = 'penstock.showReadiness';
  const update = (): void => {
    const said = statusWords(readiness.answer);
    if (!said) return item.hide();
    item.text = said.text;
    item.tooltip = new vscode.MarkdownString(said.tooltip);
    item.accessibilityInformation = { label: said.spoken, role: 'button' };
    item.backgroundColor = said.isGrave
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    item.show();
  };
  update();
  return vscode.Disposable.from(item, readiness.onChanged(update));
}
