import type { StepAnswer } from '../../../server/src/protocol/requests.ts';

/** What a lens says: `Run`, or the step's title where several stand on one line and `Run` would not tell which. */
export function lensTitle(step: StepAnswer, ofFile: readonly StepAnswer[]): string {
  const line = step.range?.start.line ?? 0;
  const beside = ofFile.filter((other) => (other.range?.start.line ?? 0) === line);
  return `$(play) ${beside.length > 1 ? step.title.replaceAll('$(', '$ (') : 'Run'}`;
}
