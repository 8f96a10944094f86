import type { Plan, PlanItem } from '../core/plan.ts';
import type { Standing, StandingItem } from '../core/plan-next.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import { platformPlan } from '../language/platform-plan.ts';
import type { PlanChanges, ToldGroup, ToldItem } from '../protocol/plan-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../protocol/requests.ts';
import { toUri } from './convert.ts';
import { GroupNumbers } from './group-numbers.ts';
import type { OpenDocuments } from './open-files.ts';

/** What is told of an item, but for where it stands: that alone most edits change. */
type Said = Omit<ToldItem, 'line' | 'range'>;

/** The same object as long as it says the same. */
interface Told {
  readonly said: Said;
  /** As it was read last. */
  item: PlanItem;
  /** The items that it waits for, as they were read last. */
  readonly blockers: PlanItem[];
}

interface Placed {
  readonly items: readonly Told[];
  /** Where each item begins: one that is the same is as long, so that this tells where it stands. */
  readonly lines: Uint32Array;
}

const nothing: Placed = { items: [], lines: new Uint32Array() };

interface ToldPlan extends Placed {
  readonly about: Omit<PlanAnswer, 'items'>;
}

/** What a client is told of plans, from one answer to the next: what is the same is told once. */
export class PlanAnswers {
  #revision = 0;
  #plans: readonly ToldPlan[] = [];
  #groups: readonly ToldGroup[] = [];
  readonly #numbers = new GroupNumbers();
  readonly #uris = new Map<string, string>();

