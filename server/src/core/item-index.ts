import { sameEnds as identicalEnds } from './made-items.ts';
import type { LinkableItem } from './plan-links.ts';
import { sameItemKey } from './plan-set.ts';
import { isSameList } from './same-list.ts';

/** What became of a plan: the questions to the index that have other answers now, and the items that came or are other ones. */
export interface IndexChange<Item> {
  readonly questions: ReadonlySet<string>;
  readonly changed: readonly Item[];
}

/** The items of a plan in its order, by all that dependencies call them and by their groups; an edit costs what it changes. */
export class ItemIndex<Item extends LinkableItem> {
  #items: readonly Item[] = [];
  /** Those that the last `follow` took out. */
  gone: ReadonlySet<Item> = new Set();
  /** See `namesOf`. */
  readonly #byName = new Map<string, Item[]>();
  /** Of `items`: one map for all edits, as most items outlive them. */
  readonly #places = new Map<Item, number>();
  #groups: ReadonlyMap<string, ReadonlyMap<string, Item[]>> = new Map();
  /** By `sameItemKey`; sorted out when somebody asks. */
  #groupsByKey: ReadonlyMap<string, readonly (readonly Item[])[]> | undefined;

  constructor(items: readonly Item[]) {
    this.follow(items);
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  named(name: string): readonly Item[] {
    return this.#byName.get(name) ?? [];
  }

  /** The items of one group, in their order. */
  group(path: string, group: string): readonly Item[] {
    return this.#groups.get(path)?.get(group) ?? [];
  }

  groupsOf(path: string): Iterable<readonly [group: string, items: readonly Item[]]> {
    return this.#groups.get(path) ?? [];
  }

  /** The groups of all documents that are called so, by `sameItemKey`. */
  groupsCalled(key: string): readonly (readonly Item[])[] {
    this.#groupsByKey ??= Map.groupBy(
      [...this.#groups.values()].flatMap((ofPath) => [...ofPath.values()]),
      ([first]) => sameItemKey(first!.group),
    );
    return this.#groupsByKey.get(key) ?? [];
  }

  /** Goes on to the items of `now`: one that stands where it stood stays the same object and becomes what it is there. */
  follow(now: readonly Item[]): IndexChange<Item> {
    const before = this.#items;
    const { from, behind } = sameEnds(before, now);
    const [out, come] = [before.slice(from, before.length - behind), now.slice(from, now.length - behind)];
    const change = new Change<Item>();
    this.gone = new Set();
    // Each can become the one at its place where none of them stands elsewhere now.
    const isPair = (item: Item, at: number): boolean => item === out[at] || !this.#places.has(item);
    if (out.length === come.length && come.every(isPair)) {
      const isRenaming = this.#renameGroups(out, come, change);
      for (let at = 0; at < out.length; at++) this.#become(out[at]!, come[at]!, { change, isRenaming });
    } else {
      for (const item of out) change.take(item, namesOf(item));
      for (const item of come) change.give(item, namesOf(item));
      this.#items = [...before.slice(0, from), ...come, ...before.slice(before.length - behind)];
      for (const item of out) this.#places.delete(item);
      for (let at = 0; at < this.#items.length; at++) this.#places.set(this.#items[at]!, at);
      this.gone = new Set(out.filter((item) => !this.#places.has(item)));
    }
    for (let at = 0; at < from; at++) change.write(before[at]!, now[at]!);
    for (let at = 1; at <= behind; at++) change.write(before.at(-at)!, now.at(-at)!);
    this.#leave(change.leaving);
    this.#join(change.joining);
    if (change.isRegrouped) this.#regroup(change);
    return change;
  }

  #become(item: Item, next: Item, { change, isRenaming }: Becoming<Item>): void {
    if (item === next) return;
    const isCalledSo = item.title === next.title && item.path === next.path && item.code === next.code;
    const isAmongOthers = !isRenaming && isElsewhere(item, next);
    if (isAmongOthers) change.regroup(item, next);
    if (!isCalledSo || isAmongOthers) {
      const was = namesOf(item);
      const is = isCalledSo ? was : namesOf(next);
      const left = [...was].filter((name) => !is.has(name));
      const added = [...is].filter((name) => !was.has(name));
      change.leave(item, left);
      change.rename(item, added, isAmongOthers ? [...was, ...is] : [...left, ...added]);
    }
    change.write(item, next);
  }

  /** True where groups only have other titles: each is among the same items then, and only who asked for groups has another answer. */
  #renameGroups(out: readonly Item[], come: readonly Item[], change: Change<Item>): boolean {
    const path = out.find((item, at) => isElsewhere(item, come[at]!))?.path;
    if (path === undefined) return false;
    const titles = renamedGroups(out, come);
    if (!titles) return false;
    const isFree = (title: string): boolean => titles.has(title) || this.group(path, title).length === 0;
    for (const [was, { title, count }] of titles)
      if (was !== title && (count < this.group(path, was).length || !isFree(title))) return false;
    for (const [was, { title }] of titles) {
      change.ask(groupQuestion(path, was));
      change.ask(groupQuestion(path, title));
    }
    if ([...titles].every(([was, { title }]) => was === title)) return true;
    const groups = new Map<string, Item[]>();
    for (const [was, items] of this.#groups.get(path)!) groups.set(titles.get(was)?.title ?? was, items);
    this.#arrange(new Map(this.#groups).set(path, groups), change);
    return true;
  }

  /** All at once: many items may have one name. */
  #leave(leaving: ReadonlyMap<string, ReadonlySet<Item>>): void {
    for (const [name, items] of leaving) {
      const left = this.named(name).filter((each) => !items.has(each));
      if (left.length === 0) this.#byName.delete(name);
      else this.#byName.set(name, left);
    }
  }

  /** Items of one name stand in the order of the plan. */
  #join(joining: ReadonlyMap<string, readonly Item[]>): void {
    const byPlace = (a: Item, b: Item): number => this.#places.get(a)! - this.#places.get(b)!;
    for (const [name, items] of joining)
      this.#byName.set(name, [...this.named(name), ...items].sort(byPlace));
  }

  /** A group that no item has left or joined is the very same list. */
  #regroup(change: Change<Item>): void {
    const groups = new Map<string, Map<string, Item[]>>();
    const others = new Set<Item[]>();
    for (const item of this.#items) {
      const { path, group } = item;
      let ofPath = groups.get(path);
      if (!ofPath) groups.set(path, (ofPath = new Map()));
      let items = ofPath.get(group);
      if (!items) {
        const isSame = !change.questions.has(groupQuestion(path, group));
        ofPath.set(group, (items = isSame ? this.#groups.get(path)!.get(group)! : []));
        if (!isSame) others.add(items);
      }
      if (others.has(items)) items.push(item);
    }
    for (const items of others) items.sort((a, b) => a.at - b.at);
    this.#arrange(groups, change);
  }

  #arrange(groups: ReadonlyMap<string, ReadonlyMap<string, Item[]>>, change: Change<Item>): void {
    if (titlesOf(groups) !== titlesOf(this.#groups)) change.ask(groupsQuestion);
    this.#groups = groups;
    this.#groupsByKey = undefined;
  }
}

/** Asked by whoever looks for a group by its title. */
export const groupsQuestion = 'groups';

/** Asked by whoever looks at the items of a group. */
export function groupQuestion(path: string, group: string): string {
  return `group ${path}\0${group}`;
}

/** What an index has to do, and what it has to tell, when it goes on from one state of a plan to the next. */
class Change<Item extends LinkableItem> implements IndexChange<Item> {
  readonly questions = new Set<string>();
  readonly changed: Item[] = [];
  readonly leaving = new Map<string, Set<Item>>();
  readonly joining = new Map<string, Item[]>();
  isRegrouped = false;

  ask(question: string): void {
    this.questions.add(question);
  }

  take(item: Item, names: ReadonlySet<string>): void {
    this.leave(item, names);
    for (const name of names) this.ask(name);
    this.touchGroup(item.path, item.group);
  }

  give(item: Item, names: ReadonlySet<string>): void {
    this.rename(item, names, names);
    this.touchGroup(item.path, item.group);
    this.changed.push(item);
  }

  leave(item: Item, names: Iterable<string>): void {
    for (const name of names) {
      const others = this.leaving.get(name);
      if (others) others.add(item);
      else this.leaving.set(name, new Set([item]));
    }
  }

  rename(item: Item, added: Iterable<string>, different: Iterable<string>): void {
    for (const name of different) this.ask(name);
    for (const name of added) {
      const others = this.joining.get(name);
      if (others) others.push(item);
      else this.joining.set(name, [item]);
    }
  }

  /** An item is in another group now, or a part of another one. */
  regroup(item: Item, next: Item): void {
    this.touchGroup(item.path, item.group);
    this.touchGroup(next.path, next.group);
    this.changed.push(item);
  }

  /** Makes an item what it is now. */
  write(item: Item, next: Item): void {
    if (item === next) return;
    if (!isSameList(item.dependencies, next.dependencies)) this.changed.push(item);
    Object.assign(item, next);
  }

  /** Other items are in a group now, or others are parts of each other. */
  touchGroup(path: string, group: string): void {
    this.isRegrouped = true;
    this.ask(groupQuestion(path, group));
  }
}

/** How many items at both ends are still there: the same object, or one called the same where neither stands elsewhere. */
function sameEnds<Item extends LinkableItem>(
  before: readonly Item[],
  now: readonly Item[],
): { readonly from: number; readonly behind: number } {
  const { start, behind: last } = identicalEnds(before, now);
  const [out, come] = [before.slice(start, before.length - last), now.slice(start, now.length - last)];
  const most = Math.min(out.length, come.length);
  let known: readonly ReadonlySet<Item>[] | undefined;
  const isStill = (item: Item, next: Item): boolean => {
    if (item === next) return true;
    if (!isAlike(item, next)) return false;
    known ??= [new Set(out), new Set(come)];
    return !known[0]!.has(next) && !known[1]!.has(item);
  };
  let from = 0;
  while (from < most && isStill(out[from]!, come[from]!)) from++;
  let behind = 0;
  while (behind < most - from && isStill(out.at(-1 - behind)!, come.at(-1 - behind)!)) behind++;
  return { from: start + from, behind: last + behind };
}

interface Becoming<Item extends LinkableItem> {
  readonly change: Change<Item>;
  /** Whether all that become others stay among the same ones. */
  readonly isRenaming: boolean;
}

function isElsewhere(a: LinkableItem, b: LinkableItem): boolean {
  return a.path !== b.path || a.group !== b.group || a.parent !== b.parent;
}

/** What the groups of items in one document are called now, and how many of these are in each; undefined where items are among others now. */
function renamedGroups(
  out: readonly LinkableItem[],
  come: readonly LinkableItem[],
): ReadonlyMap<string, { readonly title: string; readonly count: number }> | undefined {
  const titles = new Map<string, { readonly title: string; count: number }>();
  for (let at = 0; at < out.length; at++) {
    const [was, is] = [out[at]!, come[at]!];
    const known = titles.get(was.group);
    if (was.path !== is.path || was.path !== out[0]!.path || (known && known.title !== is.group))
      return undefined;
    if (known) known.count++;
    else titles.set(was.group, { title: is.group, count: 1 });
  }
  const now = new Set([...titles.values()].map(({ title }) => title));
  return now.size === titles.size && areSameParts(out, come) ? titles : undefined;
}

/** True where each item is a part of the same one as before, which may have another id now. */
function areSameParts(out: readonly LinkableItem[], come: readonly LinkableItem[]): boolean {
  let ids: ReadonlyMap<string, string> | undefined;
  return out.every(({ parent }, at) => {
    const is = come[at]!.parent;
    if (parent === undefined) return is === undefined;
    ids ??= new Map(out.map(({ id }, place) => [id, come[place]!.id]));
    return is === (ids.get(parent) ?? parent);
  });
}

function isAlike(a: LinkableItem, b: LinkableItem): boolean {
  return a.title === b.title && a.code === b.code && !isElsewhere(a, b);
}

function titlesOf(groups: ReadonlyMap<string, ReadonlyMap<string, unknown>>): string {
  return [...groups].map(([path, ofPath]) => [path, ...ofPath.keys()].join('\0')).join('\0\0');
}

const code = /^(?:([A-Za-z]{1,10}[-_ ]?\d+(?:\.\d+)*[a-z]?)|#?(\d+(?:\.\d+)*))(?=$|[\s:.)–—-])/;

/** The code or number that words begin with: 'T7', '#12'. */
export function codeOf(words: string): string | undefined {
  return code.exec(words)?.[0];
}

/** All that an item is found by: its title, the word and number that it begins with, its code. */
function namesOf({ title, path, code: given }: LinkableItem): ReadonlySet<string> {
  const names = new Set<string>();
  if (given !== undefined) names.add(`own ${given}`);
  for (const key of titleKeys(title)) names.add(`title ${key}`);
  addCounts(names, title, path);
  if (given === undefined) return names;
  addCounts(names, given, path);
  const [number] = /\d\S*$/.exec(given) ?? [];
  // Where steps are numbered in a column of their own, the number alone means one, too.
  if (given.includes(' ') && number !== undefined) names.add(`code ${number.toLowerCase()}`);
  return names;
}

function addCounts(names: Set<string>, words: string, path: string): void {
  const [first] = words.toLowerCase().split(' ', 1);
  if (first !== undefined && first.length < words.length) names.add(`begins ${first}`);
  const [, word, number] = /^(\p{L}+)\s+#?(\d+(?:\.\d+)*[a-z]?)(?![\p{L}\p{N}])/u.exec(words) ?? [];
  if (word !== undefined) {
    names.add(`count ${word.toLowerCase()} ${number!.toLowerCase()}`);
    names.add(`counts ${path}\0${word.toLowerCase()}`);
  }
  const own = codeOf(words);
  if (own !== undefined) names.add(`code ${own.replace(/^#/, '').toLowerCase()}`);
}

/** A title is known whole, without the number before it, and by what stands before its colon or bracket. */
function titleKeys(title: string): ReadonlySet<string> {
  const uncounted = title.replace(/^\p{L}*\s*#?\d+(?:\.\d+)*[a-z]?\s*[:.)–—-]\s*/u, '');
  const [head = ''] = uncounted.split(/\s*[:(]/, 1);
  // Most titles have neither a number nor a colon.
  const ways = new Set([title, uncounted, head]);
  return new Set([...ways].map(sameItemKey).filter((key) => key.length > 2));
}
