import { Answers } from './answers.ts';
import { codeOf, groupQuestion, groupsQuestion, ItemIndex } from './item-index.ts';
import type { PlanStatus } from './plan.ts';
import { sameItemKey } from './plan-set.ts';

/** An item as far as dependencies are about it. Items are told apart by document and id. */
export interface LinkableItem {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly status: PlanStatus;
  readonly dependencies: readonly string[];
  /** Where it stands in its document. */
  readonly at: number;
  readonly parent?: string | undefined;
  /** As of a plan's item. */
  readonly code?: string | undefined;
}

/** What is known besides items that a dependency may be about. */
export interface KnownThings {
  /** Services of containers, each with the words that name it: its own name, its image's. */
  readonly services: readonly { readonly name: string; readonly words: readonly string[] }[];
  /** Systems that are here, by id and title. */
  readonly systems: readonly { readonly id: string; readonly title: string }[];
  readonly checks: readonly { readonly id: string; readonly title: string | undefined }[];
}

export const nothingKnown: KnownThings = { services: [], systems: [], checks: [] };

/** What a dependency is about. */
export type Meaning<Item extends LinkableItem = LinkableItem> =
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  | { readonly kind: 'services'; readonly names: readonly string[] }
  | { readonly kind: 'system'; readonly id: string; readonly title: string }
  | { readonly kind: 'check'; readonly id: string }
  /** It counts items, and this one is none of them: 'Step 9' where the steps end at 5. */
  | { readonly kind: 'missing'; readonly name: string; readonly nearest: Item | undefined }
  /** Whatever it is about, it stays a text. */
  | { readonly kind: 'text' };

const text: Meaning<never> = { kind: 'text' };
const none: readonly Meaning<never>[] = [];

/** Words that only say how far the named thing has to be. */
const state =
  /\s*(?:\b(?:is|are|has been|have been|must be|to be)\s+)?\b(?:fully\s+)?(?:completion|completed?|done|finished|ready|running|operational|up(?: and running)?|installed|available|in place|implemented|implementation|released|deployed|live|online|passing|works|working|set up|delivered|merged)$/i;
const lead = /^(?:after|needs?|requires?|once|when|depends on|all of|the|completion of|blocked by)\s+/i;
const kindOfThing = /\s+(?:services?|servers?|containers?|databases?|instances?|clusters?|brokers?)$/i;

const counted =
  /^(?:the\s+)?(steps?|phases?|stages?|tasks?|items?|milestones?|sprints?|parts?|stories|story|tickets?|levels?|iterations?)\s+#?(\d+(?:\.\d+)*[a-z]?(?:\s*(?:[-–—&+/]|to|through|and)\s*#?\d+(?:\.\d+)*[a-z]?)*)$/i;
const before =
  /^(?:all\s+)?(?:the\s+)?(?:previous|prior|earlier|preceding|above|foregoing)\s*(?:(steps?|phases?|stages?|tasks?|items?|milestones?|work|ones)\b.*)?$|^all\s+(steps?|phases?|stages?|tasks?|items?)(?:\s+above)?$|^everything above$/i;

/**
 * Tells what dependencies are about, by rules that `docs/planning-document.md` lists. What is not certain stays a text.
 * Made once for all items of a plan, in its order; then each question costs what the answer holds, and so does `follow`.
 */
export class PlanLinks<Item extends LinkableItem> {
  readonly #known: KnownThings;
  readonly #index: ItemIndex<Item>;
  readonly #answers = new Answers<Item, readonly Meaning<Item>[]>();

  constructor(items: readonly Item[], known: KnownThings = nothingKnown) {
    this.#index = new ItemIndex(items);
    this.#known = known;
  }

  get items(): readonly Item[] {
    return this.#index.items;
  }

  /** What each of the item's dependencies is about; asked as often as one likes. */
  meaningsOf(item: Item): readonly Meaning<Item>[] {
    if (item.dependencies.length === 0) return none;
    return this.#answers.of(item, this.#make);
  }

