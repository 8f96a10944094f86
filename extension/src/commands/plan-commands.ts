import * as vscode from 'vscode';
import type { SettableStatus } from '../../../server/src/core/plan-edit.ts';
import type { ExtensionHost } from '../host.ts';
import { chosenTasks } from '../plan/chosen-tasks.ts';
import { editPlan } from '../plan/edit-plan.ts';
import { nextOpenTask as findNextOpenTask } from '../views/next-task.ts';
import { statusLooks, type PlanGrouping, type PlanTask } from '../views/plan-rows.ts';

/** Writes a status into the planning documents of tasks; asks for what was not given. */
export async function markItem(
  host: ExtensionHost,
  row: unknown,
  rowsOrStatus?: unknown,
  status?: unknown,
): Promise<void> {
  const tasks = await chosenTasks(host, row, rowsOrStatus);
  if (tasks.length === 0) return;
  const given = [rowsOrStatus, status].find(isStatus);
  const wanted = given ?? (await pickStatus(tasks));
  if (wanted === undefined) return;
  for (const [uri, items] of Map.groupBy(tasks, (task) => task.uri)) {
    const edits = items.map(({ item }) => ({ kind: 'status', item: item.id, status: wanted }) as const);
    await editPlan(host, uri, edits);
  }
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

async function pickStatus(tasks: readonly PlanTask[]): Promise<SettableStatus | undefined> {
  const [only] = tasks;
  const items = settable.map((status) => ({
    label: statusLooks[status].label,
    ...(tasks.every(({ item }) => item.status === status) ? { description: 'now' } : {}),
    iconPath: new vscode.ThemeIcon(statusLooks[status].icon.id),
    status,
  }));
  const placeHolder = tasks.length === 1 ? only!.item.title : `${tasks.length} tasks`;
  const chosen = await vscode.window.showQuickPick(items, { title: 'Mark Task As', placeHolder });
  return chosen?.status;
}

const settable: readonly SettableStatus[] = ['planned', 'in-progress', 'done', 'blocked', 'skipped'];

function isStatus(value: unknown): value is SettableStatus {
  return settable.some((status) => status === value);
}
