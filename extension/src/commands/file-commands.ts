import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { dayOf } from '../readiness/days.ts';
import { manifestText } from './manifest-text.ts';
import { planTemplate } from './plan-template.ts';
import { previewFile } from './preview-file.ts';

const manifestName = 'penstock.yaml';

/**
 * Makes `penstock.yaml` of what was found in a folder and shows it before it is written, or opens the one that is
 * there.
 */
export async function createManifest(host: ExtensionHost): Promise<void> {
  const folder = await pickFolder(host);
  if (!folder) return;
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, 'penstock.{yaml,yml}'),
    null,
    1,
  );
  const [known] = found;
  if (known) {
    await vscode.window.showTextDocument(known);
    return;
  }
  // What is known of may be of a moment ago, or nothing yet.
  await host.contents.refresh();
  const { plans, steps, systems } = host.contents;
  const inFolder = (uri: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) === folder;
  const text = manifestText({
    plans: plans
      .filter(({ uri }) => inFolder(uri))
      .map(({ uri, readiness }) => ({
        path: vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false),
        readiness,
      })),
    steps: steps.filter(({ folderUri }) => inFolder(folderUri)),
    systems: systems.map((system) => ({
      ...system,
      projects: system.projects.filter(({ uri }) => inFolder(uri)),
    })),
  });
  await previewFile(vscode.Uri.joinPath(folder.uri, manifestName), text);
}

/** Shows a small planning document before it is written, or opens the one that is there. */
export async function createPlan(host: ExtensionHost): Promise<void> {
  const folder = await pickFolder(host);
  if (!folder) return;
  const uri = vscode.Uri.joinPath(folder.uri, 'PLAN.md');
  if (await exists(uri)) {
    await vscode.window.showTextDocument(uri);
    return;
  }
  await host.contents.refresh();
  await previewFile(uri, planTemplate(host.contents.systems, dayOf(new Date())));
}

/** Names a planning document in `penstock.yaml`. One that says so already is opened where it does. */
export async function choosePlan(host: ExtensionHost): Promise<void> {
  const folder = await pickFolder(host);
  if (!folder) return;
  const chosen = await host.questions.fileToOpen({
    defaultUri: folder.uri,
    filters: { Markdown: ['md'] },
    openLabel: 'Use as Plan',
  });
  if (!chosen) return;
  const path = vscode.workspace.asRelativePath(chosen, false);
  const manifest = vscode.Uri.joinPath(folder.uri, manifestName);
  if (vscode.workspace.getWorkspaceFolder(chosen) !== folder) {
    void vscode.window.showWarningMessage('Penstock: choose a document inside the workspace folder.');
  } else if (!(await exists(manifest))) {
    await previewFile(manifest, manifestText({ plans: [{ path, readiness: [] }], steps: [], systems: [] }));
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

async function pickFolder({ questions }: ExtensionHost): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length <= 1 ? folders[0] : questions.workspaceFolder();
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