  /** Made once: who orders or checks a plan asks of all items at each letter. */
  readonly #make = (item: Item): readonly Meaning<Item>[] =>
    item.dependencies.map((dependency) => this.meaningOf(item, dependency));

  /**
   * Goes on to the items of `now`: one that stands where it stood stays the same object and becomes what it is there.
   * Gives the items whose dependencies may be about something else now.
   */
  follow(now: readonly Item[]): readonly Item[] {
    const { questions, changed } = this.#index.follow(now);
    const rewired = new Set(changed);
    for (const item of this.#answers.asking(questions)) rewired.add(item);
    for (const item of rewired) this.#answers.forget(item);
    for (const item of this.#index.gone) this.#answers.forget(item);
    return [...rewired].filter((item) => !this.#index.gone.has(item));
  }

  meaningOf(item: Item, dependency: string): Meaning<Item> {
    const whole = dependency.trim();
    const bare = stripped(whole);
    return (
      this.#counted(item, bare) ??
      this.#before(item, whole, bare) ??
      this.#named(item, whole, bare) ??
      this.#ownGroup(item, whole, bare) ??
      this.#thing(whole, bare) ??
      text
    );
  }

  /** 'Step 1', 'Steps 1-3', 'Phase 2': items that begin so, else the items of the group that does. */
  #counted(item: Item, bare: string): Meaning<Item> | undefined {
    const match = counted.exec(bare);
    if (!match) return undefined;
    const word = singular(match[1]!);
    const numbers = numbersOf(match[2]!);
    const found: Item[] = [];
    for (const number of numbers) {
      const items =
        nearest(item, this.#find(`count ${word} ${number}`)) ?? this.#inGroup(item, `${word} ${number}`);
      if (!items || items.length === 0) {
        // Where the document counts no such things, nobody can tell what is meant.
        if (this.#find(`counts ${item.path}\0${word}`).length === 0) return text;
        return { kind: 'missing', name: `${capital(word)} ${number}`, nearest: undefined };
      }
      found.push(...items);
    }
    const others = found.filter((each) => each !== item);
    return others.length > 0 ? { kind: 'items', items: others } : text;
  }

  #find(name: string): readonly Item[] {
    this.#answers.note(name);
    return this.#index.named(name);
  }

  #group(path: string, group: string): readonly Item[] {
    this.#answers.note(groupQuestion(path, group));
    return this.#index.group(path, group);
  }

  #inGroup(item: Item, beginning: string): readonly Item[] | undefined {
    this.#answers.note(groupsQuestion);
    const begins = new RegExp(`^${beginning}(?![\\p{L}\\p{N}.])`, 'iu');
    for (const [group] of this.#index.groupsOf(item.path))
      if (begins.test(group)) return this.#group(item.path, group);
    return undefined;
  }

  /** 'Previous steps': what stands before it in its group; of counted items only those that are counted by that word. */
  #before(item: Item, whole: string, bare: string): Meaning<Item> | undefined {
    const match = before.exec(whole) ?? before.exec(bare);
    if (!match) return undefined;
    const word = singular(match[1] ?? match[2] ?? '');
    const earlier = this.#earlier(item);
    const begun = new Set(word === '' ? [] : this.#find(`begins ${word}`));
    const counting = earlier.filter((each) => begun.has(each));
    const items = counting.length > 0 ? counting : earlier;
    return items.length > 0 ? { kind: 'items', items } : text;
  }

  #earlier(item: Item): readonly Item[] {
    return this.#group(item.path, item.group).filter(
      (other) => other.at < item.at && other.parent === item.parent,
    );
  }

