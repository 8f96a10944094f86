import { baseName } from '../../core/path.ts';
import type { PlanRole, PlanStatus } from '../../core/plan.ts';
import type { BulletOptions } from './bullets.ts';
import { isHeadingItem, isInTicket, tellsOfItself } from './heading-items.ts';
import { explains, isAttribute, isRemark, isSentence } from './labels.ts';
import type { ListBlock, ListEntry } from './markdown.ts';
import { findEntryMark } from './marks.ts';
import type { Lane } from './lanes.ts';
import { isPhase, statusOfLabel, statusOfSection } from './phases.ts';
import type { RawSection } from './sections.ts';
import type { StatementReader } from './statements.ts';
import {
  announcesWork,
  isCalledFinished,
  isListOfWork,
  mayHoldWork,
  soundsLikePlan,
  speaksOfWork,
  topicOfList,
} from './topics.ts';
import type { Legend } from './vocabulary.ts';

/** What decides which parts of a document are items. */
export interface Holding {
  readonly statements: StatementReader;
  readonly legend: Legend;
  readonly role: PlanRole;
  /** A roadmap, a to-do list, ideas, what is completed. */
  readonly isNamedForWork: boolean;
  readonly hasBoxes: boolean;
  /** The columns of a board, in which all that is listed is work. */
  readonly lanes: ReadonlyMap<RawSection, Lane>;
}

/** True where a document is a list of work by what it is called. */
export function isNamedForWork({
  title,
  path,
  role,
  sections,
}: {
  readonly title: string;
  readonly path: string;
  readonly role: PlanRole;
  readonly sections: readonly RawSection[];
}): boolean {
  const name = baseName(path).replace(/\.[^.]*$/, '');
  const isReadme = /^readme$/i.test(name);
  const works = isListOfWork(title) || (!isReadme && isListOfWork(name));
  if (works || role !== 'completed') return works;
  // Where headings say how they are, they are the tasks, and bullets tell of them.
  const isPlain = sections.every(({ mark, attributes }) => mark === undefined && attributes.size === 0);
  return [title, name].some((called) => soundsLikePlan(called) || (isPlain && isCalledFinished(called)));
}

/** The sections that hold items, in the document's order; those whose heading is an item itself are told by `headings`. */
export function findHolders(
  sections: readonly RawSection[],
  holding: Holding,
): { readonly holders: readonly RawSection[]; readonly headings: ReadonlySet<RawSection> } {
  const holders = new Set(sections.filter((section) => holdsItems(section, holding)));
  const above = new Set<RawSection>();
  for (const section of holders) for (let at = section.parent; at; at = at.parent) above.add(at);
  const headings = new Set<RawSection>();
  for (const section of sections.toReversed()) {
    if (holders.has(section) || above.has(section) || holding.lanes.has(section)) continue;
    if (!isHeadingItem(section, holding)) continue;
    headings.add(section);
    for (let at = section.parent; at; at = at.parent) above.add(at);
  }
  return { holders: sections.filter((section) => holders.has(section) || headings.has(section)), headings };
}

function holdsItems(section: RawSection, holding: Holding): boolean {
  return section.blocks.some((block) => {
    if (block.kind === 'table') return holding.statements.roleOf(block).role === 'tasks';
    if (block.kind !== 'list') return false;
    if (takesBoxes(section, block, holding) && block.entries.some(({ box }) => box)) return true;
    return bulletsOf(section, block, holding) !== undefined;
  });
}

/** Beside tables of work a check list is work only where a name or a heading says so; it may as well be a form to fill in. */
export function takesBoxes(
  section: RawSection,
  list: ListBlock,
  { statements, isNamedForWork }: Holding,
): boolean {
  const topic = topicOfList(section, list);
  if (!mayHoldWork(topic)) return false;
  if (!statements.hasWorkTables || isNamedForWork) return true;
  return topic === 'tasks' ? !section.isTop : isAnnounced(section);
}

