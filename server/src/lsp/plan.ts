import { RequestType } from 'vscode-languageserver/node';
import type { Plan } from '../core/plan.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import {
  markItemRequest,
  planRequest,
  type MarkItemAnswer,
  type MarkItemParams,
  type PlanAnswer,
} from '../protocol/requests.ts';
import { rangeIn, toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

export const registerPlan: Feature = ({ connection, session, open, log }) => {
  connection.onRequest(planRequest, (token) =>
    runSafe<PlanAnswer[]>('plan', async () => [...planAnswers(await session.settled(token))], {
      fallback: [],
      log,
      token,
    }),
  );
  connection.onRequest(
    new RequestType<MarkItemParams, MarkItemAnswer, void>(markItemRequest),
    (params, token) =>
      runSafe<MarkItemAnswer>(
        'mark item',
        async () => {
          const platform = await session.settled(token);
          const path = toPath(params.uri);
          const file = platform.parsed(path);
          const edits = file && platform.systemOf(path)?.markItem?.(file, params.item, params.status);
          if (!edits)
            return {
              kind: 'gone',
              message: 'this task is no longer in the document; refresh the plan and try again',
            };
          const version = open.at(path)?.version ?? null;
          return {
            kind: 'edits',
            uri: params.uri,
            version,
            edits: edits.map(({ span, newText }) => ({ range: rangeIn(platform, path, span), newText })),
          };
        },
        { fallback: { kind: 'gone', message: 'the document could not be changed; see the log' }, log, token },
      ),
  );
  return {};
};

function* planAnswers(platform: Platform): Iterable<PlanAnswer> {
  for (const path of platform.paths()) {
    const system = platform.systemOf(path);
    if (!system?.readPlan) continue;
    const file = platform.parsed(path);
    const plan = file && system.readPlan(file);
    if (plan) yield toAnswer(plan, file.source);
  }
}

function toAnswer(plan: Plan, source: SourceFile): PlanAnswer {
  const lineOf = (at: { readonly span: { readonly start: number } }): number =>
    source.positionAt(at.span.start).line;
  const { title, groups, updated, claimedOverall, role } = plan;
  return {
    uri: toUri(plan.path),
    title,
    groups,
    updated,
    claimedOverall,
    role,
    items: plan.items.map(
      ({ id, group, status, statusText, dependencies, location, priority, effort, ...item }) => ({
        id,
        title: item.title,
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
      }),
    ),
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