  /** An item's title, its number or code, or a group's title. */
  #named(item: Item, whole: string, bare: string): Meaning<Item> | undefined {
    for (const words of new Set([whole, bare])) {
      const key = sameItemKey(words);
      const byCode =
        codeOf(words) === words ? this.#find(`code ${words.replace(/^#/, '').toLowerCase()}`) : [];
      const own = /^[\w-]+$/.test(words) ? this.#find(`own ${words}`) : [];
      const called = byCode.length > 0 ? byCode : this.#find(`title ${key}`);
      const found = nearest(item, own.length > 0 ? own : called);
      if (found && found.length === 1 && found[0] !== item) return { kind: 'items', items: found };
      const group = key === '' ? undefined : this.#onlyGroup(key);
      if (group && !(group.path === item.path && group.group === item.group))
        return { kind: 'items', items: this.#group(group.path, group.group) };
    }
    return undefined;
  }

  /** An item of the group of that title, where it is the only one. */
  #onlyGroup(key: string): Item | undefined {
    this.#answers.note(groupsQuestion);
    const [group, ...more] = this.#index.groupsCalled(key);
    return more.length === 0 ? group?.[0] : undefined;
  }

  /** 'Implementation complete' under 'Search Implementation': what stands before it in its own group. */
  #ownGroup(item: Item, whole: string, bare: string): Meaning<Item> | undefined {
    const isFinished = /\b(?:completion|completed?|done|finished|released|implemented)$/i.test(whole);
    if (!isFinished) return undefined;
    this.#answers.note(groupsQuestion);
    const own = new Set(sameItemKey(item.group).split(' '));
    const words = sameItemKey(bare).split(' ');
    const earlier = words[0] !== '' && words.every((word) => own.has(word)) ? this.#earlier(item) : [];
    return earlier.length > 0 ? { kind: 'items', items: earlier } : undefined;
  }

  #thing(whole: string, bare: string): Meaning<Item> | undefined {
    const { services, systems, checks } = this.#known;
    const check = checks.find(({ id, title }) =>
      [id, title ?? id].some((name) => sameItemKey(name) === sameItemKey(whole)),
    );
    if (check) return { kind: 'check', id: check.id };
    if (/^all (?:the )?services$/i.test(bare) && services.length > 0)
      return { kind: 'services', names: services.map(({ name }) => name) };
    const noun = sameItemKey(bare.replace(kindOfThing, ''));
    const named = services.filter(({ words }) =>
      words.some((word) => sameItemKey(word) === noun || sameItemKey(word) === sameItemKey(bare)),
    );
    if (named.length > 0) return { kind: 'services', names: named.map(({ name }) => name) };
    const system = systems.find(({ id, title }) =>
      [id, title].some((name) => beginsWith(sameItemKey(whole), sameItemKey(name))),
    );
    return system && { kind: 'system', ...system };
  }
}

/** Those of the item's own group where there are some, else of its document, else all. */
function nearest<Item extends LinkableItem>(item: Item, found: readonly Item[]): readonly Item[] | undefined {
  if (found.length === 0) return undefined;
  const inGroup = found.filter(({ path, group }) => path === item.path && group === item.group);
  if (inGroup.length > 0) return inGroup;
  const inDocument = found.filter(({ path }) => path === item.path);
  return inDocument.length > 0 ? inDocument : found;
}

function stripped(words: string): string {
  let bare = words.replace(/[.!]+$/, '').replace(lead, '');
  for (
    let shorter = bare.replace(state, '');
    shorter !== bare && shorter !== '';
    shorter = bare.replace(state, '')
  )
    bare = shorter;
  return bare.trim();
}

function numbersOf(written: string): readonly string[] {
  const parts = written.toLowerCase().match(/\d+(?:\.\d+)*[a-z]?/g) ?? [];
  const isRange = /^\d+\s*(?:[-–—]|to|through)\s*#?\d+$/i.test(written.trim());
  if (!isRange) return parts;
  const [from, to] = parts.map(Number) as [number, number];
  return to - from > 100 || to < from
    ? parts
    : Array.from({ length: to - from + 1 }, (_, more) => String(from + more));
}

function singular(word: string): string {
  const lower = word.toLowerCase();
  return lower === 'stories' ? 'story' : lower === 'work' || lower === 'ones' ? '' : lower.replace(/s$/, '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function beginsWith(words: string, name: string): boolean {
  return name !== '' && (words === name || words.startsWith(`${name} `));
}
