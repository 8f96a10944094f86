import type { Plan, PlanItem, PlanStatus } from './plan.ts';
import { PlanLinks, type KnownThings, type LinkableItem, type Meaning } from './plan-links.ts';
import type { PlacedItem, PlanSet } from './plan-set.ts';

/** An item with what its dependencies are about. */
export interface StandingItem extends LinkableItem, PlacedItem {
  readonly meanings: readonly Meaning<StandingItem>[];
}

export interface Standing {
  readonly item: StandingItem;
  /** Open items that it waits for. */
  readonly blockedBy: readonly StandingItem[];
  /** Dependencies of which nobody can tell whether they are there. */
  readonly waitsFor: readonly string[];
  /** Not begun, and everything that it waits for is there. */
  readonly isReady: boolean;
  /** How soon it is to be done, see `PlanOrder.next`; undefined where it is not among that. */
  readonly rank: readonly number[] | undefined;
}

/** How the items of a plan stand to each other. */
export interface PlanOrder {
  readonly standings: readonly Standing[];
  /** What to do next, the best first: by priority, then what is begun, what lets others begin, and what costs little. */
  readonly next: readonly Standing[];
}

/** Resolves the dependencies of a plan and orders what is open by them. */
export function orderPlan(set: PlanSet, known: KnownThings): PlanOrder {
  return new PlanOrderer().order(set, known);
}

/** Orders a plan from one state to the next: an edit costs what it changes, and a look at all items. */
export class PlanOrderer {
  #links = new PlanLinks<Unlinked>([]);
  #known = '';
  #order = new Order([]);