  /** The documents in the order of a plan, with what their items wait for over all of them. */
  all(platform: Platform, open: OpenDocuments): readonly PlanAnswer[] {
    return this.#read(platform, open).map(({ plan, source, about, standings }) => ({
      ...about,
      items: plan.items.map((item, at) => ({
        ...this.#answer(item, standings[at]!),
        ...placeOf(item, source),
      })),
    }));
  }

  /** What became of the plans since the client was told of them; all of them where that was not the last time. */
  changes(platform: Platform, open: OpenDocuments, since: number): PlanChanges {
    const isKnown = since === this.#revision;
    const before = new Map(isKnown ? this.#plans.map((plan) => [plan.about.uri, plan]) : []);
    const told = this.#tell(platform, open);
    this.#plans = told.map(({ about, items, lines }) => ({ about, items, lines }));
    this.#revision++;
    const plans = told.map(({ source, ...plan }) => ({
      ...plan.about,
      items: changesOf(before.get(plan.about.uri) ?? nothing, plan, source),
    }));
    const groups = this.#groupsNow();
    const isSame = isKnown && JSON.stringify(groups) === JSON.stringify(this.#groups);
    this.#groups = groups;
    const answer = { since: isKnown ? since : 0, revision: this.#revision, plans };
    return isSame ? answer : { ...answer, groups };
  }

  #groupsNow(): readonly ToldGroup[] {
    const groups = new Map<number, ToldGroup>();
    for (const { items } of this.#plans)
      for (let at = 0; at < items.length; at++) {
        const { item, said } = items[at]!;
        if (items[at - 1]?.said.group === said.group) continue;
        const prefix = item.id.slice(0, -said.id.length);
        groups.set(said.group, { number: said.group, title: item.group, prefix });
      }
    return [...groups.values()];
  }

  #read(platform: Platform, open: OpenDocuments): readonly ReadPlan[] {
    const { set, order, sources } = platformPlan(platform);
    let first = 0;
    return set.documents.map((plan) => {
      const source = sources.get(plan)!;
      const named = { uri: this.#uriOf(plan.path), version: open.at(plan.path)?.version ?? null };
      const standings = order.standings.slice(first, (first += plan.items.length));
      return { plan, source, about: toAnswer(plan, source, named), standings };
    });
  }

  #tell(platform: Platform, open: OpenDocuments): readonly (ToldPlan & { readonly source: SourceFile })[] {
    const known = new Map(this.#plans.map(({ about, items }) => [about.uri, items]));
    const plans = this.#read(platform, open);
    for (const { plan } of plans) this.#numbers.follow(plan.path, plan.groups);
    return plans.map(({ plan, source, about, standings }) => {
      const before = known.get(about.uri) ?? [];
      const more = plan.items.length - before.length;
      const lines = new Uint32Array(plan.items.length);
      const items = plan.items.map((item, at) => {
        lines[at] = source.lineAt(item.location.span.start, lines[at - 1]);
        const standing = standings[at]!;
        const kept = before[at]?.item === item ? before[at] : before[at - more];
        if (kept && this.#isStill(kept, item, standing)) return readAgain(kept, item, standing);
        const blockers = standing.blockedBy.map((other) => other.item);
        return { item, blockers, said: this.#say(item, standing) };
      });
      return { about, source, items, lines };
    });
  }

  /** An item of one text is the same object from edit to edit; how it stands to others may have changed. */
  #isStill(
    { item, blockers, said }: Told,
    now: PlanItem,
    { item: standing, isReady, rank, blockedBy }: Standing,
  ): boolean {
    if (now !== item && !(isOfOneText(now, item) && this.#isCalledStill(said, standing))) return false;
    const { ready, next } = said;
    if ((ready === true) !== isReady || next?.length !== rank?.length) return false;
    if (next) for (let at = 0; at < next.length; at++) if (next[at] !== rank![at]) return false;
    if (blockers.length !== blockedBy.length) return false;
    for (let at = 0; at < blockers.length; at++) {
      const is = blockedBy[at]!;
      if (blockers[at] !== is.item && !this.#isStillBlocker(said.blockedBy![at]!, is)) return false;
    }
    return true;
  }

  #isStillBlocker(was: NonNullable<Said['blockedBy']>[number], is: StandingItem): boolean {
    return was.title === is.title && was.uri === this.#uriOf(is.path) && this.#isCalledStill(was, is);
  }

  #isCalledStill(was: { readonly id: string; readonly group: number }, is: StandingItem): boolean {
    return isOwnId(was.id, is.id) && this.#numbers.of(is) === was.group;
  }

  #say(item: PlanItem, standing: Standing): Said {
    const { parent, blockedBy: _, ...answer } = this.#answer(item, standing);
    const blockers = standing.blockedBy.map(({ path, id, title, group }) => ({
      uri: this.#uriOf(path),
      id: ownId(id),
      group: this.#numbers.of({ path, group }),
      title,
    }));
    return {
      ...answer,
      id: ownId(item.id),
      group: this.#numbers.of(standing.item),
      ...(parent === undefined ? {} : { parent: ownId(parent) }),
      ...(blockers.length === 0 ? {} : { blockedBy: blockers }),
    };
  }

  #answer(item: PlanItem, { isReady, blockedBy, rank }: Standing): Omit<PlanItemAnswer, 'line' | 'range'> {
    const { id, title, group, status, statusText, dependencies, priority, effort } = item;
    const blockers = blockedBy.map((other) => ({
      uri: this.#uriOf(other.path),
      id: other.id,
      title: other.title,
    }));
    return {
      id,
      title,
      group,
      status,
      statusText,
      dependencies,
      ...(priority === undefined ? {} : { priority }),
      ...(effort === undefined ? {} : { effort }),
      ...(item.parent === undefined ? {} : { parent: item.parent }),
      ...(item.owner === undefined ? {} : { owner: item.owner }),
      ...(item.due === undefined ? {} : { due: item.due }),
      ...(item.finished === undefined ? {} : { finished: item.finished }),
      ...(isReady ? { ready: true } : {}),
      ...(blockers.length === 0 ? {} : { blockedBy: blockers }),
      ...(rank ? { next: rank } : {}),
    };
  }

  #uriOf(path: string): string {
    let uri = this.#uris.get(path);
    if (uri === undefined) this.#uris.set(path, (uri = toUri(path)));
    return uri;
  }
}

interface ReadPlan extends Pick<ToldPlan, 'about'> {
  readonly plan: Plan;
  readonly source: SourceFile;
  /** Of its items, in their order. */
  readonly standings: readonly Standing[];
}

/** What says the same of an item that was perhaps read anew, as may be those that it waits for. */
function readAgain(told: Told, item: PlanItem, { blockedBy }: Standing): Told {
  told.item = item;
  for (let at = 0; at < blockedBy.length; at++) told.blockers[at] = blockedBy[at]!.item;
  return told;
}

function placeOf({ location: { span } }: PlanItem, source: SourceFile): Pick<ToldItem, 'line' | 'range'> {
  return { line: source.lineAt(span.start), range: source.rangeOf(span) };
}

/** An id without what it has of its item's group. */
function ownId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** `own === ownId(id)`: asked of all items of a plan at each letter. */
function isOwnId(own: string, id: string): boolean {
  return id.length - id.indexOf('/') - 1 === own.length && id.endsWith(own);
}

/** True where one text was read as both items, so that they differ at most in what they are parts of, and are parts of items of one name. */
function isOfOneText(a: PlanItem, b: PlanItem): boolean {
  const isPart = a.parent !== undefined;
  if (a.location !== b.location || isPart !== (b.parent !== undefined)) return false;
  return !isPart || ownId(a.parent) === ownId(b.parent!);
}

function changesOf(
  before: Placed,
  { items, lines }: Placed,
  source: SourceFile,
): PlanChanges['plans'][number]['items'] {
  const [was, now] = [before.items.length, items.length];
  const most = Math.min(was, now);
  const moved = most === 0 ? 0 : lines[now - 1]! - before.lines[was - 1]!;
  const isSame = (old: number, at: number, by: number): boolean =>
    before.items[old] === items[at] && lines[at] === before.lines[old]! + by;
  let from = 0;
  while (from < most && isSame(from, from, 0)) from++;
  let behind = 0;
  while (behind < most - from && isSame(was - 1 - behind, now - 1 - behind, moved)) behind++;
  return {
    from,
    gone: was - behind - from,
    come: items.slice(from, now - behind).map(({ said, item }) => ({ ...said, ...placeOf(item, source) })),
    moved: behind === 0 ? 0 : moved,
  };
}

function toAnswer(
  plan: Plan,
  source: SourceFile,
  named: { readonly uri: string; readonly version: number | null },
): Omit<PlanAnswer, 'items'> {
  const lineOf = (at: { readonly span: { readonly start: number } }): number =>
    source.positionAt(at.span.start).line;
  const { title, groups, updated, claimedOverall, role } = plan;
  return {
    ...named,
    title,
    groups,
    updated,
    claimedOverall,
    role,
    readiness: plan.readiness.map(({ category, claimed, status, statusText, next, span }) => ({
      category,
      claimed,
      status,
      statusText,
      line: lineOf({ span }),
      ...(next === undefined ? {} : { next }),
    })),
    criteria: plan.criteria.map((each) => ({ text: each.text, done: each.done, line: lineOf(each) })),
    blockers: plan.blockers.map((each) => ({ text: each.text, line: lineOf(each) })),
    risks: plan.risks.map((each) => ({
      text: each.text,
      ...(each.impact === undefined ? {} : { impact: each.impact }),
      ...(each.probability === undefined ? {} : { probability: each.probability }),
      ...(each.mitigation === undefined ? {} : { mitigation: each.mitigation }),
      line: lineOf(each),
    })),
  };
}
