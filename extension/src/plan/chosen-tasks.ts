import * as vscode from 'vscode';
import { CursorLines } from '../cursor/cursor-lines.ts';
import type { ExtensionHost } from '../host.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { statusLooks, type PlanGroupRow, type PlanRowData, type PlanTask } from '../views/plan-row-data.ts';

/**
 * The tasks that a command is about, as they are now: the selected rows where it came from one of them, else the row
 * itself, else the tasks under the cursors of a planning document, else the one that is picked from a list.
 */
export async function chosenTasks(
  host: Pick<ExtensionHost, 'contents' | 'questions'>,
  row?: unknown,
  rows?: unknown,
): Promise<readonly PlanTask[]> {
  const selected = (Array.isArray(rows) ? rows : []).flatMap((each) => taskOfRow(each) ?? []);
  if (selected.length > 0) return tasksNow(host, selected);
  const data = dataOfRow(row);
  if (data && 'item' in data) return tasksNow(host, [data]);
  if (data && 'grouping' in data) return asList(await pickTask(host, (uri, item) => isIn(data, uri, item)));
  const atCursor = await tasksAtCursor(host);
  if (atCursor.length > 0) return atCursor;
  return asList(await pickTask(host));
}

/**
 * Tasks as their documents say them now: what a row shows may be of before the last edit. One that is gone stays what it
 * was, so that whoever writes it hears that it is gone.
 */
export async function tasksNow(
  { contents }: Pick<ExtensionHost, 'contents'>,
  tasks: readonly PlanTask[],
): Promise<readonly PlanTask[]> {
  const plans = await contents.currentPlans();
  return tasks.map((task) => {
    const plan = plans.find(({ uri }) => uri === task.uri);
    const item = plan?.items.find(({ id }) => id === task.item.id);
    return item ? { uri: task.uri, item } : task;
  });
}

function asList(task: PlanTask | undefined): readonly PlanTask[] {
  return task ? [task] : [];
}

function isIn({ uri: own, grouping, key }: PlanGroupRow, uri: string, item: PlanItemAnswer): boolean {
  const is = { section: item.group, priority: item.priority ?? '', status: item.status }[grouping];
  return own === uri && is === key;
}

async function tasksAtCursor({ contents }: Pick<ExtensionHost, 'contents'>): Promise<readonly PlanTask[]> {
  const cursors = CursorLines.touched();
  if (!cursors) return [];
  try {
    const plan = (await contents.planOf(cursors.document)) ?? (await newPlanOf(contents, cursors.document));
    return plan ? tasksOn(plan, cursors.at(plan.version)) : [];
  } finally {
    cursors.dispose();
  }
}

/** The plan of a document that was not known to have one: it may have come a moment ago. */
async function newPlanOf(
  contents: ExtensionHost['contents'],
  document: vscode.TextDocument,
): Promise<PlanAnswer | undefined> {
  const uri = document.uri.toString();
  return (await contents.currentPlans()).find((plan) => plan.uri === uri);
}

function tasksOn({ uri, items }: PlanAnswer, lines: readonly number[]): readonly PlanTask[] {
  const touched = new Set(lines);
  return items.filter(({ line }) => touched.has(line)).map((item) => ({ uri, item }));
}

/** Asks for one of the tasks of all documents. */
async function pickTask(
  { contents, questions }: Pick<ExtensionHost, 'contents' | 'questions'>,
  isMeant: (uri: string, item: PlanItemAnswer) => boolean = () => true,
): Promise<PlanTask | undefined> {
  const plans = await contents.currentPlans();
  const items = plans.flatMap(({ uri, items: all }) =>
    all
      .filter((item) => isMeant(uri, item))
      .map((item) => ({
        label: item.title,
        description: [statusLooks[item.status].label, item.priority, item.group]
          .filter((part) => part !== undefined)
          .join(' · '),
        iconPath: new vscode.ThemeIcon(statusLooks[item.status].icon.id),
        task: { uri, item },
      })),
  );
  const placeHolder = 'Which task?';
  const chosen = await questions.pick(items, { placeHolder, matchOnDescription: true });
  return chosen?.task;
}

function taskOfRow(row: unknown): PlanTask | undefined {
  const data = dataOfRow(row);
  return data && 'item' in data ? data : undefined;
}

/** What a row of the Plan view stands for. */
export function dataOfRow(row: unknown): PlanRowData | undefined {
  if (typeof row !== 'object' || row === null || !('data' in row)) return undefined;
  const { data } = row;
  return typeof data === 'object' && data !== null && 'uri' in data ? (data as PlanRowData) : undefined;
}
