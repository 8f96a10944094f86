import type { FactRule, Rule } from '../../../core/rule.ts';
import { findPair, pairsOf } from '../../../core/tree.ts';
import { projectFlagsKey } from '../profiles.ts';
import { isSecondLine } from '../version.ts';

/** `config` of profiles.yml was moved to `flags` of dbt_project.yml in dbt 1.8. */
export const flagsInProfiles: Rule = {
  id: 'dbt/deprecated',
  severity: 'warning',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'profiles') return;
    const pair = findPair(tree, 'config');
    if (!pair || pairsOf(pair.value).length === 0) return;
    const message =
      '`config` of profiles.yml is deprecated, and dbt v2 refuses it; move it to `flags` of dbt_project.yml';
    report(
      pair.key,
      message,
      isSecondLine(project) ? { severity: 'error', code: 'dbt/refused-by-v2' } : { tag: 'deprecated' },
    );
  },
};

/** Both at once are refused. */
export const flagsInTwoFiles: FactRule = {
  id: 'dbt/flags-in-two-files',
  severity: 'error',
  kinds: ['profiles'],
  check({ facts, path: own, project }, reader, report) {
    // Beside another one it is read only where dbt is told to.
    const isSure = own === `${project.root}/profiles.yml` || !project.files.has('profiles.yml');
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== projectFlagsKey.namespace) continue;
      const [other] = reader.definitions({ ...projectFlagsKey, scope: project.scope });
      if (!other) return;
      const { path, span } = other;
      report(fact, 'dbt_project.yml has `flags`, and dbt refuses `config` beside them; move this there', {
        severity: isSure ? 'error' : 'warning',
        related: [{ path, span, message: '`flags` of dbt_project.yml' }],
      });
    }
  },
};
