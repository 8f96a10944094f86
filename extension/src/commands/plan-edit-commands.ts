import * as vscode from 'vscode';
import type { PlanPlace } from '../../../server/src/core/plan-edit.ts';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';
import type { ExtensionHost } from '../host.ts';
import { chosenTasks, dataOfRow } from '../plan/chosen-tasks.ts';
import { editPlan, editTasks } from '../plan/edit-plan.ts';
import { stepOf } from '../plan/moves.ts';
import { fileName } from '../views/row.ts';
import { isClosed, type PlanRowData, type PlanTask } from '../views/plan-row-data.ts';
import { moveTasks } from '../views/plan-drag.ts';

type TaskCommand = (host: ExtensionHost, row: unknown, rows?: unknown, value?: unknown) => Promise<void>;

/** Gives tasks a priority; asks for what was not given. */
export const setPriority = writing('priority', async ({ contents, questions }, tasks) => {
  const used = contents.plans.flatMap(({ items }) => items.flatMap((item) => item.priority ?? []));
  const known = [...new Set(['P0', 'P1', 'P2', 'P3', ...used])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const none = { label: 'No Priority', priority: '' };
  const choices = [...known.map((priority) => ({ label: priority, priority })), none];
  const options = { title: 'Set Priority', placeHolder: named(tasks) };
  return (await questions.pick(choices, options))?.priority;
});

/** Gives tasks an effort; asks for what was not given. */
export const setEffort = writing('effort', async ({ questions }, tasks) =>
  questions.text({
    title: 'Set Effort',
    prompt: named(tasks),
    value: tasks[0]!.item.effort ?? '',
    placeHolder: 'As the document says it: High, 3 d, 5',
  }),
);

/** Writes one column of tasks: the value that was given, else what somebody answers. */
function writing(
  kind: 'priority' | 'effort',
  ask: (host: ExtensionHost, tasks: readonly PlanTask[]) => Promise<string | undefined>,
): TaskCommand {
  return async (host, row, rows, value) => {
    const tasks = await chosenTasks(host, row, rows);
    if (tasks.length === 0) return;
    const said = typeof value === 'string' ? value : await ask(host, tasks);
    if (said === undefined) return;
    await editTasks(host, tasks, ({ id }) =>
      kind === 'priority' ? { kind, item: id, priority: said } : { kind, item: id, effort: said },
    );
  };
}

/** Marks tasks done, or planned again where all of them are done. */
export async function toggleDone(host: ExtensionHost, row: unknown, rows?: unknown): Promise<void> {
  const tasks = await chosenTasks(host, row, rows);
  const status = tasks.length > 0 && tasks.every(({ item }) => isClosed(item.status)) ? 'planned' : 'done';
  await editTasks(host, tasks, ({ id }) => ({ kind: 'status', item: id, status }));
}

/** Ticks or unticks a criterion; asks which one where none was given. */
export async function tickCriterion(host: ExtensionHost, row: unknown): Promise<void> {
  const data = dataOfRow(row);
  const chosen = data && 'criterion' in data ? data : await pickCriterion(host);
  if (!chosen) return;
  const { uri, criterion, nth } = chosen;
  const plan = (await host.contents.currentPlans()).find((each) => each.uri === uri);
  // What a row shows may be of before the last edit.
  const { done } = plan?.criteria.filter(({ text }) => text === criterion)[nth] ?? chosen;
  await editPlan(host, uri, [{ kind: 'criterion', criterion, nth, done: !done }]);
}

/** Adds a task to the section of a row, else to one that is picked. */
export async function addTask(host: ExtensionHost, row: unknown, title?: unknown): Promise<void> {
  const place = placeBy(dataOfRow(row)) ?? (await pickSection(host, 'Add Task To'));
  if (!place) return;
  const said =
    typeof title === 'string'
      ? title
      : await host.questions.text({ title: 'Add Task', prompt: 'What is to be done?' });
  if (said === undefined || said.trim() === '') return;
  await editPlan(host, place.uri, [{ kind: 'add', item: { title: said.trim() }, place: place.place }]);
}

/** Removes tasks from their documents, after a question; undo brings them back. */
export async function removeTask(host: ExtensionHost, row: unknown, rows?: unknown): Promise<void> {
  const tasks = await chosenTasks(host, row, rows);
  if (tasks.length === 0) return;
  const remove = 'Remove';
  const question = `Remove ${tasks.length === 1 ? `'${tasks[0]!.item.title}'` : `${tasks.length} tasks`} from the plan?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
  await editTasks(host, tasks, ({ id }) => ({ kind: 'remove', item: id }));
}

/** Marks tasks done and moves them to where finished ones are kept. */
export async function completeTask(host: ExtensionHost, row: unknown, rows?: unknown): Promise<void> {
  for (const { uri, item } of await chosenTasks(host, row, rows)) {
    if (!(await editPlan(host, uri, [{ kind: 'complete', item: item.id, date: today() }]))) return;
  }
}

/** Moves tasks by one place within their section. */
export async function moveTaskUp(host: ExtensionHost, row: unknown): Promise<void> {
  await moveByOne(host, row, 'up');
}

export async function moveTaskDown(host: ExtensionHost, row: unknown): Promise<void> {
  await moveByOne(host, row, 'down');
}

/** Moves tasks to the end of a section or to the place of another task, as dropping them there does. */
export async function moveTask(host: ExtensionHost, row: unknown, rows?: unknown): Promise<void> {
  const tasks = await chosenTasks(host, row, rows);
  if (tasks.length === 0) return;
  const target = await pickSection(host, 'Move To');
  if (target) await moveTasks(host, tasks, target.row);
}

/** Writes today as the day of the last update. */
export async function touchPlan(host: ExtensionHost): Promise<void> {
  const plan = await pickDocument(host);
  if (plan) await editPlan(host, plan.uri, [{ kind: 'updated', date: today() }]);
}

/** Writes the total that a document's own table gives. */
export async function updateTotal(host: ExtensionHost): Promise<void> {
  const plan = await pickDocument(host);
  if (!plan) return;
  const { readiness, claimedOverall } = plan;
  if (readiness.length === 0) {
    void vscode.window.showInformationMessage(
      'Penstock: the document has no readiness table to work out a total from.',
    );
    return;
  }
  const average = readiness.reduce((sum, { claimed }) => sum + claimed, 0) / readiness.length;
  const percent = Number.isInteger(claimedOverall) ? Math.round(average) : Math.round(average * 10) / 10;
  await editPlan(host, plan.uri, [{ kind: 'overall', percent }]);
}

/** Copies a Markdown link to a task. */
export async function copyTaskLink(host: ExtensionHost, row: unknown): Promise<void> {
  const [task] = await chosenTasks(host, row);
  if (!task) return;
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(task.uri), false);
  const title = task.item.title.replace(/[[\]\\]/g, '\\$&');
  await vscode.env.clipboard.writeText(`[${title}](${encodeURI(path)}#L${task.item.line + 1})`);
}

async function moveByOne(host: ExtensionHost, row: unknown, direction: 'up' | 'down'): Promise<void> {
  const [task] = await chosenTasks(host, row);
  const plan = host.contents.plans.find(({ uri }) => uri === task?.uri);
  const edit = task && plan && stepOf(plan, task.item, direction);
  if (edit) await editPlan(host, plan.uri, [edit]);
}

interface SectionPlace {
  readonly uri: string;
  readonly place: PlanPlace;
  readonly row: PlanRowData;
}

function placeBy(data: PlanRowData | undefined): SectionPlace | undefined {
  if (!data || 'criterion' in data || 'check' in data) return undefined;
  if ('item' in data) return { uri: data.uri, place: { kind: 'after', item: data.item.id }, row: data };
  if (data.grouping !== 'section') return undefined;
  return { uri: data.uri, place: { kind: 'end', group: data.key }, row: data };
}

async function pickSection(
  { contents, questions }: ExtensionHost,
  title: string,
): Promise<SectionPlace | undefined> {
  const plans = await contents.currentPlans();
  const sections = plans.flatMap(({ uri, groups }) =>
    groups.map((group) => ({
      label: group,
      ...(plans.length > 1 ? { description: fileName(uri) } : {}),
      row: { uri, grouping: 'section', key: group } as const,
    })),
  );
  const chosen = await questions.pick(sections, { title, placeHolder: 'Which section?' });
  return chosen && placeBy(chosen.row);
}

async function pickCriterion({ contents, questions }: ExtensionHost) {
  const items = (await contents.currentPlans()).flatMap(({ uri, criteria }) =>
    criteria.map(({ text, done }, at) => ({
      label: text,
      description: done ? 'met' : 'open',
      criterion: {
        uri,
        criterion: text,
        nth: criteria.slice(0, at).filter((each) => each.text === text).length,
        done,
      },
    })),
  );
  return (await questions.pick(items, { placeHolder: 'Which criterion?' }))?.criterion;
}

/** The document in the editor, the only one, or the one that is picked. */
async function pickDocument({ contents, questions }: ExtensionHost): Promise<PlanAnswer | undefined> {
  const plans = await contents.currentPlans();
  const open = vscode.window.activeTextEditor?.document.uri.toString();
  const here = plans.find(({ uri }) => uri === open);
  if (here || plans.length <= 1) return here ?? plans[0];
  const items = plans.map((plan) => ({ label: plan.title, description: fileName(plan.uri), plan }));
  return (await questions.pick(items, { placeHolder: 'Which document?' }))?.plan;
}

function named(tasks: readonly PlanTask[]): string {
  return tasks.length === 1 ? tasks[0]!.item.title : `${tasks.length} tasks`;
}

function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
