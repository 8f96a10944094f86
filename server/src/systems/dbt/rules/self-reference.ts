import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule } from '../../../core/rule.ts';
import { layoutOf } from '../layout.ts';

/**
 * A model that refers to itself: dbt v1 finds the cycle as soon as it orders the models, v2 when it reads the file.
 * What a model was before, it has as `this`.
 */
export const selfReference: FactRule = {
  id: 'dbt/self-reference',
  severity: 'error',
  kinds: ['model', 'python-model', 'snapshot'],
  check({ facts, path, project }, reader, report) {
    let own: Set<string> | undefined;
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== 'dbt.node' || fact.role === 'deferred') continue;
      own ??= new Set(
        facts.flatMap((each) =>
          each.fact === 'definition' && each.namespace === 'dbt.node' ? [each.name] : [],
        ),
      );
      const { name, span, role, by, data } = fact;
      if (!own.has(name) || (by && by.name !== name)) continue;
      if (data?.['package'] !== undefined && data['package'] !== layoutOf(project).package) continue;
      if (!isAlone(fact, path, reader)) continue;
      const message = `\`${name}\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model`;
      report(span, message, { severity: role === 'plain' ? 'error' : 'warning' });
    }
  },
};

/** Where there are versions, or others of the name, another one may be meant. */
function isAlone({ scope, name, unless }: Use, path: string, reader: FactReader): boolean {
  if (unless && reader.isDefined(unless)) return false;
  return reader.definitions({ namespace: 'dbt.node', scope, name }).every((each) => each.path === path);
}
