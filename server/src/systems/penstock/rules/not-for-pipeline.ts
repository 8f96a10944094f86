import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';

const forSteps = ['select', 'exclude', 'with', 'timeout', 'retries', 'allow-failure'];

/** A time, retries, selections and options of a tool are of one step; on an entry that runs a whole pipeline they have no effect. */
export const notForPipeline: Rule<PenstockModel> = {
  id: 'penstock/not-for-pipeline',
  severity: 'error',
  check({ model }, report) {
    for (const { node, step } of model.pipelines.flatMap(({ entries }) => entries)) {
      const name = /^pipeline:([^/@]+)(?:@|$)/u.exec(step?.text ?? '')?.[1];
      if (name === undefined) continue;
      for (const key of forSteps) {
        const pair = findPair(node, key);
        if (pair)
          report(
            pair.key,
            `\`${key}\` has no effect on a whole pipeline; set it on the entries of \`${name}\``,
          );
      }
    }
  },
};
