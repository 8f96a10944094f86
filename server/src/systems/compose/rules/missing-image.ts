import type { FactRule } from '../../../core/rule.ts';
import { definitionsWith, serviceNamespace } from '../../../core/services.ts';

/** A service that neither names an image nor builds one: Compose has nothing to start. */
export const missingImage: FactRule = {
  id: 'compose/missing-image',
  severity: 'error',
  kinds: ['main', 'override'],
  check({ facts, claim, path }, known, report) {
    for (const fact of facts) {
      if (fact.fact !== 'definition' || fact.namespace !== serviceNamespace) continue;
      const all = definitionsWith({ ...fact, path }, known);
      if (claim.kind === 'override' && all.some(({ data }) => data?.['file'] === 'main')) continue;
      if (all.some(({ data }) => data?.['made'] !== undefined || data?.['extends'] !== undefined)) continue;
      // An included file may say more of it.
      if (known.holes(serviceNamespace, fact.scope).length > 0) continue;
      if (known.isDefined({ namespace: 'env', scope: '', name: 'COMPOSE_FILE' })) continue;
      report(
        fact,
        `the service \`${fact.name}\` has neither an image nor a folder to build one from; add \`image\` or \`build\``,
        all.some(({ data }) => data?.['profiles']) ? { severity: 'warning' } : {},
      );
    }
  },
};
