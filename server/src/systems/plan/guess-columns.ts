import type { TaskColumns } from './columns.ts';
import type { TableBlock } from './markdown.ts';
import { readStatus, type Legend } from './vocabulary.ts';

/** What tables are about that state results of another kind. */
const noWork =
  /\b(?:metrics?|kpis?|values?|scores?|criteri\w*|checks?|tests?|test cases?|endpoints?|commands?|files?|paths?|decisions?|options?|risks?|meaning|symbols?|codes?|platforms?|browsers?|os|support(?:ed)?)\b/i;

const named = /^(?:current )?(?:status|state)$/i;

/** Names of columns that say something of an item, and are not what it is called. */
const aside =
  /^(?:#|id|no|nr|\d*|version|port|image|url|link|pr|issue|date|owner|notes?|comments?|details?|priority|effort|status|evidence|size|tests?|total|completed|pending|in progress)$/i;

/**
 * The columns of a table whose header uses words of its own ('Stage', 'Layer', 'Component', other languages), by what
 * its cells hold: a status in nearly every cell of one column, and something to call the row by in another.
 */
export function guessColumns(table: TableBlock, legend: Legend): TaskColumns | undefined {
  const headers = table.header.cells.map(({ text }) => text.trim());
  if (table.rows.length < 2 || isOfNoWork(table)) return undefined;
  const columns = headers.map((_, at) => table.rows.map(({ cells }) => cells[at]?.text.trim() ?? ''));
  const statuses = columns.flatMap((cells, at) => (isStatusColumn(headers[at]!, cells, legend) ? [at] : []));
  const status = statuses.find((at) => named.test(headers[at]!)) ?? statuses[0];
  // Where several columns answer alike, what has what is compared.
  if (status === undefined || (statuses.length > 1 && !named.test(headers[status]!))) return undefined;
  const priority = columns.findIndex(
    (cells, at) => at !== status && isMostly(cells, (text) => /^P\d(?:\.\d)?$/i.test(text)),
  );
  const title = columns.findIndex(
    (cells, at) => at !== status && at !== priority && !aside.test(headers[at]!) && isNameColumn(cells),
  );
  if (title < 0) return undefined;
  return {
    role: 'tasks',
    title,
    status,
    isTicked: false,
    priority: priority < 0 ? undefined : priority,
    effort: undefined,
    dependencies: undefined,
    owner: undefined,
    due: undefined,
    finished: undefined,
    note: undefined,
    code: undefined,
    isRich: false,
    isAboutWork: false,
  };
}

/** True for a table whose header tells of results of another kind. */
export function isOfNoWork({ header }: TableBlock): boolean {
  return header.cells.some(({ text }) => noWork.test(text));
}

/** Under a header that says so a status may have more behind it; under a question ('Captured?') a tick only answers. */
function isStatusColumn(header: string, cells: readonly string[], legend: Legend): boolean {
  const isNamed = named.test(header);
  if (header.endsWith('?') && !/^(?:done|ready|complete)/i.test(header)) return false;
  return isMostly(cells, (text) => {
    const { status, plain, symbol } = readStatus(text, legend);
    return status !== 'unknown' && (isNamed || (text.length <= 40 && (plain || symbol !== undefined)));
  });
}

/** Cells that differ and have letters in them, or versions. */
function isNameColumn(cells: readonly string[]): boolean {
  const said = cells.filter((text) => /\p{L}{2}|\d+\.\d/u.test(text));
  return said.length * 2 > cells.length && new Set(said).size * 10 >= said.length * 9;
}

function isMostly(cells: readonly string[], fits: (text: string) => boolean): boolean {
  const said = cells.filter((text) => text !== '' && !/^[-–—]$/.test(text));
  return (
    said.length > 0 && said.length * 2 > cells.length && said.filter(fits).length * 10 >= said.length * 8
  );
}
