import type { FactRule } from '../../../core/rule.ts';
import { layoutOf } from '../layout.ts';
import { readParameters } from '../parameters.ts';
import { dbtVersion } from '../version.ts';

/** Arguments that a properties file describes and the macro does not take. */
export const macroDocumentation: FactRule = {
  id: 'dbt/undefined-argument',
  severity: 'warning',
  kinds: ['properties'],
  check({ facts, project }, reader, report) {
    const { major, minor } = dbtVersion(project);
    const isChecked = major === 1 && minor >= 12 && !layoutOf(project).flagsOff.has('validate_macro_args');
    for (const fact of facts) {
      const documented =
        fact.fact === 'use' && fact.role === 'properties' ? fact.data?.['documented'] : undefined;
      if (fact.fact !== 'use' || documented === undefined) continue;
      const { name, scope } = fact;
      const [macro] = reader.definitions({ namespace: 'dbt.macro', scope, name });
      const parameters = macro?.data?.['parameters'];
      if (!macro || parameters === undefined) continue;
      const takes = readParameters(parameters).named.map((each) => each.name);
      const related = [{ path: macro.path, span: macro.span, message: `\`${name}\` is defined here` }];
      const places = documented.split(',').map((each) => each.split('@'));
      const stranger = places.find(([argument = '']) => !takes.includes(argument));
      const misplaced = places.find(([argument], at) => argument !== takes[at]);
      const [argument = '', offset = ''] = stranger ?? misplaced ?? [];
      const start = Number(offset);
      const end = start + argument.length;
      const known = takes.map((each) => `\`${each}\``).join(', ');
      if (stranger) {
        const message = `macro \`${name}\` takes no \`${argument}\`; correct the name or remove the entry`;
        report({ start, end }, message, { related });
      } else if (isChecked && misplaced) {
        const message = `the arguments of macro \`${name}\` are ${known}, in this order; describe them so, or dbt takes none of it`;
        report({ start, end }, message, { related });
      } else if (isChecked && places.length !== takes.length) {
        const message = `the arguments of macro \`${name}\` are ${known}; describe all of them, or dbt warns`;
        report(fact.span, message, { related });
      }
    }
  },
};
