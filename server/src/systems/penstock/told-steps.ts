import type { ToldStep } from '../../core/step-options.ts';
import { findPair, stringOf } from '../../core/tree.ts';
import { pipelineStep } from './facts.ts';
import type { PenstockModel } from './model.ts';

/** The steps that pipelines run, with what `with` tells their tools, and those whose runs checks ask after. */
export function toldSteps({ pipelines, checks }: PenstockModel): readonly ToldStep[] {
  const asked = checks.flatMap(({ kinds }) =>
    kinds.flatMap(({ key, value }): readonly ToldStep[] => {
      const step = key.text === 'ran' ? stringOf(value) : undefined;
      return step ? [{ step, by: undefined, options: [], holder: undefined }] : [];
    }),
  );
  const run = pipelines.flatMap(({ name, entries }) =>
    entries.flatMap(({ node, step, options, run }): readonly ToldStep[] =>
      step && step.text !== '' && !run
        ? [{ step, by: pipelineStep(name), options, holder: findPair(node, 'with')?.value }]
        : [],
    ),
  );
  return [...run, ...asked];
}
