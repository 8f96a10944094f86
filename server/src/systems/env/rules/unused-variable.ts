import { environmentNamespace, readVariableNamespace, templateNamespace } from '../../../core/environment.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition } from '../../../core/facts.ts';
import type { FactRule } from '../../../core/rule.ts';
import { isForTools } from '../conventions.ts';
import { readingsOf } from '../facts.ts';

/** A variable that nothing in the workspace reads. Who may read any, or what tools read unasked, keeps it silent. */
export const unusedVariable: FactRule = {
  id: 'env/unused-variable',
  severity: 'hint',
  kinds: ['variables'],
  check({ facts }, known, report) {
    for (const fact of facts) {
      if (fact.fact !== 'definition' || fact.namespace !== environmentNamespace) continue;
      if (!isUnused(fact, known)) continue;
      report(fact, `nothing in this workspace reads \`${fact.name}\`; remove it, or correct its name`, {
        tag: 'unnecessary',
      });
    }
  },
};

/** Whether it is certain that nobody reads the variable. */
export function isUnused({ name }: Definition, known: FactReader): boolean {
  // Programs may spell names in small letters as they like.
  if (!/^[A-Z][A-Z0-9_]+$/.test(name) || isForTools(name)) return false;
  if (known.isDefined({ namespace: templateNamespace, scope: '', name })) return false;
  const isRead = readingsOf(name).some((each) =>
    known.isDefined({ namespace: readVariableNamespace, scope: '', name: each }),
  );
  return !isRead && known.holes(readVariableNamespace, '').length === 0;
}
