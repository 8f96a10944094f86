import type { Use } from './facts.ts';
import type { Selection, Step } from './step.ts';
import type { ScalarNode } from './tree.ts';

/** The words in which a tool is told which part of its things to run. The steps that take them say so: `data.selection` of their names. */
export interface StepSelection {
  /** The names that a text is made of, each where it stands; none for a step that takes no selection. */
  names(text: string, step: string): readonly SelectedName[];
  /** The step narrowed, or why it cannot be, in a sentence. */
  narrow(step: Step, selection: Selection): Step | { readonly refused: string };
}

export interface SelectedName extends Pick<Use, 'namespaces' | 'name' | 'prefix' | 'role'> {
  /** Where the name's own part begins in the text. */
  readonly at: number;
}

/** A text in the words of the system whose step it narrows. */
export interface SelectionText {
  /** The step's name. */
  readonly step: string;
  /** Whose names are meant: a project's scope, or `anyScope`. */
  readonly scope: string;
  readonly node: ScalarNode;
  /** True where the file cannot be read whole: nothing is said of names that are not there. */
  readonly isQuiet?: boolean;
}
