import type { FactRule } from '../../../core/rule.ts';
import { namespaces } from '../names.ts';

/**
 * Meltano takes all that it knows of a plugin from its lock file, and stops where the file is damaged: by a merge, by
 * hand. A file that no plugin needs is only in the way.
 */
export const invalidLock: FactRule = {
  id: 'meltano/invalid-lock',
  severity: 'error',
  kinds: ['lock'],
  check({ facts }, index, report) {
    for (const fact of facts) {
      const fault =
        fact.fact === 'definition' && fact.namespace === namespaces.lock ? fact.data?.['fault'] : undefined;
      if (fact.fact !== 'definition' || fault === undefined) continue;
      report(fact, fault, index.uses(fact).length > 0 ? {} : { severity: 'warning' });
    }
  },
};
