import type { FactRule } from '../../../core/rule.ts';

/** What is not locked Meltano asks its Hub for, which may be out of reach, or answer differently tomorrow: `variant: acme` without its file. */
export const missingLock: FactRule = {
  id: 'meltano/missing-lock',
  severity: 'information',
  kinds: ['project', 'included'],
  check({ facts }, index, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'lock') continue;
      const isThere = fact.namespaces.some((namespace) => index.isDefined({ ...fact, namespace }));
      if (!isThere)
        report(
          fact,
          `\`plugins/${fact.name}.lock\` is not there, so Meltano has to ask its Hub for the plugin; run \`meltano lock\` and keep the file`,
        );
    }
  },
};