/** True where a heading, or one above it, speaks of work or names a stretch of the road. */
function isAnnounced(section: RawSection): boolean {
  for (let at: RawSection | undefined = section; at && !at.isTop; at = at.parent)
    if (isPhase(at) || announcesWork(at.title) || soundsLikePlan(at.title)) return true;
  return false;
}

/** Which bullets of a list are items; undefined where none is. */
export function bulletsOf(section: RawSection, list: ListBlock, holding: Holding): BulletOptions | undefined {
  const topic = topicOfList(section, list);
  if (!mayHoldWork(topic)) return undefined;
  const { legend, role } = holding;
  const struck: BulletOptions['struck'] = role === 'ideas' ? 'skipped' : 'done';
  const isMarked = ({ text }: ListEntry): boolean => findEntryMark(text, legend) !== undefined;
  const outermost = list.entries.filter(({ depth }) => depth === 0);
  const top = outermost.filter(({ box }) => !box);
  const marked = top.filter(isMarked).length;
  const isExplained = top.some(({ text }) => explains(text));
  if (marked === 0 && top.every(({ text }) => isRemark(text, isExplained))) return undefined;
  if (marked === 0 && namesFiles(top)) return undefined;
  const status = statusOfLabel(section.labels.get(list) ?? '', legend) ?? statusWithoutMark(section, holding);
  const said = { status, struck, isExplained };
  const isBesideBoxes = top.length < outermost.length;
  // Beside boxes what lies in an entry only tells more of it.
  const tellsMore = (entry: ListEntry): boolean =>
    entry.depth > 0 && !entry.box && isMarked(entry) && !isAttribute(entry.text);
  if (isBesideBoxes && list.entries.some(tellsMore)) return undefined;
  if (!isBesideBoxes && topic !== 'state' && takesPlain(section, list, holding))
    return { which: 'all', ...said };
  return marked > 0 && marked * 2 >= top.length ? { which: 'marked', ...said } : undefined;
}

/** True for a list of files and folders alone: they are where a task is done, and none. */
function namesFiles(entries: readonly ListEntry[]): boolean {
  const names = entries.map(({ text }) => text.replace(/\s+\([^()]*\)$/, '').trim());
  return (
    names.some((name) => path.test(name)) && names.every((name) => path.test(name) || makefile.test(name))
  );
}

const path = /^(?:[\w@.*-]+\/)*(?:[\w@.*-]+\/|[\w*-][\w.*-]*\.[a-z]\w{0,4})$/i;
const makefile = /^(?:[\w.-]+\/)*(?:Makefile|Dockerfile|Justfile|Procfile)$/;

/** What an item is that has no mark of its own: what the headings above it say, else what the document is for. */
export function statusWithoutMark(
  section: RawSection,
  { legend, role, lanes }: Pick<Holding, 'legend' | 'role' | 'lanes'>,
): PlanStatus {
  return (
    lanes.get(section) ?? statusOfSection(section, legend) ?? (role === 'completed' ? 'done' : 'planned')
  );
}

/** True where what has no mark of its own is done. */
export function isAmongFinished(section: RawSection, list: ListBlock, holding: Holding): boolean {
  const said = statusOfLabel(section.labels.get(list) ?? '', holding.legend);
  return (said ?? statusWithoutMark(section, holding)) === 'done';
}

function takesPlain(
  section: RawSection,
  list: ListBlock,
  { isNamedForWork, hasBoxes, lanes, statements }: Holding,
): boolean {
  const said = section.labels.get(list) ?? '';
  if (tellsOfItself(section) || (isSentence(said) && !speaksOfWork(said))) return false;
  if (lanes.has(section) && !hasBoxes) return true;
  const label = said === '' || isSentence(said) ? section.title : said;
  if (isNamedForWork && !hasBoxes && !isInTicket(section))
    return statements.taskTables.length === 0
      ? !section.isTop || section.level > 0
      : announcesWork(label) || isPhase(section);
  return (
    list.entries[0]?.isNumbered === true &&
    /\b(?:goals?|objectives?|milestones?|action items?|to-?dos?)\b/i.test(label)
  );
}
