import type { RanWhen, Step } from '../core/step.ts';
import type { PlannedStep } from './run-plan.ts';
import { RunModel, type RunSnapshot } from './run-state.ts';
import type { RunStore, RunSummary } from './run-store.ts';

/** The run to go on with, or why there is none, in a sentence. */
export type Resumable = { readonly run: RunSnapshot } | { readonly refused: string };

/** `name` is a run's id, or `last`; with `again` any run that can be read will do, also one that succeeded. */
export async function findResumable(
  store: RunStore,
  name: string,
  { again = false }: { readonly again?: boolean } = {},
): Promise<Resumable> {
  const runs = await store.list();
  const found = name === 'last' ? runs[0] : runs.find(({ id }) => id === name);
  const refused = whyNotResumed(found, name);
  if (refused !== undefined && !(again && found?.problem === undefined && found)) return { refused };
  const model = new RunModel(found!.id);
  for await (const event of store.read(found!.id)) model.apply(event);
  return { run: model.snapshot() };
}

function whyNotResumed(found: RunSummary | undefined, name: string): string | undefined {
  if (!found) return name === 'last' ? 'nothing has run here yet' : `there is no run \`${name}\` here`;
  if (found.problem !== undefined) return found.problem;
  if (found.status === 'running') return `run \`${found.id}\` still runs`;
  return found.status === 'succeeded' && !found.allowedFailures
    ? `run \`${found.id}\` succeeded, so there is nothing left to do; run it again`
    : undefined;
}

/**
 * Leaves out what succeeded in an earlier run, where it and all that it needs is the same now.
 * What succeeded then and is to run again says why.
 */
export function withoutDone(planned: readonly PlannedStep[], earlier: RunSnapshot): readonly PlannedStep[] {
  const then = new Map(earlier.steps.map((step) => [step.id, step]));
  const reused = new Set<string>();
  return planned.map((each): PlannedStep => {
    const { head } = each;
    const before = then.get(head.id);
    if (!before || !isDone(before)) return each;
    const needed = head.needs.find((need) => !reused.has(need));
    const isSame = head.digest !== undefined && before.digest === head.digest;
    if (isSame && needed === undefined) {
      reused.add(head.id);
      return { ...each, reuse: before.reusedFrom ?? earlier.id };
    }
    const again = isSame ? `\`${needed}\`, which it needs, runs again` : 'it is not the same as it was then';
    return { ...each, head: { ...head, again } };
  });
}

function isDone({ status, reusedFrom }: RunSnapshot['steps'][number]): boolean {
  return status === 'succeeded' || reusedFrom !== undefined;
}

/** Finds the step that does again only what failed of a step between two times; undefined where its tool cannot. */
export type FindRetry = (step: Step, ran: RanWhen) => Step | undefined;

/** Of steps that failed in an earlier run and are the same now, only what failed in them. */
export function onlyFailed(
  planned: readonly PlannedStep[],
  earlier: RunSnapshot,
  findRetry: FindRetry,
): readonly PlannedStep[] {
  const then = new Map(earlier.steps.map((step) => [step.id, step]));
  return planned.map((each): PlannedStep => {
    const { work, head } = each;
    const before = then.get(head.id);
    if (work.kind !== 'command' || before?.status !== 'failed' || before.startedAt === undefined) return each;
    if (head.digest === undefined || head.digest !== before.digest) return each;
    const from = before.startedAt;
    const to = new Date(Date.parse(from) + (before.durationMs ?? 0) + 1).toISOString();
    const step = findRetry({ ...work.step, work: work.command }, { from, to });
    if (step?.work.kind !== 'command') return each;
    return { ...each, head: { ...head, onlyFailed: true }, work: { ...work, step, command: step.work } };
  });
}
