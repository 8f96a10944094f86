import type { Rule } from '../../../core/rule.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/** A colon parts the pieces of a state ID, so Meltano loads no project in which a plugin or environment has one: `name: dev:eu`. */
export const reservedColon: Rule<MeltanoModel> = {
  id: 'meltano/reserved-colon',
  severity: 'error',
  isLocal: true,
  check({ model }, report) {
    if (model.kind === 'lock') return;
    const check = (what: string, name: ScalarNode | undefined): void => {
      if (name?.text.includes(':'))
        report(
          name,
          `the ${what} \`${name.text}\` has a colon in its name, which Meltano keeps for state IDs; use \`-\` or \`_\``,
        );
    };
    for (const plugin of model.plugins) check(plugin.type.what, plugin.name);
    for (const environment of model.environments) {
      check('environment', environment.name);
      for (const plugin of environment.plugins) check(plugin.type.what, plugin.name);
    }
  },
};
