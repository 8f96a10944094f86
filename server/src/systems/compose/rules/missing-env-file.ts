import { environmentFileNamespace } from '../../../core/environment.ts';
import { baseName } from '../../../core/path.ts';
import type { FactRule } from '../../../core/rule.ts';

/**
 * A file of variables that is not there: Compose refuses to start the service. Such files are seldom tracked, so
 * that a fresh clone lacks them and nothing is wrong with it; hence a warning.
 */
export const missingEnvFile: FactRule = {
  id: 'compose/missing-env-file',
  severity: 'warning',
  check({ facts }, known, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'env-file') continue;
      // Files of other names are not read here, so nobody knows of them.
      const isRead = /^\.env(?:\.|$)|\.env$/u.test(baseName(fact.name));
      if (!isRead || known.isDefined({ namespace: environmentFileNamespace, scope: '', name: fact.name }))
        continue;
      report(
        fact,
        `the file \`${baseName(fact.name)}\` is not there, and Compose refuses to start without it; make it, or set \`required: false\``,
      );
    }
  },
};
