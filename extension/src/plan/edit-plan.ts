import * as vscode from 'vscode';
import type { PlanEdit } from '../../../server/src/core/plan-edit.ts';
import {
  editPlanRequest,
  type EditedDocument,
  type EditPlanAnswer,
  type EditPlanParams,
} from '../../../server/src/protocol/plan-requests.ts';
import type { ExtensionHost } from '../host.ts';
import type { PlanTask } from '../views/plan-row-data.ts';

/** How often the edits are made anew for a document that changes meanwhile. */
const maxAttempts = 5;

/**
 * Changes a planning document, with undo, and says in a message where it cannot. The edits are always made for the
 * text that they are applied to: what was typed, or written by somebody else, meanwhile is kept.
 */
export async function editPlan(
  host: Pick<ExtensionHost, 'server'>,
  uri: string,
  edits: readonly PlanEdit[],
  toUri?: string,
): Promise<boolean> {
  const params: EditPlanParams = { uri, edits, ...(toUri === undefined ? {} : { toUri }) };
  await takeInDisk(await open(uri));
  let outcome: Outcome = 'outdated';
  for (let attempt = 0; attempt < maxAttempts && outcome === 'outdated'; attempt++)
    outcome = await editOnce(host, params);
  if (outcome === 'done') return true;
  const message =
    outcome === 'outdated' ? 'the document keeps changing; nothing was written' : outcome.message;
  void vscode.window.showWarningMessage(`Penstock: ${message}`);
  return false;
}

/** Changes each of some tasks in its document: one undo step a document. */
export async function editTasks(
  host: Pick<ExtensionHost, 'server'>,
  tasks: readonly PlanTask[],
  edit: (item: PlanTask['item']) => PlanEdit,
): Promise<void> {
  for (const [uri, own] of Map.groupBy(tasks, (task) => task.uri))
    await editPlan(
      host,
      uri,
      own.map(({ item }) => edit(item)),
    );
}

type Outcome = 'done' | 'outdated' | { readonly message: string };

async function editOnce({ server }: Pick<ExtensionHost, 'server'>, params: EditPlanParams): Promise<Outcome> {
  const answer = await server.request<EditPlanAnswer>(editPlanRequest, params);
  if (answer === undefined) return { message: 'the language server does not answer; see the log' };
  if (answer.kind === 'refused') return answer;
  const documents = await Promise.all(answer.documents.map(({ uri }) => open(uri)));
  if (await changedOnDisk(documents)) return 'outdated';
  // In the same breath as the edit: nothing can change in between.
  const isCurrent = answer.documents.every(({ version }, at) => version === documents[at]!.version);
  return isCurrent ? apply(answer.documents, documents) : 'outdated';
}

/**
 * A document without unsaved changes is saved at once: who marks a task in the tree expects the file to say so.
 * The editor refuses edits that were made for another version than it has.
 */
async function apply(
  edited: readonly EditedDocument[],
  documents: readonly vscode.TextDocument[],
): Promise<Outcome> {
  const clean = documents.filter(({ isDirty }) => !isDirty);
  if (!(await applyEdits(edited, documents))) return 'outdated';
  for (const document of clean) {
    if (!(await document.save()))
      return {
        message: `${vscode.workspace.asRelativePath(document.uri)} was changed but could not be saved`,
      };
  }
  return 'done';
}

/**
 * Of the document in the active editor a workspace edit is cut down to what differs, to half a symbol where two begin
 * alike (📋, 🚫), and the other half is lost. An editor's own edit is made as it is.
 */
async function applyEdits(
  edited: readonly EditedDocument[],
  documents: readonly vscode.TextDocument[],
): Promise<boolean> {
  const [only] = documents;
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === only);
  if (editor && documents.length === 1)
    return editor.edit((edit) => {
      for (const { range, newText } of edited[0]!.edits) edit.replace(toRange(range), newText);
    });
  const change = new vscode.WorkspaceEdit();
  edited.forEach(({ edits }, at) => {
    for (const { range, newText } of edits) change.replace(documents[at]!.uri, toRange(range), newText);
  });
  return vscode.workspace.applyEdit(change);
}

function toRange({ start, end }: EditedDocument['edits'][number]['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function open(uri: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

async function changedOnDisk(documents: readonly vscode.TextDocument[]): Promise<boolean> {
  const changed = await Promise.all(documents.map(takeInDisk));
  return changed.includes(true);
}

/** Waits until a document without unsaved changes shows what somebody else wrote to its file; true where it had to. */
async function takeInDisk(document: vscode.TextDocument): Promise<boolean> {
  if (document.isDirty || document.uri.scheme !== 'file' || (await isAsOnDisk(document))) return false;
  const shown = Promise.withResolvers<void>();
  const watching = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) shown.resolve();
  });
  const limit = setTimeout(shown.resolve, longestReloadMs);
  // It may have come in while we began to listen.
  if (await isAsOnDisk(document)) shown.resolve();
  await shown.promise;
  clearTimeout(limit);
  watching.dispose();
  // Nothing is lost: there are no unsaved changes. Saving over a file that is newer would ask, and wait.
  if (!document.isDirty && !(await isAsOnDisk(document)))
    await vscode.commands.executeCommand('workbench.action.files.revert', document.uri);
  return isAsOnDisk(document);
}

/** Where watching is slow, or nobody watches, the document is read from disk again after this time. */
const longestReloadMs = 2_000;

async function isAsOnDisk(document: vscode.TextDocument): Promise<boolean> {
  try {
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    const text = await vscode.workspace.decode(bytes, { encoding: document.encoding });
    // The editor gives all lines of a document the same break.
    const inLines = (each: string): string => each.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    return inLines(text) === inLines(document.getText());
  } catch {
    // A file that is gone has nothing to take in.
    return true;
  }
}
