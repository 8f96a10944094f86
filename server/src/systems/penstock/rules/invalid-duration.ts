import type { Rule } from '../../../core/rule.ts';
import { get, type Node } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';
import { wrongAge, wrongDuration } from '../wrong-times.ts';

/** A time that cannot be read is no limit at all, so the step may take for ever: `timeout: 5 minutes`. */
export const invalidDuration: Rule<PenstockModel> = {
  id: 'penstock/invalid-duration',
  severity: 'error',
  check({ model }, report) {
    const look = (node: Node | undefined, least: number): void => {
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
      const wrong = wrongDuration(node.text, least);
      if (wrong !== undefined) report(node, wrong);
    };
    for (const { timeout, retries } of model.pipelines.flatMap(({ entries }) => entries)) {
      look(timeout, 1);
      look(get(retries, 'delay'), 0);
    }
    for (const { timeout, maxAge } of model.checks) {
      look(timeout, 1);
      if (typeof maxAge?.value !== 'string') continue;
      const wrong = wrongAge(maxAge.text);
      if (wrong !== undefined) report(maxAge, wrong);
    }
  },
};
