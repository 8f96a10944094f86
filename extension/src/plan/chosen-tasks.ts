import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { statusLooks, type PlanTask } from '../views/plan-rows.ts';

/**
 * The tasks that a command is about: the selected rows where it came from one of them, else the row itself, else the
 * tasks under the cursors of a planning document, else the one that is picked from a list.
 */
export async function chosenTasks(
  host: Pick<ExtensionHost, 'contents'>,
  row?: unknown,
  rows?: unknown,
): Promise<readonly PlanTask[]> {
  const selected = (Array.isArray(rows) ? rows : []).flatMap((each) => taskOfRow(each) ?? []);
  if (selected.length > 0) return selected;
  const own = taskOfRow(row);
  if (own) return [own];
  const atCursor = tasksAtCursor(host);
  if (atCursor.length > 0) return atCursor;
  const picked = await pickTask(host);
  return picked ? [picked] : [];
}

function tasksAtCursor({ contents }: Pick<ExtensionHost, 'contents'>): readonly PlanTask[] {
  const editor = vscode.window.activeTextEditor;
  const plan = contents.plans.find(({ uri }) => uri === editor?.document.uri.toString());
  if (!plan || !editor) return [];
  const isTouched = (line: number): boolean =>
    editor.selections.some(({ start, end }) => start.line <= line && line <= end.line);
  return plan.items.filter(({ line }) => isTouched(line)).map((item) => ({ uri: plan.uri, item }));
}

/** Asks for a task of any document. */
export async function pickTask(
  { contents }: Pick<ExtensionHost, 'contents'>,
  placeHolder = 'Which task?',
): Promise<PlanTask | undefined> {
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
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return chosen?.task;
}

function taskOfRow(row: unknown): PlanTask | undefined {
  if (typeof row !== 'object' || row === null || !('data' in row)) return undefined;
  const { data } = row;
  return typeof data === 'object' && data !== null && 'item' in data && 'uri' in data
    ? (data as PlanTask)
    : undefined;
}
