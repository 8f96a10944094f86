import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { dryRunArguments, driverFailure } from './driver-arguments.ts';

/** Copies what a step would start with these values, secrets masked, as the program that would run it tells. */
export async function copyStepCommand(
  { context }: ExtensionHost,
  { id, folderUri }: { readonly id: string; readonly folderUri: string },
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folderUri));
  if (!folder) return;
  const args = dryRunArguments({
    program: context.asAbsolutePath('dist/penstock.cjs'),
    folder: folder.uri.fsPath,
    steps: [id],
    parameters,
  });
  await copyText(await print(args, folder.uri.fsPath));
}

/** Copies what a run has started, where it has started anything. */
export async function copyText(text: string): Promise<void> {
  if (text === '') {
    void vscode.window.showInformationMessage('Penstock: this run has started nothing.');
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Copied the command', 3_000);
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
