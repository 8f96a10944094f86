import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { manifestText } from './manifest-text.ts';

const manifestName = 'penstock.yaml';

const planTemplate = `# Plan

*Last Updated: {date}*

## Tasks

### First Steps

| Task | Priority | Effort | Status | Dependencies |
|------|----------|--------|--------|--------------|
| Load the first source | **P0** | Medium | 📋 Planned | Access to the source |
| Build the first model | **P1** | Low | 📋 Planned | Load the first source |

## Production Readiness

| Category | Status | Progress | Next Steps |
|----------|--------|----------|------------|
| Data | 📋 Planned | 0% | Load the first source |

## Success Criteria

- [ ] The data is loaded every day
`;

/** Creates `penstock.yaml` from what was found in a folder, or opens the one that is there. */
export async function createManifest(host: ExtensionHost): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  const { plans, steps } = host.contents;
  const inFolder = (uri: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) === folder;
  const text = manifestText({
    plans: plans
      .filter(({ uri }) => inFolder(uri))
      .map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false)),
    steps: steps.filter(({ folderUri }) => inFolder(folderUri)),
  });
  await openOrCreate(vscode.Uri.joinPath(folder.uri, manifestName), text);
}

/** Creates a planning document with one table of tasks, or opens the one that is there. */
export async function createPlan(): Promise<void> {
  const folder = await pickFolder();
  const date = new Date().toISOString().slice(0, 10);
  if (folder)
    await openOrCreate(vscode.Uri.joinPath(folder.uri, 'PLAN.md'), planTemplate.replace('{date}', date));
}

/** Names a planning document in `penstock.yaml`. One that says so already is opened where it does. */
export async function choosePlan(): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      defaultUri: folder.uri,
      filters: { Markdown: ['md'] },
      openLabel: 'Use as Plan',
    })) ?? [];
  if (!chosen) return;
  const path = vscode.workspace.asRelativePath(chosen, false);
  const manifest = vscode.Uri.joinPath(folder.uri, manifestName);
  if (vscode.workspace.getWorkspaceFolder(chosen) !== folder) {
    void vscode.window.showWarningMessage('Penstock: choose a document inside the workspace folder.');
  } else if (!(await exists(manifest))) {
    await openOrCreate(manifest, manifestText({ plans: [path], steps: [] }));
  } else {
    await addPlan(manifest, path);
  }
}

async function addPlan(manifest: vscode.Uri, path: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(manifest);
  const editor = await vscode.window.showTextDocument(document);
  const found = /^plan\s*:/m.exec(document.getText());
  if (!found) {
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `plan: ${JSON.stringify(path)}\n\n`));
    await document.save();
    return;
  }
  const at = document.positionAt(found.index);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at));
  void vscode.window.showInformationMessage(
    `Penstock: penstock.yaml names a plan already. Put ${path} here.`,
  );
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length <= 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

async function openOrCreate(uri: vscode.Uri, text: string): Promise<void> {
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