  /** As `orderPlan`; what was given before is not to be used any more. */
  order({ documents }: PlanSet, known: KnownThings): PlanOrder {
    const before = this.#links.items;
    const count = documents.reduce((sum, { items }) => sum + items.length, 0);
    const more = count - before.length;
    const now: Unlinked[] = [];
    for (const plan of documents)
      for (const item of plan.items) {
        const at = now.length;
        now.push(
          again(before[at], plan, item) ?? again(before[at - more], plan, item) ?? standingItem(plan, item),
        );
      }
    const isAlike = more === 0 && now.every((item, at) => standsAlike(item, before[at]!));
    const things = JSON.stringify(known);
    const rewired = things === this.#known ? this.#links.follow(now) : undefined;
    this.#known = things;
    if (!rewired) this.#links = new PlanLinks(now, known);
    const { items } = this.#links;
    for (const item of items) item.meanings = this.#links.meaningsOf(item);
    if (isAlike && rewired?.length === 0) return this.#order;
    const standings = rewired
      ? standingsAgain(items, this.#order.standings, new Set(rewired))
      : items.map(standingOf);
    rank(standings);
    return (this.#order = new Order(standings));
  }
}

class Order implements PlanOrder {
  readonly standings: readonly Unranked[];
  #next: readonly Standing[] | undefined;

  constructor(standings: readonly Unranked[]) {
    this.standings = standings;
  }

  get next(): readonly Standing[] {
    return (this.#next ??= this.standings
      .filter((standing) => standing.rank !== undefined)
      .sort((a, b) => compare(a.rank!, b.rank!)));
  }
}

type Unlinked = StandingItem & { plan: Plan; at: number; meanings: readonly Meaning<StandingItem>[] };

/** What stood for this very item before, where it stands now; items move with what they were read from. */
function again(before: Unlinked | undefined, plan: Plan, item: PlanItem): Unlinked | undefined {
  if (before?.item !== item || before.path !== plan.path || before.plan.role !== plan.role) return undefined;
  before.plan = plan;
  before.at = item.location.span.start;
  return before;
}

const noMeanings: Unlinked['meanings'] = [];

/** What its dependencies are about is told once it is among the others. */
function standingItem(plan: Plan, item: PlanItem): Unlinked {
  return {
    plan,
    item,
    path: plan.path,
    id: item.id,
    title: item.title,
    group: item.group,
    status: item.status,
    dependencies: item.dependencies,
    at: item.location.span.start,
    parent: item.parent,
    code: item.code,
    meanings: noMeanings,
  };
}

/** Equal in all that the order of a plan rests on besides dependencies. */
function standsAlike({ plan, item }: PlacedItem, before: PlacedItem): boolean {
  const other = before.item;
  if (plan.role !== before.plan.role || item.status !== other.status) return false;
  return item === other || (item.priority === other.priority && item.effort === other.effort);
}

/** How items stand: as they did, but for those that are rewired and those that came, while none of them has another status. */
function standingsAgain(
  items: readonly StandingItem[],
  before: readonly Unranked[],
  rewired: ReadonlySet<StandingItem>,
): readonly Unranked[] {
  const more = items.length - before.length;
  const of = (item: StandingItem, at: number): Unranked | undefined =>
    before[at]?.item === item ? before[at] : before[at - more]?.item === item ? before[at - more] : undefined;
  const isStill = items.every((item, at) => (of(item, at)?.status ?? item.status) === item.status);
  return items.map((item, at) => (isStill && !rewired.has(item) && of(item, at)) || standingOf(item));
}

function standingOf(item: StandingItem): Unranked {
  const open: StandingItem[] = [];
  const waitsFor: string[] = [];
  const { meanings, status } = item;
  for (let at = 0; at < meanings.length; at++) {
    const meaning = meanings[at]!;
    if (meaning.kind === 'items') {
      for (const other of meaning.items) if (isOpen(other.item)) open.push(other);
    } else if (meaning.kind === 'text' || meaning.kind === 'missing') waitsFor.push(item.dependencies[at]!);
  }
  const isReady = status === 'planned' && open.length === 0 && waitsFor.length === 0;
  // Only two dependencies can be about one item.
  const blockers = meanings.length > 1 ? [...new Set(open)] : open;
  return { item, status, blockedBy: isOpen(item.item) ? blockers : [], waitsFor, isReady, rank: undefined };
}

/** `status` is that of the item when this was told. */
type Unranked = Standing & { readonly status: PlanStatus; rank: Standing['rank'] };

export function isOpen({ status }: Pick<PlanItem, 'status'>): boolean {
  return status !== 'done' && status !== 'skipped';
}

/** Tells how soon each is to be done that can be done next. */
function rank(standings: readonly Unranked[]): void {
  const frees = new Map<StandingItem, number>();
  const parents = new Map<string, Set<string>>();
  for (const { item, blockedBy } of standings) {
    for (const other of blockedBy) frees.set(other, (frees.get(other) ?? 0) + 1);
    if (item.parent === undefined || !isOpen(item.item)) continue;
    const known = parents.get(item.path);
    if (known) known.add(item.parent);
    else parents.set(item.path, new Set([item.parent]));
  }
  const isNext = ({ item, blockedBy }: Standing): boolean =>
    (item.status === 'planned' || item.status === 'in-progress') &&
    (item.plan.role === 'outstanding' || item.plan.role === 'roadmap') &&
    blockedBy.length === 0 &&
    parents.get(item.path)?.has(item.id) !== true;
  // A plan has few words for either, each many times.
  const [priorities, efforts] = [remembered(priorityRank), remembered(effortRank)];
  for (const standing of standings) {
    const { item } = standing;
    standing.rank = isNext(standing)
      ? [
          priorities(item.item.priority),
          item.plan.role === 'outstanding' ? 0 : 1,
          item.status === 'in-progress' ? 0 : 1,
          standing.waitsFor.length === 0 ? 0 : 1,
          -(frees.get(item) ?? 0),
          efforts(item.item.effort),
        ]
      : undefined;
  }
}

function remembered(rankOf: (word: string | undefined) => number): (word: string | undefined) => number {
  const known = new Map<string | undefined, number>();
  return (word) => {
    let rank = known.get(word);
    if (rank === undefined) known.set(word, (rank = rankOf(word)));
    return rank;
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return 0;
}

const priorityWords: readonly RegExp[] = [
  /critical|highest|blocker|urgent|must|🔴/i,
  /high|major|should|🟠/i,
  /medium|normal|moderate|could|🟡/i,
  /low|minor|🟢/i,
  /lowest|trivial|nice|won't/i,
];

/** 0 is the gravest; what has no priority comes after what has one. */
export function priorityRank(priority: string | undefined): number {
  const code = /^P(\d(?:\.\d+)?)$/i.exec(priority ?? '');
  if (code) return Number(code[1]);
  if (priority !== undefined && /lowest/i.test(priority)) return 4;
  const word = priority === undefined ? -1 : priorityWords.findIndex((words) => words.test(priority));
  return word < 0 ? 10 : word;
}

/** Days where they are told, else what the word means; 3 where nothing is told. */
export function effortRank(effort: string | undefined): number {
  const text = effort?.trim() ?? '';
  const amount =
    /^~?(\d+(?:\.\d+)?)\s*(?:[-–]\s*\d+\s*)?(h|hours?|d|days?|w|weeks?|months?|pts?|points?)?\b/i.exec(text);
  if (amount) {
    const unit = amount[2]?.[0]?.toLowerCase();
    return Number(amount[1]) * (unit === 'h' ? 1 / 8 : unit === 'w' ? 5 : unit === 'm' ? 20 : 1);
  }
  if (/^(?:xs|trivial|tiny|minimal)\b/i.test(text)) return 0.5;
  if (/^(?:s|small|low|easy|quick)\b/i.test(text)) return 1;
  if (/^(?:m|medium|moderate)\b/i.test(text)) return 3;
  if (/^(?:l|large|high|hard|big)\b/i.test(text)) return 8;
  if (/^(?:xl|xxl|huge|very)\b/i.test(text)) return 15;
  return 3;
}

/** The circles in which items wait for each other, each once. */
export function findCycles<Item>(
  items: Iterable<Item>,
  waitsFor: (item: Item) => readonly Item[],
): readonly (readonly Item[])[] {
  const state = new Map<Item, 'open' | 'closed'>();
  const cycles: (readonly Item[])[] = [];
  for (const start of items) {
    if (state.has(start)) continue;
    const path: { readonly item: Item; readonly others: readonly Item[]; next: number }[] = [];
    const enter = (item: Item): void => {
      state.set(item, 'open');
      path.push({ item, others: waitsFor(item), next: 0 });
    };
    enter(start);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const other = top.others[top.next++];
      if (other === undefined) {
        state.set(top.item, 'closed');
        path.pop();
      } else if (state.get(other) === 'open') {
        cycles.push(path.slice(path.findIndex(({ item }) => item === other)).map(({ item }) => item));
      } else if (!state.has(other)) enter(other);
    }
  }
  return cycles;
}
