import { RequestType } from 'vscode-languageserver/node';
import type { Plan, PlanItem } from '../core/plan.ts';
import type { Standing } from '../core/plan-next.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import { editPlan, finishedDocument, planDocument } from '../language/edit-plan.ts';
import { platformPlan } from '../language/platform-plan.ts';
import { editPlanRequest, type EditPlanAnswer, type EditPlanParams } from '../protocol/plan-requests.ts';
import { planRequest, type PlanAnswer, type PlanItemAnswer } from '../protocol/requests.ts';
import { rangeIn, toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import type { OpenDocuments } from './open-files.ts';
import { runSafe } from './run-safe.ts';

export const registerPlan: Feature = ({ connection, session, open, log }) => {
  connection.onRequest(planRequest, (token) =>
    runSafe<PlanAnswer[]>('plan', async () => [...planAnswers(await session.settled(token), open)], {
      fallback: [],
      log,
      token,
    }),
  );
  connection.onRequest(
    new RequestType<EditPlanParams, EditPlanAnswer, void>(editPlanRequest),
    (params, token) =>
      runSafe<EditPlanAnswer>('edit plan', async () => edited(await session.settled(token), params, open), {
        fallback: { kind: 'refused', message: 'the document could not be changed; see the log' },
        log,
        token,
      }),
  );
  return {};
};

function edited(
  platform: Platform,
  { uri, edits, toUri }: EditPlanParams,
  open: OpenDocuments,
): EditPlanAnswer {
  const path = toPath(uri);
  const document = planDocument(platform, path);
  if (!document)
    return {
      kind: 'refused',
      message: 'the planning document is no longer there; refresh the plan and try again',
    };
  const other =
    toUri === undefined
      ? edits.some(({ kind }) => kind === 'complete')
        ? finishedDocument(platform, path)
        : undefined
      : planDocument(platform, toPath(toUri));
  if (toUri !== undefined && !other)
    return { kind: 'refused', message: 'the document that the task should go to is no longer there' };
  const outcome = editPlan(document, edits, other?.file);
  if (outcome.kind === 'refused') return outcome;
  const paths = [...new Set(outcome.edits.map((edit) => edit.path))];
  return {
    kind: 'edits',
    documents: paths.map((each) => ({
      uri: open.uri(each),
      version: open.at(each)?.version ?? null,
      edits: outcome.edits
        .filter((edit) => edit.path === each)
        .map(({ span, newText }) => ({ range: rangeIn(platform, each, span), newText })),
    })),
  };
}

/** The documents in the order of a plan, with what their items wait for over all of them. */
function planAnswers(platform: Platform, open: OpenDocuments): readonly PlanAnswer[] {
  const { set, order, sources } = platformPlan(platform);
  const { standings, next } = order;
  const standing = new Map(standings.map((each) => [each.item.item, each]));
  const places = new Map(next.map((each, at) => [each.item.item, at]));
  return set.documents.map((plan) =>
    toAnswer(plan, {
      source: sources.get(plan)!,
      version: open.at(plan.path)?.version ?? null,
      order: (item) => orderOf(standing.get(item), places.get(item)),
    }),
  );
}

function orderOf(
  standing: Standing | undefined,
  place: number | undefined,
): Pick<PlanItemAnswer, 'ready' | 'blockedBy' | 'next'> {
  const blockedBy = standing?.blockedBy ?? [];
  return {
    ...(standing?.isReady ? { ready: true } : {}),
    ...(blockedBy.length === 0
      ? {}
      : { blockedBy: blockedBy.map(({ path, id, title }) => ({ uri: toUri(path), id, title })) }),
    ...(place === undefined ? {} : { next: place }),
  };
}

interface Reading {
  readonly source: SourceFile;
  readonly version: number | null;
  readonly order: (item: PlanItem) => Pick<PlanItemAnswer, 'ready' | 'blockedBy' | 'next'>;
}

function toAnswer(plan: Plan, { source, version, order }: Reading): PlanAnswer {
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
    items: plan.items.map((item) => {
      const { id, title: name, group, status, statusText, dependencies, location, priority, effort } = item;
      return {
        id,
        title: name,
        group,
        status,
        statusText,
        dependencies,
        ...(priority === undefined ? {} : { priority }),
        ...(effort === undefined ? {} : { effort }),
        line: lineOf(location),
        range: source.rangeOf(location.span),
        ...(item.parent === undefined ? {} : { parent: item.parent }),
        ...(item.owner === undefined ? {} : { owner: item.owner }),
        ...(item.due === undefined ? {} : { due: item.due }),
        ...(item.finished === undefined ? {} : { finished: item.finished }),
        ...order(item),
      };
    }),
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
