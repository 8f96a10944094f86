import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';

/** The `penstock.yaml` that a check is written in; for what is proved without asking the one of the folder. */
export async function manifestFor(
  { readiness, questions }: Pick<ExtensionHost, 'readiness' | 'questions'>,
  check: string,
): Promise<vscode.Uri | undefined> {
  const checks = readiness.answer?.checks ?? [];
  const own = checks.find(({ id }) => id === check)?.uri;
  if (own !== undefined) return vscode.Uri.parse(own);
  const others = [
    ...new Set([...checks, ...(readiness.answer?.waivers ?? [])].flatMap(({ uri }) => uri ?? [])),
  ];
  const [only, ...more] = others;
  if (only !== undefined && more.length === 0) return vscode.Uri.parse(only);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length <= 1 ? folders[0] : await questions.workspaceFolder();
  if (!folder) return undefined;
  const known = others.find((uri) => vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) === folder);
  if (known !== undefined) return vscode.Uri.parse(known);
  const [found] = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, 'penstock.{yaml,yml}'),
    null,
    1,
  );
  return found ?? vscode.Uri.joinPath(folder.uri, 'penstock.yaml');
}
