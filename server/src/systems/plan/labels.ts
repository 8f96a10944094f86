import type { Span } from '../../core/span.ts';
import { BlockTexts } from './block-texts.ts';
import { keysOfWaiting } from './dependencies.ts';
import type { Block, HeadingBlock, ListBlock, ListEntry, PlainText } from './markdown.ts';

/** What a line below a heading, or in an entry of a list, says of the whole: `**Priority**: High`. */
export interface Attribute {
  /** As it is written before the colon. */
  readonly key: string;
  readonly text: string;
  /** Where the whole line stands. */
  readonly span: Span;
}

type OwnBlock = Exclude<Block, HeadingBlock>;

const key = String.raw`(status|state|priority|effort|estimate|estimated (?:effort|time)|size|owner|assignee|assigned to|due(?: date)?|deadline|target(?: date)?|timeline|${keysOfWaiting})\s*[:=]`;
const keys = new RegExp(String.raw`^${key}\s*(\S.*)$`, 'i');
const hasKey = new RegExp(String.raw`(?:^|\n| \| )\s*${key}`, 'i');

const names: Readonly<Record<string, string>> = {
  state: 'status',
  estimate: 'effort', 'estimated effort': 'effort', 'estimated time': 'effort', size: 'effort',
  assignee: 'owner', 'assigned to': 'owner',
  'due date': 'due', deadline: 'due', target: 'due', 'target date': 'due', timeline: 'due',
  dependency: 'dependencies', 'depends on': 'dependencies', 'blocked by': 'dependencies',
  prerequisite: 'dependencies', prerequisites: 'dependencies', requires: 'dependencies',
}; // prettier-ignore

/** The attributes of a section: in its first paragraphs and in lists that hold nothing else. The first of a key counts. */
export function attributesOf(
  blocks: readonly OwnBlock[],
  texts = new BlockTexts(),
): ReadonlyMap<string, Attribute> {
  return firstOf(
    blocks.flatMap((block) => {
      const lines = texts.matching(hasKey, block);
      return lines.filter((line) => !isInEntry(line));
    }),
  );
}

/** What plain entries say of the one that they lie in directly; undefined where none does. */
export function attributesBelow(
  list: ListBlock,
  texts = new BlockTexts(),
): ReadonlyMap<ListEntry, readonly ListEntry[]> | undefined {
  const saying = new Set<PlainText>(texts.matching(hasKey, list));
  if (saying.size === 0) return undefined;
  const found = new Map<ListEntry, ListEntry[]>();
  const open: ListEntry[] = [];
  for (const entry of list.entries) {
    open.length = entry.depth;
    const around = open.at(-1);
    open.push(entry);
    if (!around || !saying.has(entry) || !isAttributeEntry(entry)) continue;
    const others = found.get(around);
    if (others) others.push(entry);
    else found.set(around, [entry]);
  }
  return found.size === 0 ? undefined : found;
}

/** True for an entry of a list that only says something of what it stands in. */
export function isAttributeEntry({ box, text }: ListEntry): boolean {
  return !box && isAttribute(text);
}

/** What lines say, by the names of their keys. The first of a key counts. */
export function firstOf(lines: readonly PlainText[]): ReadonlyMap<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const { text, span } of lines)
    for (const line of text.split(/\n| \| /)) {
      const [, key, value] = keys.exec(line.trim()) ?? [];
      if (key === undefined || value === undefined) continue;
      const name = names[key.toLowerCase()] ?? key.toLowerCase();
      if (!found.has(name)) found.set(name, { key, text: value.trim(), span });
    }
  return found;
}

/** True for what lies in another entry and tells of that; one that only announces what lies in it is none. */
function isInEntry(line: PlainText | ListEntry): boolean {
  return 'parents' in line && !line.parents.every((text) => text.endsWith(':'));
}

/** True for the list entries that only say something of the heading above them. */
export function isAttribute(text: string): boolean {
  return keys.test(text);
}

/** Nothing that is to be done is called so. */
const explaining =
  /^(?:why(?: \w+){0,6}|rationale|reason|purpose|motivation|goal|objective|benefits?|impact|mitigation|alternatives?|trade-?offs?|complexity|(?:acceptance|success|exit|completion) (?:criteria|metrics?)|criterion|done when|definition of done|expected (?:outcome|result)s?|out of scope|non-goals?|(?:replaced|superseded) by|last updated)\s*(?:\([^()]*\)\s*)?:/i;
/** These may be what a task is called, but not beside one of the others. */
const besideExplaining =
  /^(?:what|how|problem|issue|context|background|current(?: state)?|decision|solution|approach|fix|steps|scope|blocks|remaining|resolved|removed|risks?|outcomes?|results?|evidence|references?|examples?|notes?|version|tests?|testing|files?)\s*(?:\([^()]*\)\s*)?:/i;

/** True where an entry of a list begins with a label that explains what its heading speaks of: 'Why: the share moves'. */
export function explains(text: string): boolean {
  return explaining.test(text);
}

/** True for an entry that only says something of the heading above it; `isBesideOthers` where one beside it explains that. */
export function isRemark(text: string, isBesideOthers: boolean): boolean {
  return isAttribute(text) || explains(text) || (isBesideOthers && besideExplaining.test(text));
}

/** True for an entry that only says that there is none: 'None', '(none yet)', 'No tasks in progress', 'Nothing to do'. */
export function saysNone(text: string): boolean {
  return none.test(text);
}

const none =
  /^[^\p{L}\p{N}]*(?:none|nothing|no (?:open |active |current |known )?(?:tasks?|items?|cards?|to-?dos?|entries))(?:\s+(?:yet|so far|here|currently|at the moment|at present|right now|now|left|open|planned|in progress|blocked|done|to do))*[^\p{L}\p{N}]*$/iu;

/** Longer ones lead into a list as a part of what they say, and are no title of it. */
const longestLabel = 60;

/** The line that announces each list, without its colon; of a list that a sentence leads into, the sentence. */
export function labelsOf(blocks: readonly OwnBlock[]): ReadonlyMap<ListBlock, string> {
  const found = new Map<ListBlock, string>();
  let label: string | undefined;
  for (const block of blocks) {
    if (block.kind === 'list' && label !== undefined) found.set(block, label);
    if (block.kind !== 'paragraph') continue;
    const last = block.text.split('\n').at(-1)!.trim();
    label = block.isBold || /^.{2,}:$/.test(last) ? last.replace(/:$/, '') : undefined;
  }
  return found;
}

/** True for what leads into a list rather than being called so. */
export function isSentence(label: string): boolean {
  return label.length > longestLabel;
}
