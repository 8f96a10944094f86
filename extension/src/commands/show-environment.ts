import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { environmentsFor } from '../python-environment.ts';
import { isTrusted } from '../runs/start-run.ts';

/** Opens a text that tells which tools, profiles and variables are in force in the workspace, and why. */
export async function showEnvironment({ context, reports }: ExtensionHost): Promise<void> {
  if (!(await isTrusted())) return;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const text = await environmentOf(context.asAbsolutePath('dist/penstock.cjs'), folder);
      return folders.length > 1 ? `${folder.name}\n${'='.repeat(folder.name.length)}\n\n${text}` : text;
    }),
  );
  await reports.show('Environment', 'txt', texts.join('\n') || 'No folder is open.\n');
}

async function environmentOf(program: string, { uri }: vscode.WorkspaceFolder): Promise<string> {
  const named = environmentsFor(uri).map((environment) => `--environment=${environment}`);
  try {
    const options = {
      cwd: uri.fsPath,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    };
    return (await promisify(execFile)(process.execPath, [program, 'environment', ...named], options)).stdout;
  } catch (error) {
    // A tool that is missing makes the status 1, and the text tells of it.
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return stdout || stderr || message;
  }
}
