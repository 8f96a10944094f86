import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { tasksNow } from '../plan/chosen-tasks.ts';
import { editPlan } from '../plan/edit-plan.ts';
import { dropOf } from '../plan/moves.ts';
import type { PlanRowData, PlanTask } from './plan-row-data.ts';
import type { ShownRow } from './shown-rows.ts';

const mime = 'application/vnd.code.tree.penstock.plan';

/** Tasks are dragged to other places of their document, to other sections, priorities and statuses. */
export class PlanDrag implements vscode.TreeDragAndDropController<ShownRow<PlanRowData>> {
  readonly dragMimeTypes = [mime];
  readonly dropMimeTypes = [mime];
  readonly #host: ExtensionHost;

  constructor(host: ExtensionHost) {
    this.#host = host;
  }

  handleDrag(rows: readonly ShownRow<PlanRowData>[], transfer: vscode.DataTransfer): void {
    const tasks = rows.flatMap(({ data }) => (data && 'item' in data ? [data] : []));
    if (tasks.length > 0) transfer.set(mime, new vscode.DataTransferItem(JSON.stringify(tasks)));
  }

  async handleDrop(target: ShownRow<PlanRowData> | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const dragged = await transfer.get(mime)?.asString();
    if (target?.data === undefined || dragged === undefined) return;
    await moveTasks(this.#host, JSON.parse(dragged) as readonly PlanTask[], target.data);
  }
}

/** Does what dropping tasks on a row means, with all of them as they are now. */
export async function moveTasks(
  host: ExtensionHost,
  tasks: readonly PlanTask[],
  target: PlanRowData,
): Promise<void> {
  const moved = await tasksNow(host, tasks);
  const [place] = 'item' in target ? await tasksNow(host, [target]) : [target];
  for (const { uri, edits, toUri } of dropOf(moved, place, host.planChoice.grouping))
    if (!(await editPlan(host, uri, edits, toUri))) return;
}
