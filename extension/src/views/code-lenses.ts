import * as vscode from 'vscode';
import type { StepReference } from '../commands/run-commands.ts';
import type { ExtensionHost } from '../host.ts';
import { onSettingsChanged, readSettings } from '../settings.ts';
import { lensTitle } from '../steps/lens-title.ts';
import { stepsIn } from '../steps/step-at.ts';

/** `Run` above every definition of a step: jobs, models, pipelines of any system. */
export function offerCodeLenses({ contents }: ExtensionHost): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      if (!readSettings().codeLens || !vscode.workspace.isTrusted) return [];
      const steps = stepsIn(contents.steps, document.uri.toString());
      return steps.map((step) => {
        const { start, end } = step.range ?? {
          start: { line: 0, character: 0 },
          end: { line: 0, character: 0 },
        };
        const reference: StepReference = { step: step.id, folderUri: step.folderUri };
        return new vscode.CodeLens(new vscode.Range(start.line, start.character, end.line, end.character), {
          title: lensTitle(step, steps),
          tooltip: `${step.id}: ${step.detail}`,
          command: 'penstock.runStep',
          arguments: [reference],
        });
      });
    },
  };
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ scheme: 'file' }, provider),
    contents.onChanged(refresh),
    onSettingsChanged(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}
