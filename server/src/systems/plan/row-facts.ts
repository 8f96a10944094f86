import { codeOf } from '../../core/item-index.ts';
import type { PlanItem } from '../../core/plan.ts';
import type { CodeColumn, TaskColumns } from './columns.ts';
import { flat } from './flat.ts';
import type { Cell, Row } from './markdown.ts';
import { isNothing } from './vocabulary.ts';

/** What a row says of an item besides where it stands. */
export function besides({ cells }: Row, role: TaskColumns): Partial<PlanItem> {
  const [owner, due, finished, note] = [role.owner, role.due, role.finished, role.note].map((column) =>
    said(cells[column ?? -1]),
  );
  const priority = cells[role.priority ?? -1];
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(finished === undefined ? {} : { finished }),
    ...(note === undefined ? {} : { note }),
    ...codeIn(cells, role.code),
    ...(priority ? { prioritySpan: priority.span } : {}),
  };
}

/** A cell that holds more than a number or a code names nothing. */
function codeIn(cells: readonly Cell[], code: CodeColumn | undefined): Pick<PlanItem, 'code'> {
  const text = flat(cells[code?.column ?? -1]?.text ?? '').replace(/[.:)]$/, '');
  if (!code || text === '' || codeOf(text) !== text) return {};
  const number = text.replace(/^#/, '');
  return { code: code.word !== undefined && /^\d/.test(number) ? `${code.word} ${number}` : text };
}

export function said(cell: Cell | undefined): string | undefined {
  const text = flat(cell?.text ?? '');
  return isNothing(text) ? undefined : text;
}
