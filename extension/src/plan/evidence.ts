import type { ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import { noEvidence, type PlanEvidence, type TaskEvidence } from '../views/plan-row-data.ts';

/** What a snapshot of the readiness says of each task; nothing while there is none. */
export function evidenceIn(answer: ReadinessAnswer | undefined): PlanEvidence {
  if (!answer) return noEvidence;
  const { items, checks } = answer;
  const byId = new Map(checks.map((check) => [check.id, check]));
  const found = new Map<string, TaskEvidence>();
  for (const { uri, id, kind, standing, state, checks: ids } of items) {
    if (kind !== 'task') continue;
    found.set(`${uri}#${id}`, { standing, state, checks: ids.flatMap((each) => byId.get(each) ?? []) });
  }
  return { of: (uri, item) => found.get(`${uri}#${item}`) };
}
