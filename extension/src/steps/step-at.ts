import type { StepAnswer } from '../../../server/src/protocol/requests.ts';

/** The steps that a file defines, in its order. */
export function stepsIn(steps: readonly StepAnswer[], uri: string): readonly StepAnswer[] {
  return steps.filter((step) => step.uri === uri).sort((a, b) => lineOf(a) - lineOf(b));
}

/**
 * What 'Run This' means at a line: the only step of the file; else the step in whose block the line lies
 * (its own line and the deeper indented ones below); else all of the file.
 * Several answers mean that the user has to choose.
 */
export function stepsAt(
  steps: readonly StepAnswer[],
  uri: string,
  line: number,
  textAt: (line: number) => string,
): readonly StepAnswer[] {
  const here = stepsIn(steps, uri);
  if (here.length <= 1) return here;
  const around = here.filter((step) => holds(step, line, textAt));
  const nearest = around.at(-1);
  return nearest === undefined ? here : around.filter((step) => lineOf(step) === lineOf(nearest));
}

function holds(step: StepAnswer, line: number, textAt: (line: number) => string): boolean {
  if (step.range === undefined || line < step.range.start.line) return false;
  if (line <= step.range.end.line) return true;
  const own = indentOf(textAt(step.range.start.line)) ?? 0;
  for (let at = step.range.end.line + 1; at <= line; at++) {
    const indent = indentOf(textAt(at));
    if (indent !== undefined && indent <= own) return false;
  }
  return true;
}

/** Undefined for a line that says nothing: blank, or a comment. */
function indentOf(text: string): number | undefined {
  const indent = text.search(/\S/);
  return indent === -1 || text.startsWith('#', indent) ? undefined : indent;
}

function lineOf(step: StepAnswer): number {
  return step.range?.start.line ?? 0;
}
