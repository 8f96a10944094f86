import type { FactRule } from '../../../core/rule.ts';
import { readParameters } from '../parameters.ts';

/** Arguments that a properties file describes and the macro does not take. */
export const macroDocumentation: FactRule = {
  id: 'dbt/undefined-argument',
  severity: 'warning',
  kinds: ['properties'],
  check({ facts }, reader, report) {
    for (const fact of facts) {
      const documented =
        fact.fact === 'use' && fact.role === 'properties' ? fact.data?.['documented'] : undefined;
      if (fact.fact !== 'use' || documented === undefined) continue;
      const { name, scope } = fact;
      const [macro] = reader.definitions({ namespace: 'dbt.macro', scope, name });
      const parameters = macro?.data?.['parameters'];
      if (!macro || parameters === undefined) continue;
      const takes = new Set(readParameters(parameters).named.map((each) => each.name));
      for (const each of documented.split(',')) {
        const [argument = '', at = ''] = each.split('@');
        if (takes.has(argument)) continue;
        const start = Number(at);
        const message = `macro \`${name}\` takes no \`${argument}\`; correct the name or remove the entry`;
        report({ start, end: start + argument.length }, message, {
          related: [{ path: macro.path, span: macro.span, message: `\`${name}\` is defined here` }],
        });
      }
    }
  },
};
