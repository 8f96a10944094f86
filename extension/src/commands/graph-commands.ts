import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { referenceOf } from './run-commands.ts';

/** Shows what leads to what over all systems. */
export async function showPlatformGraph({ graphs }: ExtensionHost): Promise<void> {
  graphs.show();
}

/** Shows the steps of a pipeline: of a row, of a lens, or of one that is chosen. */
export async function showGraph(
  { graphs, contents, questions }: ExtensionHost,
  argument: unknown,
): Promise<void> {
  const named = referenceOf(argument);
  if (named) return graphs.show(named);
  const pipelines = contents.steps.filter(({ kind }) => kind === 'pipeline');
  if (pipelines.length === 0) {
    const create = 'Create penstock.yaml';
    const said = await vscode.window.showInformationMessage(
      'Penstock: there is no pipeline in this workspace yet.',
      create,
    );
    if (said === create) await vscode.commands.executeCommand('penstock.createManifest');
    return;
  }
  const choices = pipelines.map((step) => ({
    label: step.id,
    description: step.title,
    detail: step.detail,
    step,
  }));
  const [only, ...others] = choices;
  const chosen =
    others.length === 0
      ? only
      : await questions.pick(choices, { placeHolder: 'Whose graph do you want to see?' });
  if (chosen) graphs.show({ step: chosen.step.id, folderUri: chosen.step.folderUri });
}
