import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The copy of the example platform that the editor has open. */
export function platformUri(path = ''): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(platformUri(path));
}

/** Starts Penstock and waits until it has read the workspace. */
export async function startPenstock(): Promise<void> {
  const extension = vscode.extensions.getExtension('penstock.penstock');
  assert.ok(extension, 'Penstock is installed');
  await extension.activate();
  await until('the plan to be read', async () => {
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      platformUri('dbt/models/marts/_marts.yml'),
    );
    return (symbols?.length ?? 0) > 0;
  });
}

/** Types `to` over the one place that reads `from` in an editor, without saving. */
export async function retype(path: string, from: string, to: string): Promise<void> {
  const { document } = await vscode.window.showTextDocument(await open(path));
  const at = document.getText().indexOf(from);
  assert.notEqual(at, -1, `${path} no longer has ${from}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)),
    to,
  );
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** The position of `text`, `offset` characters in. */
export async function positionOf(path: string, text: string, offset = 0): Promise<vscode.Position> {
  const document = await open(path);
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `${path} no longer has ${text}`);
  return document.positionAt(at + offset);
}

export async function readFile(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(platformUri(path)));
}

export async function writeFile(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(platformUri(path), new TextEncoder().encode(text));
}

export function findingsOf(path: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(platformUri(path)).filter(({ source }) => source === 'Penstock');
}

export function errorsOf(path: string): vscode.Diagnostic[] {
  return findingsOf(path).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** Every error of the workspace, as `file: message`. */
export function allErrors(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(
          ({ severity, source }) => source === 'Penstock' && severity === vscode.DiagnosticSeverity.Error,
        )
        .map(({ message }) => `${vscode.workspace.asRelativePath(uri)}: ${message}`),
    );
}

/** Waits until `probe` gives something true, and gives it; after a minute it says on what it waited. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) {
      throw new Error(`waited a minute for ${what}; errors now: ${allErrors().join('; ') || 'none'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
