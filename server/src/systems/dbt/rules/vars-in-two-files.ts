import type { FactRule } from '../../../core/rule.ts';
import { varsFile } from '../vars.ts';

/** dbt takes variables from vars.yml or from dbt_project.yml: where both give some it stops. */
export const varsInTwoFiles: FactRule = {
  id: 'dbt/vars-in-two-files',
  severity: 'error',
  kinds: ['project'],
  check({ project, facts }, reader, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== varsFile.namespace) continue;
      const [other] = reader.definitions({ ...varsFile, scope: project.scope });
      if (!other) return;
      const { path, span } = other;
      report(fact, 'variables are declared in vars.yml, too, which dbt refuses; move these there', {
        related: [{ path, span, message: '`vars` of vars.yml' }],
      });
    }
  },
};
