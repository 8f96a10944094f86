import type { TableBlock } from './markdown.ts';
import { guessColumns, isOfNoWork } from './guess-columns.ts';
import { findTick, isNothing, withoutSymbols, type Legend } from './vocabulary.ts';

/** What a table is, by its header; columns are indices. */
export type TableRole =
  TaskColumns | ReadinessColumns | RiskColumns | BlockerColumns | LegendColumns | { readonly role: 'other' };

export interface TaskColumns {
  readonly role: 'tasks';
  readonly title: number;
  /** The priority column, where a tick in it tells the status; the title column, where only a mark in it can. */
  readonly status: number;
  readonly isTicked: boolean;
  readonly priority: number | undefined;
  readonly effort: number | undefined;
  readonly dependencies: number | undefined;
  readonly owner: number | undefined;
  readonly due: number | undefined;
  readonly finished: number | undefined;
  readonly note: number | undefined;
  /** What the rows are named by besides their titles. */
  readonly code: CodeColumn | undefined;
  /** A priority, an effort, dependencies, an owner or a date: what only a list of work has. */
  readonly isRich: boolean;
  /** The header speaks of tasks or items, not only of names. */
  readonly isAboutWork: boolean;
}

/** A column of numbers or codes: `T7` under 'ID', `1` under 'Step'. */
export interface CodeColumn {
  readonly column: number;
  /** What a number counts: 'Step'. */
  readonly word: string | undefined;
}

export interface ReadinessColumns {
  readonly role: 'readiness';
  readonly category: number;
  readonly claimed: number;
  readonly status: number | undefined;
  readonly next: number | undefined;
}

export interface BlockerColumns {
  readonly role: 'blockers';
  readonly text: number;
  readonly status: number | undefined;
}

export interface RiskColumns {
  readonly role: 'risks';
  readonly text: number;
  readonly status: number | undefined;
  readonly impact: number | undefined;
  readonly probability: number | undefined;
  readonly mitigation: number | undefined;
}

export interface LegendColumns {
  readonly role: 'legend';
  readonly symbol: number;
  readonly meaning: number;
}

const headers = {
  task: /^(?:tasks?|items?|work items?|action items?|actions?|to ?dos?|deliverables?|user stor(?:y|ies)|work packages?|sub ?tasks?|activit(?:y|ies)|steps?)(?: names?| titles?| descriptions?)?$/,
  ticket: /^(?:issues?|tickets?|stor(?:y|ies)|epics?)$/,
  title: /^(?:titles?|summary|names?|descriptions?|features?|requirements?|milestones?|goals?|objectives?|what)$/,
  status: /^(?:current )?(?:status|state)$/,
  progress: /^(?:progress|done|completed?|finished)$/,
  priority: /^(?:priority|priorities|prio|p|urgency|importance|severity)$/,
  effort: /^(?:effort|estimated? ?(?:effort|time|hours|days)?|size|est|points|story points|complexity|duration)$/,
  dependencies: /^(?:dependenc(?:y|ies)|depends(?: on)?|blocked by|prerequisites?|requires|needs|blockers?)$/,
  owner: /^(?:owners?|assignees?|assign(?:ed)?(?: to)?|who|responsible(?: person)?|lead|by)$/,
  due: /^(?:due(?: (?:date|by))?|deadline|target(?: (?:date|release))?|eta|sprint|timeline|time ?frame|when|quarter|planned(?: for)?|dates?)$/,
  finished: /^(?:(?:date )?(?:completed|done|finished|closed|resolved|shipped)(?: (?:on|at|date|in))?|completion date|end date)$/,
  note: /^(?:notes?|comments?|details?|descriptions?|remarks?|next (?:actions?|steps?))$/,
  id: /^(?:|id|no|nr|key|ref|task id|item id)$/,
  category: /^(?:categor(?:y|ies)|areas?|components?|systems?|domains?|pillars?|dimensions?|streams?|workstreams?|modules?|services?|layers?|capabilit(?:y|ies)|aspects?|sections?|phases?)$/,
  completion: /^(?:completion|complete|completed|progress|readiness|ready|percent(?:age)?|score|(?:percent )?(?:done|complete|completed|ready)|)$/,
  next: /^(?:next(?: (?:actions?|steps?))?|actions?(?: needed)?|to ?do|remaining|notes?|comments?)$/,
  risk: /^risks?(?: descriptions?)?$/,
  impact: /^(?:impact|severity|consequence)$/,
  probability: /^(?:probability|likelihood|chance)$/,
  mitigation: /^(?:mitigations?(?: (?:strategy|plan))?|response|counter ?measures?|action|plan)$/,
  blocker: /^(?:blockers?|impediments?|blocking issues?)$/,
  symbol: /^(?:symbols?|icons?|emojis?|marks?|status(?:es)?|state|priority|key|code|level)$/,
  meaning: /^(?:meanings?|descriptions?|definitions?|explanations?|what it means)$/,
} as const; // prettier-ignore

