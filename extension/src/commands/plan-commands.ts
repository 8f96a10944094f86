import * as vscode from 'vscode';
import type { PlanStatus } from '../../../server/src/core/plan.ts';
import {
  markItemRequest,
  type MarkItemAnswer,
  type MarkItemParams,
} from '../../../server/src/protocol/requests.ts';
import type { ExtensionHost } from '../host.ts';
import { nextOpenTask as findNextOpenTask } from '../views/next-task.ts';
import { statusLooks, type PlanGrouping, type PlanTask } from '../views/plan-rows.ts';

/** Writes a status into the planning document of a task; asks for what was not given. */
export async function markItem(host: ExtensionHost, argument: unknown, status?: unknown): Promise<void> {
  const task = taskOfRow(argument) ?? taskAtCursor(host) ?? (await pickTask(host));
  if (!task) return;
  const wanted = isStatus(status) ? status : await pickStatus(task);
  if (wanted === undefined) return;
  const params: MarkItemParams = { uri: task.uri, item: task.item.id, status: wanted };
  let outcome = await markOnce(host, params);
  // Somebody typed while the server answered: its next answer is made for the new text.
  if (outcome === 'outdated') outcome = await markOnce(host, params);
  if (outcome === 'done') return;
  const message =
    outcome === 'outdated' ? 'the document keeps changing; nothing was written' : outcome.message;
  void vscode.window.showWarningMessage(`Penstock: ${message}`);
}

/** Goes to the next task that is still to do: from the cursor in a planning document, else the most urgent one. */
export async function nextOpenTask({ contents }: ExtensionHost): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const cursor = editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  const task = findNextOpenTask(contents.plans, cursor);
  if (!task) {
    void vscode.window.showInformationMessage('Penstock: no task is open.');
    return;
  }
  const at = new vscode.Position(task.item.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(task.uri), { selection: new vscode.Range(at, at) });
}

const groupings: readonly {
  readonly label: string;
  readonly detail: string;
  readonly grouping: PlanGrouping;
}[] = [
  { label: 'Section', detail: 'As the document is written', grouping: 'section' },
  { label: 'Priority', detail: 'What matters most first', grouping: 'priority' },
  { label: 'Status', detail: 'What is going on first', grouping: 'status' },
];

export async function groupPlanBy({ planGrouping }: ExtensionHost, argument: unknown): Promise<void> {
  const named = groupings.find(({ grouping }) => grouping === argument);
  const chosen =
    named ??
    (await vscode.window.showQuickPick(groupings, { placeHolder: `Grouped by ${planGrouping.current} now` }));
  if (chosen) await planGrouping.choose(chosen.grouping);
}

async function markOnce(
  { server }: ExtensionHost,
  params: MarkItemParams,
): Promise<'done' | 'outdated' | { readonly message: string }> {
  const answer = await server.request<MarkItemAnswer>(markItemRequest, params);
  if (answer === undefined) return { message: 'the language server does not answer; see the log' };
  if (answer.kind === 'gone') return answer;
  return (await applyToDocument(answer)) ? 'done' : 'outdated';
}

/**
 * Applies the edits where the document is still the one they were made for. A document without unsaved
 * changes is saved at once: who marks a task in the tree expects the file to say so.
 */
async function applyToDocument({
  uri,
  version,
  edits,
}: MarkItemAnswer & { kind: 'edits' }): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  if (version !== null && version !== document.version) return false;
  const wasDirty = document.isDirty;
  const change = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    change.replace(
      document.uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  if (!(await vscode.workspace.applyEdit(change))) return false;
  return wasDirty || (await document.save());
}

async function pickStatus({ item }: PlanTask): Promise<PlanStatus | undefined> {
  const order: readonly PlanStatus[] = ['planned', 'in-progress', 'done', 'blocked', 'skipped'];
  const items = order.map((status) => ({
    label: statusLooks[status].label,
    ...(status === item.status ? { description: 'now' } : {}),
    iconPath: new vscode.ThemeIcon(statusLooks[status].icon.id),
    status,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Mark Task As', placeHolder: item.title });
  return chosen?.status;
}

async function pickTask({ contents }: ExtensionHost): Promise<PlanTask | undefined> {
  const items = contents.plans.flatMap((plan) =>
    plan.items.map((item) => ({
      label: item.title,
      description: [statusLooks[item.status].label, item.priority, item.group]
        .filter((part) => part !== undefined)
        .join(' · '),
      iconPath: new vscode.ThemeIcon(statusLooks[item.status].icon.id),
      task: { uri: plan.uri, item },
    })),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which task?',
    matchOnDescription: true,
  });
  return chosen?.task;
}

function taskAtCursor({ contents }: ExtensionHost): PlanTask | undefined {
  const editor = vscode.window.activeTextEditor;
  const plan = contents.plans.find(({ uri }) => uri === editor?.document.uri.toString());
  const item = plan?.items.find(({ line }) => line === editor?.selection.active.line);
  return plan && item && { uri: plan.uri, item };
}

function taskOfRow(row: unknown): PlanTask | undefined {
  if (typeof row !== 'object' || row === null || !('data' in row)) return undefined;
  const { data } = row;
  return typeof data === 'object' && data !== null && 'item' in data && 'uri' in data
    ? (data as PlanTask)
    : undefined;
}

function isStatus(value: unknown): value is PlanStatus {
  return typeof value === 'string' && Object.hasOwn(statusLooks, value);
}
