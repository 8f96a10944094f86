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
    if (groups) this.#groups = new Map(groups.map((group) => [group.number, group]));
    const before = since === 0 ? new Map<string, readonly Known[]>() : this.#known;
    const known = new Map<string, readonly Known[]>();
    this.plans = plans.map(({ items: { from, gone, come, moved }, ...plan }) => {
      const items = before.get(plan.uri) ?? [];
      const stayed = [...items.slice(0, from), ...movedBy(moved, items.slice(from + gone))];
      const named = groups ? stayed.map((each) => this.#named(each)) : stayed;
      const others = come.map((told) => ({ told, item: this.#itemOf(told) }));
      const all = [...named.slice(0, from), ...others, ...named.slice(from)];
      known.set(plan.uri, all);
      return { ...plan, items: all.map(({ item }) => item) };
    });
    this.#known = known;
    this.revision = revision;
  }

  /** What stands where it stood, in a group that may be called otherwise. */
  #named({ told, item: { line, range } }: Known): Known {
    return { told, item: { ...this.#itemOf(told), line, range } };
  }

  #itemOf({ group, blockedBy, ...said }: ToldItem): PlanItemAnswer {
    const { title, prefix } = this.#groups.get(group)!;
    const idIn = (number: number, id: string): string => `${this.#groups.get(number)!.prefix}${id}`;
    return {
      ...said,
      group: title,
      id: `${prefix}${said.id}`,
      ...(said.parent === undefined ? {} : { parent: `${prefix}${said.parent}` }),
      ...(blockedBy
        ? {
            blockedBy: blockedBy.map(({ group: number, id, ...other }) => ({
              ...other,
              id: idIn(number, id),
            })),
          }
        : {}),
    };
  }
}

function movedBy(lines: number, known: readonly Known[]): readonly Known[] {
  if (lines === 0) return known;
  const moved = ({ line, character }: Position): Position => ({ line: line + lines, character });
  return known.map(({ told, item }) => {
    const { start, end } = item.range;
    const range = { start: moved(start), end: moved(end) };
    return { told, item: { ...item, line: item.line + lines, range } };
  });
}
