import type { Reading, Use } from './facts.ts';
import type { Selection, Step } from './step.ts';
import type { StepSurroundings } from './step-options.ts';
import type { ParsedFile } from './system.ts';
import type { ScalarNode } from './tree.ts';

/** The words in which a tool is told which part of its things to run. The steps that take them say so: `data.selection` of their names. */
export interface StepSelection {
  /** The names that a text is made of, each where it stands; none for a step that takes no selection. */
  names(text: string, step: string): readonly SelectedName[];
  /** The step narrowed, or why it cannot be, in a sentence. */
  narrow(step: Step, selection: Selection): Step | { readonly refused: string };
  /** What the step could be narrowed to, and to what a selection would narrow it; undefined for a step that takes none. */
  open?(step: Step, around: SelectionSurroundings): SelectionBook | undefined;
}

export interface SelectionSurroundings extends StepSurroundings {
  /** All files of the workspace that the step's system reads. */
  files(): readonly ParsedFile[];
}

/** What can be selected of a project, as it was read; to be opened anew when a file has changed. */
export interface SelectionBook {
  /** In groups, the most likely first. */
  readonly choices: readonly SelectionChoice[];
  /** The name of the project's step by which the tool itself tells what a selection means. */
  readonly toolStep: string;
  read(selection: Selection): SelectionReading;
}

export interface SelectionChoice {
  /** As the tool takes it: `tag:nightly`. */
  readonly text: string;
  /** A heading: `Tags`. */
  readonly group: string;
  readonly detail: string;
}

export interface SelectionReading {
  /** What would be run, by name and by the tool's word for it. */
  readonly things: readonly { readonly name: string; readonly what: string }[];
  /** Why the tool may see it otherwise, in sentences; none where the reading is certain. */
  readonly doubts: readonly string[];
}

export interface SelectedName extends Pick<Use, 'namespaces' | 'name' | 'prefix' | 'role'> {
  /** Where the name's own part begins in the text. */
  readonly at: number;
}

/** A text in the words of the system whose step it narrows, or a value that tells a tool something by its name. */
export interface SelectionText {
  /** The step's name; '' where the value is told to whatever runs. */
  readonly step: string;
  /** Where it is no selection: the option of the step, or the environment variable, whose value it is. */
  readonly told?: { readonly option: string } | { readonly variable: string };
  /** Whose names are meant: a project's scope, or `anyScope`. */
  readonly scope: string;
  readonly node: ScalarNode;
  /** Where the step's name can be read in several ways, when it is this one. */
  readonly reading?: Reading;
  /** True where the file cannot be read whole: nothing is said of names that are not there. */
  readonly isQuiet?: boolean;
}

/** A variable's value, which may be a name to whatever tool reads it. */
export function toldByVariable(
  variable: string,
  { text, span }: Pick<ScalarNode, 'text' | 'span'>,
  scope: string,
): SelectionText {
  const node: ScalarNode = { kind: 'scalar', span, value: text, text, style: 'plain' };
  return { step: '', told: { variable }, scope, node };
}
