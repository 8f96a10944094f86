import { referencesIn } from '../../../core/references.ts';
import type { Rule } from '../../../core/rule.ts';
import type { PenstockModel, PipelineModel } from '../model.ts';
import { textsOf } from '../texts.ts';

/** Whoever runs the pipeline is asked for a value that changes nothing. */
export const unusedParameter: Rule<PenstockModel> = {
  id: 'penstock/unused-parameter',
  severity: 'information',
  check({ model }, report) {
    for (const pipeline of model.pipelines) {
      const used = usedIn(pipeline, model.pipelines, new Set());
      if (used === 'unknown') continue;
      for (const { name } of pipeline.parameters) {
        if (used.has(name.text)) continue;
        report(
          name,
          `nothing uses the parameter \`${name.text}\`; write \`\${{ parameters.${name.text} }}\` where it counts, or remove it`,
          {
            tag: 'unnecessary',
          },
        );
      }
    }
  },
};

/** The names that a pipeline and those it runs refer to; 'unknown' where it runs one of another file. */
function usedIn(
  pipeline: PipelineModel,
  all: readonly PipelineModel[],
  seen: Set<PipelineModel>,
): ReadonlySet<string> | 'unknown' {
  if (seen.has(pipeline)) return new Set();
  seen.add(pipeline);
  const names = textsOf(pipeline).flatMap(({ node }) => referencesIn(node.text));
  const found = new Set(names.flatMap((each) => (each.kind === 'parameter' ? each.name : [])));
  for (const { step } of pipeline.entries) {
    const nested = /^pipeline:([^/@]+)(@|$)/u.exec(step?.text ?? '');
    if (!nested) continue;
    const inner = nested[2] === '' ? all.find(({ name }) => name === nested[1]) : undefined;
    const used = inner ? usedIn(inner, all, seen) : 'unknown';
    if (used === 'unknown') return 'unknown';
    for (const name of used) found.add(name);
  }
  return found;
}
