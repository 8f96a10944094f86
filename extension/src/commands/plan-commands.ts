import * as vscode from 'vscode';
import type { SettableStatus } from '../../../server/src/core/plan-edit.ts';
import { CursorLines } from '../cursor/cursor-lines.ts';
import { toldOf } from '../cursor/told-of.ts';
import type { ExtensionHost } from '../host.ts';
import { chosenTasks } from '../plan/chosen-tasks.ts';
import { evidenceIn } from '../plan/evidence.ts';
import { editTasks } from '../plan/edit-plan.ts';
import { nextOpenTask as findNextOpenTask } from '../views/next-task.ts';
import { countTaken, filterLabels, ownersIn, usableFilters, type PlanFilter } from '../views/plan-filter.ts';
import { count } from '../views/row.ts';
import { statusLooks, type PlanGrouping, type PlanTask } from '../views/plan-row-data.ts';

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
  const wanted = given ?? (await pickStatus(host, tasks));
  if (wanted === undefined) return;
  await editTasks(host, tasks, ({ id }) => ({ kind: 'status', item: id, status: wanted }));
}

/** Goes to the next task that is still to do: from the cursor in a planning document, else the most urgent one. */
export async function nextOpenTask({ contents }: ExtensionHost): Promise<void> {
  const cursor = CursorLines.active();
  const plans = await contents.currentPlans();
  cursor?.dispose();
  const uri = cursor?.document.uri.toString();
  const here = plans.find((plan) => plan.uri === uri);
  const [line] = (here && cursor?.at(here.version)) ?? [];
  const task = findNextOpenTask(plans, here && line !== undefined ? { uri: here.uri, line } : undefined);
  if (task) await showTask(contents, task);
  else void vscode.window.showInformationMessage('Penstock: no task is open.');
}

/** Shows a task where it stands by the time that its document is open. */
async function showTask(contents: ExtensionHost['contents'], { uri, item }: PlanTask): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const plan = await toldOf(document, () => contents.planOf(document));
  const { line } = plan?.items.find(({ id }) => id === item.id) ?? item;
  const at = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
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

export async function groupPlanBy(
  { planChoice, questions }: ExtensionHost,
  argument: unknown,
): Promise<void> {
  const named = groupings.find(({ grouping }) => grouping === argument);
  const choices = groupings.map((each) => ({
    ...each,
    ...(each.grouping === planChoice.grouping ? { description: 'now' } : {}),
  }));
  const options = { title: 'Group Plan By', placeHolder: 'Under which headings do tasks stand?' };
  const chosen = named ?? (await questions.pick(choices, options));
  if (chosen) await planChoice.group(chosen.grouping);
}

/** Narrows the Plan view to some tasks; asks for what was not given. */
export async function filterPlan(
  { planChoice, contents, readiness, questions }: ExtensionHost,
  argument?: unknown,
): Promise<void> {
  const { selection } = planChoice;
  const evidence = evidenceIn(readiness.answer);
  const hasEvidence = readiness.answer?.items.some(({ checks }) => checks.length > 0) === true;
  const usable = usableFilters(contents.plans, hasEvidence);
  const items = usable.map((filter) => ({
    label: filterLabels[filter],
    description: [
      ...(filter === 'mine' ? [] : [String(countTaken(contents.plans, { ...selection, filter }, evidence))]),
      ...(filter === selection.filter ? ['now'] : []),
    ].join(' · '),
    filter,
  }));
  const wanted =
    usable.find((filter) => filter === argument) ??
    (
      await questions.pick(items, {
        title: 'Filter Plan',
        placeHolder: 'Which tasks are shown?',
      })
    )?.filter;
  if (wanted === undefined) return;
  if (wanted === 'mine') await showMine({ planChoice, contents, questions });
  else await planChoice.filter(wanted satisfies PlanFilter);
}

/** Whose tasks are 'mine' is asked each time, the last answer first: a document names people as its team does. */
async function showMine({
  planChoice,
  contents,
  questions,
}: Pick<ExtensionHost, 'planChoice' | 'contents' | 'questions'>): Promise<void> {
  const { owner: last } = planChoice.selection;
  const owners = ownersIn(contents.plans).toSorted((a, b) => Number(b === last) - Number(a === last));
  const owner = await questions.pickWord(owners, {
    title: 'Filter Plan',
    placeHolder: 'Who are you in the plan?',
  });
  if (owner !== undefined) await planChoice.filter('mine', owner);
}

/** Shows only tasks whose title, section, owner or priority hold some words, as they are typed. */
export async function searchPlan(
  { planChoice, contents, readiness, questions }: ExtensionHost,
  argument?: unknown,
): Promise<void> {
  if (typeof argument === 'string') return planChoice.search(argument);
  const before = planChoice.selection.search;
  const found = (): string => {
    const { filter } = planChoice.selection;
    const shown = countTaken(contents.plans, planChoice.selection, evidenceIn(readiness.answer));
    // The editor itself says that Enter keeps it and Escape takes it back.
    return `${count(shown, 'task')} found${filter === 'all' ? '' : ` among those of the filter ${filterLabels[filter]}`}.`;
  };
  const isKept = await questions.box<true>((box, answer) => {
    box.title = 'Search Plan';
    box.placeholder = 'Words of a title, section, owner or priority; nothing shows all tasks';
    box.value = before;
    box.prompt = found();
    const counting = planChoice.onChanged(() => (box.prompt = found()));
    box.onDidChangeValue((value) => void planChoice.search(value));
    box.onDidAccept(() => answer(true));
    box.onDidHide(() => counting.dispose());
  });
  if (!isKept) await planChoice.search(before);
}

export async function clearPlanFilter({ planChoice }: ExtensionHost): Promise<void> {
  await planChoice.search('');
  await planChoice.filter('all');
}

async function pickStatus(
  { questions }: ExtensionHost,
  tasks: readonly PlanTask[],
): Promise<SettableStatus | undefined> {
  const [only] = tasks;
  const items = settable.map((status) => ({
    label: statusLooks[status].label,
    ...(tasks.every(({ item }) => item.status === status) ? { description: 'now' } : {}),
    iconPath: new vscode.ThemeIcon(statusLooks[status].icon.id),
    status,
  }));
  const placeHolder = tasks.length === 1 ? only!.item.title : `${tasks.length} tasks`;
  const chosen = await questions.pick(items, { title: 'Mark Task As', placeHolder });
  return chosen?.status;
}

const settable: readonly SettableStatus[] = ['planned', 'in-progress', 'done', 'blocked', 'skipped'];

function isStatus(value: unknown): value is SettableStatus {
  return settable.some((status) => status === value);
}
