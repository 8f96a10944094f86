import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { ExtensionHost } from '../host.ts';
import { askParameters } from '../runs/ask-parameters.ts';
import { commandText } from '../runs/command-text.ts';
import { dryRunArguments, driverFailure } from '../runs/driver-arguments.ts';
import { isTrusted } from '../runs/start-run.ts';
import { runOf } from './pick-run.ts';
import { pickStep, referenceOf } from './run-commands.ts';

/** Copies what a step would start, or what a run has started, secrets masked; asks for the step where none is given. */
export async function copyCommand(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry = runOf(host, argument);
  if (entry) return copy(commandText(await host.runs.snapshot(entry)));
  if (!(await isTrusted())) return;
  const named = referenceOf(argument);
  const { steps } = host.contents;
  const step = named
    ? (steps.find(({ id, folderUri }) => id === named.step && folderUri === (named.folderUri ?? folderUri)) ??
      (named.folderUri === undefined ? undefined : { id: named.step, folderUri: named.folderUri }))
    : await pickStep(host, steps, 'The command of which step?');
  if (step) await copyStep(host, step);
}

async function copyStep(
  host: ExtensionHost,
  step: Pick<StepAnswer, 'id' | 'folderUri' | 'parameters'>,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(step.folderUri));
  const parameters = folder && (await askParameters(host, step));
  if (!parameters) return;
  const args = dryRunArguments({
    program: host.context.asAbsolutePath('dist/penstock.cjs'),
    folder: folder.uri.fsPath,
    steps: [step.id],
    parameters,
  });
  await copy(await print(args, folder.uri.fsPath));
}

function print(args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, env, windowsHide: true }, (error, stdout, stderr) => {
      if (stdout !== '') resolve(stdout.trimEnd());
      else reject(new Error(driverFailure(typeof error?.code === 'number' ? error.code : null, stderr)));
    });
  });
}

async function copy(text: string): Promise<void> {
  if (text === '') {
    void vscode.window.showInformationMessage('Penstock: this run has started nothing.');
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Copied the command', 3_000);
}
