import { baseName } from '../../core/path.ts';
import type { PlanRole } from '../../core/plan.ts';
import type { BulletOptions } from './bullets.ts';
import { isHeadingItem } from './heading-items.ts';
import type { ListBlock } from './markdown.ts';
import { findMark } from './marks.ts';
import { isPhase, statusOfSection } from './phases.ts';
import type { RawSection } from './sections.ts';
import type { StatementReader } from './statements.ts';
import { announcesWork, isListOfWork, soundsLikePlan, topicOfList } from './topics.ts';
import type { Legend } from './vocabulary.ts';

/** What decides which parts of a document are items. */
export interface Holding {
  readonly statements: StatementReader;
  readonly legend: Legend;
  readonly role: PlanRole;
  /** Its bullets are items without a mark each: a roadmap, a to-do list, ideas, that has no boxes to tick. */
  readonly isListOfWork: boolean;
}

export function holdingOf(
  { title, path, role }: { readonly title: string; readonly path: string; readonly role: PlanRole },
  more: Pick<Holding, 'statements' | 'legend'> & { readonly hasBoxes: boolean },
): Holding {
  const name = baseName(path).replace(/\.[^.]*$/, '');
  const isReadme = /^readme$/i.test(name);
  const works = isListOfWork(title) || (!isReadme && isListOfWork(name));
  const isCompleted = role === 'completed' && (soundsLikePlan(title) || soundsLikePlan(name));
  return { ...more, role, isListOfWork: (works || isCompleted) && !more.hasBoxes };
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
    if (holders.has(section) || above.has(section) || !isHeadingItem(section)) continue;
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

/** Beside task tables a check list is work only where its heading says so; it may as well be a form to fill in. */
export function takesBoxes(section: RawSection, list: ListBlock, { statements }: Holding): boolean {
  const hasTaskTables = statements.taskTables.length > 0;
  const topic = topicOfList(section, list);
  if (topic === undefined) return !hasTaskTables;
  return topic === 'tasks' && !(hasTaskTables && section.isTop);
}

/** Which bullets of a list are items; undefined where none is. */
export function bulletsOf(section: RawSection, list: ListBlock, holding: Holding): BulletOptions | undefined {
  const topic = topicOfList(section, list);
  if (topic !== undefined && topic !== 'tasks') return undefined;
  const { legend } = holding;
  const top = list.entries.filter(({ depth }) => depth === 0);
  if (top.some(({ box }) => box)) return undefined;
  const marked = top.filter(({ text }) => findMark(text, legend) !== undefined).length;
  const said = statusOfSection(section, legend);
  const status = said ?? (holding.role === 'completed' ? 'done' : 'planned');
  if (takesPlain(section, list, holding)) return { which: 'all', status };
  return marked > 0 && marked * 2 >= top.length ? { which: 'marked', status } : undefined;
}

function takesPlain(
  section: RawSection,
  list: ListBlock,
  { isListOfWork: isWork, statements }: Holding,
): boolean {
  const label = section.labels.get(list) ?? section.title;
  if (isWork)
    return statements.taskTables.length === 0
      ? !section.isTop || section.level > 0
      : announcesWork(label) || isPhase(section);
  return (
    list.entries[0]?.isNumbered === true &&
    /\b(?:goals?|objectives?|milestones?|action items?|to-?dos?)\b/i.test(label)
  );
}
