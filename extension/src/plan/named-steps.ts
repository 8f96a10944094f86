import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import type { PlanTask, TaskEvidence } from '../views/plan-row-data.ts';

/** What is to be known of a step to run it. */
export type NamedStep = Pick<StepAnswer, 'id' | 'folderUri' | 'detail'>;

/** The steps that a text names by their whole names; a longer name hides those that it begins with. */
export function stepsNamedIn(text: string, steps: readonly NamedStep[]): readonly NamedStep[] {
  const words = new Set(text.match(/[\w.-]+:[\w./+:-]*\w\+?/g) ?? []);
  return words.size === 0 ? [] : steps.filter(({ id }) => words.has(id));
}

/** The steps that a task is about: it names them, depends on them, or is proved by their runs. */
export function stepsOfTask(
  { title, dependencies }: PlanTask['item'],
  evidence: TaskEvidence | undefined,
  steps: readonly NamedStep[],
): readonly NamedStep[] {
  const runs = evidence?.checks.filter(({ kind }) => kind === 'ran').map(({ expected }) => expected) ?? [];
  return stepsNamedIn([title, ...dependencies, ...runs].join('\n'), steps);
}
