import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import { splitPriority } from './asides.ts';
import { placeOfMark, type ReadBullet } from './bullets.ts';
import { splitDependencies } from './dependencies.ts';
import { explains, type Attribute } from './labels.ts';
import { isPhase } from './phases.ts';
import { spanOfText, type ItemContext } from './places.ts';
import type { RawSection } from './sections.ts';
import { statusIfStruck, strikeOf } from './struck.ts';
import { mayHoldWork } from './topics.ts';
import { isNothing, readPriority, readStatus, withoutDecoration } from './vocabulary.ts';

const numbered = /^(?:task|ticket|story|work item|action|to-?do|feature)\s*#?\s*[\d.]+\b/i;

/** True where a heading itself is an item, provided that nothing below it is one: it says a status, or counts tasks, or is a ticket of a list of work. */
export function isHeadingItem(
  section: RawSection,
  { isNamedForWork, hasBoxes }: { readonly isNamedForWork: boolean; readonly hasBoxes: boolean },
): boolean {
  const { topic, mark, title, attributes, isTop, level } = section;
  if (isTop || level < 2 || !mayHoldWork(topic)) return false;
  return (
    (mark !== undefined && !onlyStatus.test(title)) ||
    numbered.test(title) ||
    (isNamedForWork && (isTicket(section) || (attributes.has('priority') && level > 2))) ||
    (isNamedForWork && !hasBoxes && level > 2 && isExplained(section)) ||
    (attributes.has('status') && attributes.size > 1 && level > 2)
  );
}

/** True where lines below a heading say how it is, and of what priority or effort: plain bullets below it describe it. */
export function tellsOfItself(section: RawSection): boolean {
  const { attributes, level } = section;
  return attributes.has('status') && attributes.size > 1 && level > 2 && !isPhase(section);
}

/** True below a heading that begins with a ticket's number, `SHOP-12: Load the orders`: in a list of work it is an item, which plain bullets below it describe. */
export function isInTicket(section: RawSection): boolean {
  for (let at: RawSection | undefined = section; at && !at.isTop; at = at.parent)
    if (isTicket(at)) return true;
  return false;
}

/** True where a list below a heading explains it: 'Why: the share moves'. */
function isExplained(section: RawSection): boolean {
  const lists = section.blocks.filter((block) => block.kind === 'list');
  return !isPhase(section) && lists.some(({ entries }) => entries.some(({ text }) => explains(text)));
}

function isTicket(section: RawSection): boolean {
  return ticket.test(section.title) && !isPhase(section);
}

/** Not of what holds tasks. */
const ticket =
  /^(?!(?:PHASE|STAGE|MILESTONE|SPRINT|RELEASE|EPIC|WEEK)-)[A-Z][A-Z\d]+-\d+(?:\s*[:.)]|\s+[–—-])\s/;

/** '✅ Completed' heads a list; it is no item. */
const onlyStatus =
  /^(?:completed?|done|finished|in progress|planned|pending|to-?do|blocked|released|shipped|upcoming|next|now|later|status|current status)\b[^\p{L}]*(?:\p{L}+\s*)?$/iu;

/** Reads `### Task 3: Load ✅` with the lines below it: `**Priority**: P0`; `bare` is the status of one that says none. */
export function readHeading(
  section: RawSection,
  context: ItemContext,
  bare: PlanStatus = 'planned',
): ReadBullet {
  const { mark, attributes, heading } = section;
  const { title, priority } = splitPriority(section.title);
  const said = (key: string): string | undefined => {
    const text = attributes.get(key)?.text;
    return text === undefined || isNothing(text) ? undefined : text;
  };
  const status = mark?.status ?? readStatus(said('status') ?? '', context.legend).status;
  const priorityLine =
    priority === undefined && said('priority') !== undefined ? attributes.get('priority') : undefined;
  const owner = said('owner');
  const due = said('due');
  const start = heading.start + /^#*[ \t]*/.exec(context.text.slice(heading.start, heading.end))![0].length;
  const within = { start, end: heading.end };
  const written = mark ? undefined : attributes.get('status');
  const place = written ? placeOfValue(written, context) : placeOfMark(mark, within, context);
  const isSaid = mark !== undefined || said('status') !== undefined;
  const item: Omit<PlanItem, 'id' | 'group'> = {
    title: withoutDecoration(title),
    status: isSaid
      ? status
      : statusIfStruck({ status: bare, statusText: '' }, strikeOf(context.text, within)),
    statusText: mark?.text ?? written?.text ?? '',
    priority: priority ?? readPriority(said('priority') ?? ''),
    effort: said('effort'),
    dependencies: splitDependencies(said('dependencies') ?? ''),
    location: { path: context.path, span: within },
    statusSpan: place.span,
    ...(priorityLine ? { prioritySpan: spanOfText(priorityLine.span, priorityLine.text, context) } : {}),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
  };
  // A span of its own: what stands below may say otherwise while the heading is the very same.
  return { item, span: { ...heading }, slot: place.slot };
}

function placeOfValue({ text, span }: Attribute, context: ItemContext): ReturnType<typeof placeOfMark> {
  const room = spanOfText(span, text, context);
  return {
    span: room,
    slot: { kind: 'cell', room, column: { width: undefined }, isPlain: false, symbol: undefined },
  };
}
