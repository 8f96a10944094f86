import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { editPlan } from '../plan/edit-plan.ts';
import { dropOf } from '../plan/moves.ts';
import type { PlanRowData, PlanTask } from './plan-row-data.ts';
import type { Row } from './row.ts';

const mime = 'application/vnd.code.tree.penstock.plan';

/** Tasks are dragged to other places of their document, to other sections, priorities and statuses. */
export class PlanDrag implements vscode.TreeDragAndDropController<Row<PlanRowData>> {
  readonly dragMimeTypes = [mime];
  readonly dropMimeTypes = [mime];
  readonly #host: ExtensionHost;

  constructor(host: ExtensionHost) {
    this.#host = host;
  }

  handleDrag(rows: readonly Row<PlanRowData>[], transfer: vscode.DataTransfer): void {
    const tasks = rows.flatMap(({ data }) => (data && 'item' in data ? [[data.uri, data.item.id]] : []));
    if (tasks.length > 0) transfer.set(mime, new vscode.DataTransferItem(JSON.stringify(tasks)));
  }

  async handleDrop(target: Row<PlanRowData> | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const dragged = await transfer.get(mime)?.asString();
    if (target?.data === undefined || dragged === undefined) return;
    const ids = JSON.parse(dragged) as readonly (readonly [uri: string, id: string])[];
    await moveTasks(this.#host, this.#tasks(ids), target.data);
  }

  /** As they are now: the document may have changed while they were dragged. */
  #tasks(ids: readonly (readonly [uri: string, id: string])[]): readonly PlanTask[] {
    return ids.flatMap(([uri, id]) => {
      const item = this.#host.contents.plans
        .find((plan) => plan.uri === uri)
        ?.items.find((each) => each.id === id);
      return item ? [{ uri, item }] : [];
    });
  }
}

/** Does what dropping tasks on a row means. */
export async function moveTasks(
  host: ExtensionHost,
  tasks: readonly PlanTask[],
  target: PlanRowData,
): Promise<void> {
  for (const { uri, edits, toUri } of dropOf(tasks, target, host.planChoice.grouping))
    if (!(await editPlan(host, uri, edits, toUri))) return;
}
