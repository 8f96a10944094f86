import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { onSettingsChanged, readSettings } from '../settings.ts';
import { createLens } from './code-lens.ts';
import { planLenses } from './plan-lens.ts';

/** How tasks stand and what can be done with them, above their tables and lists. */
export function offerPlanLenses({ contents }: ExtensionHost): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = (): void => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      const plan = readSettings().codeLens ? await contents.planOf(document) : undefined;
      if (!plan) return [];
      // The text may have moved on while the answer came: its lines may lie behind the end.
      const lineAt = (line: number): string => (line < document.lineCount ? document.lineAt(line).text : '');
      const steps = vscode.workspace.isTrusted ? contents.steps : [];
      return planLenses(plan, lineAt, steps).map(({ line, title, tooltip, command, argument }) => {
        const at = new vscode.Range(line, 0, line, 0);
        const args = argument === undefined ? {} : { arguments: [argument] };
        return createLens(at, { title, tooltip, command, ...args });
      });
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ scheme: 'file', language: 'markdown' }, provider),
    contents.onChanged(refresh),
    onSettingsChanged(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}
