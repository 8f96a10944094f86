import type { Definition, Located } from '../../core/facts.ts';
import type { RenamedName } from '../../core/system.ts';
import { entryStep, pipelineStep } from './facts.ts';
import { entryNamespace, pipelineNamespace, stepNamespace } from './names.ts';
import { readPlan } from './plan-of.ts';

/** The steps of a pipeline and of an entry are called after it. */
export function namedAfter(definition: Located<Definition>, newName: string): readonly RenamedName[] {
  const { namespace, scope, name, data } = definition;
  if (namespace === pipelineNamespace) {
    const plan = readPlan(data?.['plan']);
    return [
      step(pipelineStep(name), pipelineStep(newName)),
      ...plan.entries.map(({ id }) => step(entryStep(name, id), entryStep(newName, id))),
    ];
  }
  if (namespace !== entryNamespace) return [];
  const pipeline = scope.slice(scope.lastIndexOf('#') + 1);
  return [step(entryStep(pipeline, name), entryStep(pipeline, newName))];
}

function step(name: string, to: string): RenamedName {
  return { key: { namespace: stepNamespace, scope: '', name }, to };
}
