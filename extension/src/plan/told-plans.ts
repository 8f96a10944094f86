import type { Position } from '../../../server/src/core/span.ts';
import type { PlanChanges, ToldGroup, ToldItem } from '../../../server/src/protocol/plan-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';

interface Known {
  /** As it was told, but for where it stands. */
  readonly told: ToldItem;
  readonly item: PlanItemAnswer;
}

/** The plans as the server has told of them, piece by piece. */
export class ToldPlans {
  plans: readonly PlanAnswer[] = [];
  /** What to ask the server with for what has changed since. */
  revision = 0;
  #known: ReadonlyMap<string, readonly Known[]> = new Map();
  #groups: ReadonlyMap<number, ToldGroup> = new Map();

  take({ since, revision, groups, plans }: PlanChanges): void {
    const renamed = groups ? this.#rename(groups) : none;
    const before = since === 0 ? new Map<string, readonly Known[]>() : this.#known;
    const known = new Map<string, readonly Known[]>();
    this.plans = plans.map(({ items: { from, gone, come, moved }, ...plan }) => {
      const items = before.get(plan.uri) ?? [];
      const stayed = [...items.slice(0, from), ...movedBy(moved, items.slice(from + gone))];
      const named = renamed.size === 0 ? stayed : stayed.map((each) => this.#again(each, renamed));
      const others = come.map((told) => ({ told, item: { ...told, ...this.#namesIn(told) } }));
      const all = [...named.slice(0, from), ...others, ...named.slice(from)];
      known.set(plan.uri, all);
      return { ...plan, items: all.map(({ item }) => item) };
    });
    this.#known = known;
    this.revision = revision;
  }

  /** Takes in what groups are called; gives the numbers of those that were called otherwise. */
  #rename(groups: readonly ToldGroup[]): ReadonlySet<number> {
    const before = this.#groups;
    this.#groups = new Map(groups.map((group) => [group.number, group]));
    const isSame = ({ number, title, prefix }: ToldGroup): boolean =>
      before.get(number)?.title === title && before.get(number)?.prefix === prefix;
    return new Set(groups.filter((group) => !isSame(group)).map(({ number }) => number));
  }

  /** What stands where it stood, with the names that it has now. */
  #again(known: Known, renamed: ReadonlySet<number>): Known {
    const { told, item } = known;
    const isAnother =
      renamed.has(told.group) || told.blockedBy?.some(({ group }) => renamed.has(group)) === true;
    return isAnother ? { told, item: { ...item, ...this.#namesIn(told) } } : known;
  }

  /** All that an item has of its group and those of the items that it waits for. */
  #namesIn({
    group,
    id,
    parent,
    blockedBy,
  }: ToldItem): Pick<PlanItemAnswer, 'id' | 'group' | 'parent' | 'blockedBy'> {
    const { title, prefix } = this.#groups.get(group)!;
    const names = { group: title, id: `${prefix}${id}` };
    const own = parent === undefined ? names : { ...names, parent: `${prefix}${parent}` };
    if (!blockedBy) return own;
    const idIn = (number: number, other: string): string => `${this.#groups.get(number)!.prefix}${other}`;
    return {
      ...own,
      blockedBy: blockedBy.map((other) => ({
        uri: other.uri,
        title: other.title,
        id: idIn(other.group, other.id),
      })),
    };
  }
}

const none: ReadonlySet<number> = new Set();

function movedBy(lines: number, known: readonly Known[]): readonly Known[] {
  if (lines === 0) return known;
  const moved = ({ line, character }: Position): Position => ({ line: line + lines, character });
  return known.map(({ told, item }) => {
    const { start, end } = item.range;
    const range = { start: moved(start), end: moved(end) };
    return { told, item: { ...item, line: item.line + lines, range } };
  });
}
