import type { ToldStep } from '../../core/step-options.ts';
import { findPair } from '../../core/tree.ts';
import { pipelineStep } from './facts.ts';
import type { PenstockModel } from './model.ts';

/** The steps that pipelines run, with what `with` tells their tools. */
export function toldSteps({ pipelines }: PenstockModel): readonly ToldStep[] {
  return pipelines.flatMap(({ name, entries }) =>
    entries.flatMap(({ node, step, options, run }): readonly ToldStep[] =>
      step && step.text !== '' && !run
        ? [{ step, by: pipelineStep(name), options, holder: findPair(node, 'with')?.value }]
        : [],
    ),
  );
}
