import type { FactRule } from '../../../core/rule.ts';

/** Meltano says nothing of a pattern that matches no file, and what it was to bring is not there: `include_paths: [confg/*.yml]`. */
export const includeMatchesNothing: FactRule = {
  id: 'meltano/include-matches-nothing',
  severity: 'warning',
  kinds: ['project'],
  check({ facts }, index, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'include') continue;
      const isThere = fact.namespaces.some((namespace) => index.isDefined({ ...fact, namespace }));
      if (!isThere)
        report(
          fact,
          `no file of the project matches \`${fact.name}\`, and Meltano says nothing of it; correct the pattern or remove it`,
        );
    }
  },
};
