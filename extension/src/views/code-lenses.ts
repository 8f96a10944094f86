import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient/node';
import {
  fileStepsRequest,
  showReferencesCommand,
  type FileStepsParams,
  type StepAnswer,
} from '../../../server/src/protocol/requests.ts';
import type { StepReference } from '../commands/run-commands.ts';
import type { ExtensionHost } from '../host.ts';
import { onSettingsChanged, readSettings } from '../settings.ts';
import { lensTitle } from '../steps/lens-title.ts';

/** What can be done with each thing of a file, above it: run, test, build a model, run a job, a pipeline of any system. */
export function offerCodeLenses({ contents, server }: ExtensionHost): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async ({ uri }) => {
      // Without a step in the workspace there is none in the file, so that other people's files ask nothing.
      if (!readSettings().codeLens || !vscode.workspace.isTrusted || contents.steps.length === 0) return [];
      const params: FileStepsParams = { uri: uri.toString() };
      const steps = (await server.request<readonly StepAnswer[]>(fileStepsRequest, params)) ?? [];
      return steps.map((step) => toLens(step, steps));
    },
  };
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ scheme: 'file' }, provider),
    vscode.commands.registerCommand(showReferencesCommand, showReferences),
    contents.onChanged(refresh),
    onSettingsChanged(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

function toLens(step: StepAnswer, ofFile: readonly StepAnswer[]): vscode.CodeLens {
  const { start, end } = step.range ?? { start: fileStart, end: fileStart };
  const reference: StepReference = { step: step.id, folderUri: step.folderUri };
  return new vscode.CodeLens(new vscode.Range(start.line, start.character, end.line, end.character), {
    title: lensTitle(step, ofFile),
    tooltip: `${step.id}: ${step.detail}`,
    command: 'penstock.runStep',
    arguments: [reference],
  });
}

const fileStart = { line: 0, character: 0 };

/** The server's lens names places as the protocol writes them; the editor wants its own kind. */
async function showReferences(
  uri: string,
  at: Location['range']['start'],
  places: readonly Location[],
): Promise<void> {
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    new vscode.Position(at.line, at.character),
    places.map(({ uri: file, range: { start, end } }) => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return new vscode.Location(vscode.Uri.parse(file), range);
    }),
  );
}