/** Decides by the header, and by the cells where the header alone could mean two things. */
export function readColumns(table: TableBlock, heading: string, legend: Legend = new Map()): TableRole {
  const names = table.header.cells.map((cell) => normalise(cell.text));
  const find = (name: keyof typeof headers): number | undefined => {
    const index = names.findIndex((text) => headers[name].test(text));
    return index < 0 ? undefined : index;
  };
  return (
    legendColumns(names, find) ??
    riskColumns(table, find) ??
    taskColumns(table, names, find) ??
    readinessColumns(table, names, heading, find) ??
    guessColumns(table, legend) ??
    plainColumns(table, names, find) ?? { role: 'other' }
  );
}

type Find = (name: keyof typeof headers) => number | undefined;

function normalise(header: string): string {
  return header
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `| Symbol | Meaning |`: tells what marks mean, and lists no work. */
function legendColumns(names: readonly string[], find: Find): LegendColumns | undefined {
  const symbol = find('symbol');
  const meaning = find('meaning');
  const isNumbered = names.some((name, at) => name !== '' && at !== symbol && headers.id.test(name));
  if (
    names.length > 3 ||
    isNumbered ||
    symbol === undefined ||
    meaning === undefined ||
    find('task') !== undefined
  )
    return undefined;
  return { role: 'legend', symbol, meaning };
}

function riskColumns(table: TableBlock, find: Find): RiskColumns | BlockerColumns | undefined {
  const [risk, status] = [find('risk'), find('status')];
  if (risk !== undefined && !isGrading(table, risk)) {
    return {
      role: 'risks',
      text: risk,
      status,
      impact: find('impact'),
      probability: find('probability'),
      mitigation: find('mitigation'),
    };
  }
  const blocker = find('blocker');
  return blocker === 0 && find('task') === undefined
    ? { role: 'blockers', text: blocker, status }
    : undefined;
}

const grade = String.raw`(?:(?:very|extremely)\s+)?(?:minimal|negligible|low|minor|med(?:ium)?|moderate|major|high|severe|critical|extreme)`;
const grading = new RegExp(
  String.raw`^${grade}(?:\s*(?:[–—/-]|to)\s*${grade})?(?:\s+risk)?\s*(?:\(.*\))?$`,
  'i',
);

/** 'Risk' over grades (`Low`, `🔴 High`) says how risky the rows are, and names no risk. */
function isGrading({ rows }: TableBlock, column: number): boolean {
  const said = rows
    .map(({ cells }) => withoutSymbols(cells[column]?.text ?? ''))
    .filter((text) => !isNothing(text));
  return said.length > 0 && said.every((text) => grading.test(text));
}

function taskColumns(table: TableBlock, names: readonly string[], find: Find): TaskColumns | undefined {
  const strong = find('task') ?? find('ticket');
  const priority = find('priority');
  const effort = find('effort');
  const dependencies = find('dependencies');
  const [owner, due] = [find('owner'), find('due')];
  const said = [priority, effort, dependencies, owner, due].filter((column) => column !== undefined);
  const isRich = said.length > 0;
  const isWork = said.length > 1 && find('status') !== undefined;
  const better = isNumbering(table, names, find('task'))
    ? (namedTask(table, names) ?? find('title'))
    : (find('task') ?? find('title') ?? find('ticket') ?? (isWork ? nameColumn(names) : undefined));
  const status = find('status') ?? (strong === undefined ? undefined : progressColumn(table, find));
  const besides = (column: number | undefined): number | undefined =>
    column === better || column === status ? undefined : column;
  const more = {
    priority,
    effort,
    dependencies,
    owner,
    due,
    finished: besides(find('finished')),
    note: besides(find('note')),
    code: better === undefined ? undefined : codeColumn(table, names, better),
    isRich,
    isAboutWork: strong !== undefined,
  };
  if (better === undefined || better === status || better === priority || isCounting(table, better))
    return undefined;
  if (status !== undefined) {
    const hasWork = strong !== undefined || isRich || find('id') !== undefined;
    return hasWork && !hasShares(table, find)
      ? { role: 'tasks', title: better, status, isTicked: false, ...more }
      : undefined;
  }
  if (priority === undefined || (strong === undefined && !hasTick(table, priority))) return undefined;
  const ticked = !hasTick(table, priority) && hasTick(table, better) ? better : priority;
  return { role: 'tasks', title: better, status: ticked, isTicked: true, ...more };
}

/** True where no column says a status, so that only a mark beside the title can. */
export function isPlain({ status, title }: TaskColumns): boolean {
  return status === title;
}

/**
 * What a table without a column for the status is where its document is a list of work, in which plain bullets are tasks,
 * too: tasks or items of any kind, or things with a priority, an effort or dependencies.
 */
function plainColumns(table: TableBlock, names: readonly string[], find: Find): TaskColumns | undefined {
  const task = namedTask(table, names) ?? find('task');
  const title = [task, find('title'), find('ticket')].find(
    (at) => at !== undefined && !isReferring(table, at),
  );
  const [priority, effort, dependencies] = [find('priority'), find('effort'), find('dependencies')];
  const isWork =
    title === task ||
    title === find('ticket') ||
    [priority, effort, dependencies].some((at) => at !== undefined);
  const isSaid = find('status') !== undefined || progressColumn(table, find) !== undefined;
  if (title === undefined || title === priority || !isWork || isSaid || isOfNoWork(table)) return undefined;
  const besides = (column: number | undefined): number | undefined => (column === title ? undefined : column);
  return {
    role: 'tasks',
    title,
    status: title,
    isTicked: true,
    priority,
    effort,
    dependencies,
    owner: find('owner'),
    due: find('due'),
    finished: besides(find('finished')),
    note: besides(find('note')),
    code: codeColumn(table, names, title),
    isRich: false,
    isAboutWork: false,
  };
}

const besideNames = ['status', 'progress', 'priority', 'effort', 'dependencies', 'owner', 'due', 'finished', 'note', 'id'] as const; // prettier-ignore

/** Where all else says that a table is a list of work, its first column of another kind is what the rows are called by: 'Phase'. */
function nameColumn(names: readonly string[]): number | undefined {
  const index = names.findIndex((name) => !besideNames.some((kind) => headers[kind].test(name)));
  return index < 0 ? undefined : index;
}

/** A table of areas with a percentage each is about readiness, though it may have a status and an owner. */
function hasShares(table: TableBlock, find: Find): boolean {
  const completion = find('completion');
  return (
    find('task') === undefined &&
    find('category') !== undefined &&
    completion !== undefined &&
    isShareColumn(table, completion)
  );
}

/** A column that tells how far the rows are; 'Completed' over days tells when they were finished. */
function progressColumn({ rows }: TableBlock, find: Find): number | undefined {
  const column = find('progress');
  if (column === undefined) return undefined;
  const said = rows.flatMap(({ cells }) => cells[column]?.text.trim() || []);
  return said.length > 0 && said.every(isDay) ? undefined : column;
}

/** True for a text that begins with a day: '2026-05-01', '1 May 2026', 'May 2026'. */
export function isDay(text: string): boolean {
  return /^(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:\d{1,2}\.? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.? (?:\d{1,2},? )?\d{4})(?!\d)/iu.test(
    text.trim(),
  );
}

/** 'Step' over numbers tells which step a row is, whose title stands beside it. */
function isNumbering(table: TableBlock, names: readonly string[], column: number | undefined): boolean {
  return column !== undefined && /^(?:step|task|item)$/.test(names[column]!) && isCounting(table, column);
}

/** 'Task' beside a step's number is what the row is called by. */
function namedTask(table: TableBlock, names: readonly string[]): number | undefined {
  const index = names.findIndex((name, at) => headers.task.test(name) && !isCounting(table, at));
  return index < 0 ? undefined : index;
}

const counting = /^(?:step|task|item|phase|stage|milestone|sprint|ticket)s?$/;

/** The column that numbers the rows, or that holds their codes; a bare number counts what the titles are called. */
function codeColumn(table: TableBlock, names: readonly string[], title: number): CodeColumn | undefined {
  const numbering = names.findIndex(
    (name, at) => counting.test(name) && at !== title && isCounting(table, at),
  );
  const ids = [headers.id, headers.ticket].map((header) =>
    names.findIndex((name, at) => header.test(name) && at !== title),
  );
  const column = [numbering, ...ids].find((at) => at >= 0);
  if (column === undefined) return undefined;
  const word = [names[column]!, names[title]!].find((name) => counting.test(name));
  return { column, word: word && `${word.charAt(0).toUpperCase()}${word.slice(1).replace(/s$/, '')}` };
}

/** 'Tasks' over numbers counts them and names none, and so does 'Phase'. */
function isCounting(table: TableBlock, column: number): boolean {
  return table.rows.length > 0 && table.rows.every(({ cells }) => !/\p{L}/u.test(cells[column]?.text ?? ''));
}

/** 'Tasks' over numbers, of tickets too (`SHOP-12, SHOP-13`), names others and describes none. */
function isReferring(table: TableBlock, column: number): boolean {
  return (
    table.rows.length > 0 &&
    table.rows.every(
      ({ cells }) => !/\p{L}/u.test((cells[column]?.text ?? '').replaceAll(/\b[A-Z]+-?\d+\b/g, '')),
    )
  );
}

function hasTick(table: TableBlock, column: number): boolean {
  return table.rows.some((row) => findTick(row.cells[column]?.text ?? '') !== undefined);
}

function readinessColumns(
  table: TableBlock,
  names: readonly string[],
  heading: string,
  find: Find,
): ReadinessColumns | undefined {
  const aboutReadiness = /readiness|progress|completion|status|overall/i.test(heading);
  const first = find('category') ?? (aboutReadiness ? 0 : undefined);
  const category =
    first !== undefined && isCounting(table, first) ? (find('title') ?? find('task') ?? first) : first;
  const claimed = names.findIndex(
    (name, at) => at !== category && headers.completion.test(name) && isShareColumn(table, at),
  );
  if (category === undefined || claimed < 0) return undefined;
  const status = find('status');
  return {
    role: 'readiness',
    category,
    claimed,
    status: status === claimed ? undefined : status,
    next: find('next'),
  };
}

function isShareColumn(table: TableBlock, column: number): boolean {
  const shares = table.rows.filter((row) => readShare(row.cells[column]?.text ?? '') !== undefined);
  return shares.length > 0 && shares.length * 2 >= table.rows.length;
}

/** The percentage in a text, when it lies between 0 and 100. */
export function readShare(text: string): number | undefined {
  const match = /(?<![\d.])(\d{1,3}(?:[.,]\d+)?)\s*%/.exec(text);
  const share = match ? Number(match[1]!.replace(',', '.')) : NaN;
  return share >= 0 && share <= 100 ? share : undefined;
}
