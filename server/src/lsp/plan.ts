import { RequestType } from 'vscode-languageserver/node';
import type { Platform } from '../core/platform.ts';
import { editPlan, finishedDocument, planDocument } from '../language/edit-plan.ts';
import {
  editPlanRequest,
  planChangesRequest,
  type EditPlanAnswer,
  type EditPlanParams,
  type PlanChanges,
  type PlanChangesParams,
} from '../protocol/plan-requests.ts';
import { planRequest, type PlanAnswer } from '../protocol/requests.ts';
import { rangeIn, toPath } from './convert.ts';
import type { Feature } from './feature.ts';
import type { OpenDocuments } from './open-files.ts';
import { PlanAnswers } from './plan-answers.ts';
import { runSafe } from './run-safe.ts';

export const registerPlan: Feature = ({ connection, session, open, log }) => {
  const answers = new PlanAnswers();
  connection.onRequest(planRequest, (token) =>
    runSafe<PlanAnswer[]>(
      'plan',
      async () => [...new PlanAnswers().all(await session.settled(token), open)],
      {
        fallback: [],
        log,
        token,
      },
    ),
  );
  connection.onRequest(
    new RequestType<PlanChangesParams, PlanChanges, void>(planChangesRequest),
    ({ since }, token) =>
      runSafe<PlanChanges>(
        'plan changes',
        async () => answers.changes(await session.settled(token), open, since),
        { fallback: { since: 0, revision: 0, plans: [] }, log, token },
      ),
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
