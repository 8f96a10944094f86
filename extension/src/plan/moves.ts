import type { PlanEdit, PlanPlace } from '../../../server/src/core/plan-edit.ts';
import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import type { PlanGroupRow, PlanRowData, PlanTask } from '../views/plan-row-data.ts';

/** What is to be done to one document, and the other one that its tasks go to. */
export interface PlanMove {
  readonly uri: string;
  readonly edits: readonly PlanEdit[];
  readonly toUri?: string;
}

/**
 * What dropping tasks on a row means: on a section, to its end; on a task, to its place; on a priority or a status, that
 * they have it from now on. Nothing for what changes nothing.
 */
export function dropOf(
  tasks: readonly PlanTask[],
  target: PlanRowData,
  grouping: 'section' | 'priority' | 'status',
): readonly PlanMove[] {
  if ('criterion' in target || 'check' in target) return [];
  const moves = [...Map.groupBy(tasks, ({ uri }) => uri)];
  if (grouping === 'status') {
    const status = 'item' in target ? target.item.status : (target.key as PlanStatus);
    if (status === 'unknown') return [];
    return moves.map(([uri, own]) => ({
      uri,
      edits: own.map(({ item }) => ({ kind: 'status', item: item.id, status })),
    }));
  }
  if (grouping === 'priority') {
    const priority = 'item' in target ? (target.item.priority ?? '') : target.key;
    return moves.map(([uri, own]) => ({
      uri,
      edits: own.map(({ item }) => ({ kind: 'priority', item: item.id, priority })),
    }));
  }
  return moves.flatMap(([uri, own]) => {
    const items = own
      .map(({ item }) => item)
      .filter((item) => !('item' in target && target.uri === uri && target.item.id === item.id));
    const edits = arranged(items, placeAt(items, uri, target));
    if (edits.length === 0) return [];
    return [{ uri, edits, ...(target.uri === uri ? {} : { toUri: target.uri }) }];
  });
}

/** A task takes the place of the one it is dropped on: above it when it comes from below, below it when from above. */
function placeAt(items: readonly PlanItemAnswer[], uri: string, target: PlanTask | PlanGroupRow): PlanPlace {
  if (!('item' in target)) return { kind: 'end', group: target.key };
  const isFromAbove =
    target.uri === uri &&
    items.every(({ group, line }) => group === target.item.group && line < target.item.line);
  return { kind: isFromAbove ? 'after' : 'before', item: target.item.id };
}

/** Several tasks keep their order: what goes behind a task goes there last one first. */
function arranged(items: readonly PlanItemAnswer[], place: PlanPlace): readonly PlanEdit[] {
  const inOrder = items.toSorted((a, b) => a.line - b.line);
  const written = place.kind === 'after' ? inOrder.toReversed() : inOrder;
  return written.map((item) => ({ kind: 'move', item: item.id, place }));
}

/** What moves a task by one place within its section; undefined at the end of it. */
export function stepOf(
  plan: PlanAnswer,
  item: PlanItemAnswer,
  direction: 'up' | 'down',
): PlanEdit | undefined {
  const beside = plan.items.filter(({ group, parent }) => group === item.group && parent === item.parent);
  const at = beside.findIndex(({ id }) => id === item.id);
  const other = beside[direction === 'up' ? at - 1 : at + 1];
  if (at < 0 || !other) return undefined;
  return {
    kind: 'move',
    item: item.id,
    place: { kind: direction === 'up' ? 'before' : 'after', item: other.id },
  };
}
