import type { Plan, PlanItem } from '../core/plan.ts';
import type { Standing } from '../core/plan-next.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import { platformPlan } from '../language/platform-plan.ts';
import type { PlanChanges } from '../protocol/plan-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../protocol/requests.ts';
import { toUri } from './convert.ts';
import type { OpenDocuments } from './open-files.ts';

/** What a client is told of plans, from one answer to the next: what is the same is told once. */
export class PlanAnswers {
  #revision = 0;
  #plans: readonly PlanAnswer[] = [];
  #items = new Map<PlanItem, PlanItemAnswer>();

  /** The documents in the order of a plan, with what their items wait for over all of them. */
  all(platform: Platform, open: OpenDocuments): readonly PlanAnswer[] {
    const { set, order, sources } = platformPlan(platform);
    const { standings, next } = order;
    const standing = new Map(standings.map((each) => [each.item.item, each]));
    const places = new Map(next.map((each, at) => [each.item.item, at]));
    const before = this.#items;
    this.#items = new Map();
    const answerOf = (item: PlanItem, source: SourceFile): PlanItemAnswer => {
      const answer = itemAnswer(item, source, {
        order: orderOf(standing.get(item), places.get(item)),
        before: before.get(item),
      });
      this.#items.set(item, answer);
      return answer;
    };
    return set.documents.map((plan) =>
      toAnswer(plan, {
        source: sources.get(plan)!,
        version: open.at(plan.path)?.version ?? null,
        answerOf,
      }),
    );
  }

  /** What became of the plans since the client was told of them; all of them where that was not the last time. */
  changes(platform: Platform, open: OpenDocuments, since: number): PlanChanges {
    const isKnown = since === this.#revision;
    const known = isKnown ? this.#plans : [];
    this.#plans = this.all(platform, open);
    this.#revision++;
    const before = new Map(known.map((plan) => [plan.uri, plan.items]));
    const plans = this.#plans.map(({ items, ...plan }) => ({
      ...plan,
      items: changesOf(before.get(plan.uri) ?? [], items),
    }));
    return { since: isKnown ? since : 0, revision: this.#revision, plans };
  }
}

function changesOf(
  before: readonly PlanItemAnswer[],
  now: readonly PlanItemAnswer[],
): PlanChanges['plans'][number]['items'] {
  const most = Math.min(before.length, now.length);
  let from = 0;
  while (from < most && before[from] === now[from]) from++;
  let behind = 0;
  while (behind < most - from && before.at(-1 - behind) === now.at(-1 - behind)) behind++;
  return { from, gone: before.length - behind - from, come: now.slice(from, now.length - behind) };
}

type Order = Pick<PlanItemAnswer, 'ready' | 'blockedBy' | 'next'>;

function orderOf(standing: Standing | undefined, place: number | undefined): Order {
  const blockedBy = standing?.blockedBy ?? [];
  return {
    ...(standing?.isReady ? { ready: true } : {}),
    ...(blockedBy.length === 0
      ? {}
      : { blockedBy: blockedBy.map(({ path, id, title }) => ({ uri: toUri(path), id, title })) }),
    ...(place === undefined ? {} : { next: place }),
  };
}

function isSameOrder(a: Order, b: Order): boolean {
  if (a.ready !== b.ready || a.next !== b.next || a.blockedBy?.length !== b.blockedBy?.length) return false;
  return (
    a.blockedBy?.every(({ uri, id, title }, at) => {
      const other = b.blockedBy![at]!;
      return uri === other.uri && id === other.id && title === other.title;
    }) ?? true
  );
}

/** An item of one text is the same object from edit to edit, so that only its place can be another. */
function itemAnswer(
  item: PlanItem,
  source: SourceFile,
  { order, before }: { readonly order: Order; readonly before: PlanItemAnswer | undefined },
): PlanItemAnswer {
  const { id, title, group, status, statusText, dependencies, location, priority, effort } = item;
  const { line } = source.positionAt(location.span.start);
  if (before?.line === line && isSameOrder(before, order)) return before;
  return {
    id,
    title,
    group,
    status,
    statusText,
    dependencies,
    ...(priority === undefined ? {} : { priority }),
    ...(effort === undefined ? {} : { effort }),
    line,
    range: source.rangeOf(location.span),
    ...(item.parent === undefined ? {} : { parent: item.parent }),
    ...(item.owner === undefined ? {} : { owner: item.owner }),
    ...(item.due === undefined ? {} : { due: item.due }),
    ...(item.finished === undefined ? {} : { finished: item.finished }),
    ...order,
  };
}

interface Reading {
  readonly source: SourceFile;
  readonly version: number | null;
  readonly answerOf: (item: PlanItem, source: SourceFile) => PlanItemAnswer;
}

function toAnswer(plan: Plan, { source, version, answerOf }: Reading): PlanAnswer {
  const lineOf = (at: { readonly span: { readonly start: number } }): number =>
    source.positionAt(at.span.start).line;
  const { title, groups, updated, claimedOverall, role } = plan;
  return {
    uri: toUri(plan.path),
    version,
    title,
    groups,
    updated,
    claimedOverall,
    role,
    items: plan.items.map((item) => answerOf(item, source)),
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
