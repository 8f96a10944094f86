import type { StepAnswer } from '../../../server/src/protocol/requests.ts';

/**
 * What a lens says: its verb, or the step's title where several of one verb stand on one line, so that it would
 * not tell which is meant.
 */
export function lensTitle(step: StepAnswer, ofFile: readonly StepAnswer[]): string {
  const line = step.range?.start.line ?? 0;
  const verb = verbOf(step);
  const alike = ofFile.filter((other) => (other.range?.start.line ?? 0) === line && verbOf(other) === verb);
  return `$(play) ${alike.length > 1 ? step.title.replaceAll('$(', '$ (') : verb}`;
}

function verbOf({ verb = 'Run' }: StepAnswer): string {
  return verb;
}
