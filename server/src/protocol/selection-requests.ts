import type { SelectionChoice, SelectionReading } from '../core/step-selection.ts';
import type { StepParams } from './requests.ts';

/** Request, `SelectionParams` → `SelectionAnswer | null`: what a selection means to a step; null for a step that takes none. */
export const selectionRequest = 'penstock/selection';

/** Request, `StepParams` → `SelectionChoice[]`: what a step can be narrowed to. */
export const selectionChoicesRequest = 'penstock/selectionChoices';

export interface SelectionParams extends StepParams {
  /** In the tool's own words; '' where nothing is said. */
  readonly select: string;
  readonly exclude: string;
  /** What else is set for the run. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface SelectionAnswer extends SelectionReading {
  /** The step by which the tool itself tells what a selection means. */
  readonly toolStep: string;
}

export type SelectionChoiceAnswer = SelectionChoice;
