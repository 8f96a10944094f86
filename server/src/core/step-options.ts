import type { FactReader } from './fact-index.ts';
import type { Parameter, Step } from './step.ts';
import type { Project } from './system.ts';
import type { Node, Pair, ScalarNode } from './tree.ts';

/** What a tool's own options let a person set for any of its steps, beside the parameters that a step declares itself. */
export interface StepOptions {
  /** In the order in which a person asks; all are optional. */
  parameters(step: Step, around: StepSurroundings): readonly Parameter[];
  /** The namespaces in which an option's value is a name; none where it is none. */
  names?(step: string, option: string): readonly string[];
  /** The step as it runs with these values, of which each is one of its parameters', or why it cannot, in a sentence. */
  apply(
    step: Step,
    given: ReadonlyMap<string, string>,
    around: StepSurroundings,
  ): Step | { readonly refused: string };
}

/** What is known where a step is at home. */
export interface StepSurroundings {
  readonly project: Project;
  readonly facts: FactReader;
}

/** A step that a file names, with the options that its tool is told there. */
export interface ToldStep {
  /** The step's name, as it is written. */
  readonly step: ScalarNode;
  /** The name of the step, of the same file, that runs it; undefined where the file only asks how it ran. */
  readonly by: string | undefined;
  readonly options: readonly Pair[];
  /** What holds the options; nearly anything while it is typed. */
  readonly holder: Node | undefined;
}
