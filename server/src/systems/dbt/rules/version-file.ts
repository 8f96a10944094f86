import type { Definition } from '../../../core/facts.ts';
import type { FactRule } from '../../../core/rule.ts';

/** A version without a file: dbt warns, and whoever asks for the version is told that there is none. */
export const versionFile: FactRule = {
  id: 'dbt/properties-without-node',
  severity: 'warning',
  kinds: ['properties'],
  check({ facts }, reader, report) {
    for (const fact of facts) {
      const model = fact.fact === 'use' ? fact.data?.['versionOf'] : undefined;
      if (fact.fact !== 'use' || model === undefined) continue;
      const { name, scope, span, data = {} } = fact;
      const files = (file: string): readonly Definition[] =>
        reader.definitions({ namespace: 'dbt.node', scope, name: file }).filter(({ implicit }) => implicit);
      const isFile = (file: string): boolean => files(file).length > 0;
      // In the place of a file that is switched off dbt takes the one of the model's own name.
      const isOn = (file: string): boolean => files(file).some(({ exclusive }) => exclusive !== false);
      if (data['latest'] === 'yes' && name !== model && isOn(name) && isOn(model)) {
        const isTaken = facts.some(
          (other) => other.fact === 'use' && other.data?.['versionOf'] === model && other.name === model,
        );
        const message = `the file \`${model}\` is none of the versions of \`${model}\`, and dbt refuses it beside them; remove it, or make it one by \`defined_in: ${model}\``;
        if (!isTaken) report(span, message, { code: 'dbt/duplicate-node', severity: 'error' });
      }
      if (isFile(name) || (data['latest'] === 'yes' && isFile(model))) continue;
      if (reader.holes('dbt.node', scope).length > 0) continue;
      const message = `version \`${data['version'] ?? ''}\` of \`${model}\` has no file \`${name}\`, so nothing here takes effect; create it, or name its file by \`defined_in\``;
      report(span, message);
    }
  },
};
