import { isMeant } from '../../../core/meant.ts';
import type { FactRule } from '../../../core/rule.ts';
import { stepNamespace } from '../names.ts';

/** Only some steps can be told to run a part of what they run; of all others Penstock would refuse the pipeline. */
export const noSelection: FactRule = {
  id: 'penstock/no-selection',
  severity: 'error',
  check(file, facts, report) {
    for (const use of file.facts) {
      if (use.fact !== 'use' || use.namespaces[0] !== stepNamespace) continue;
      if (!isMeant(use, facts)) continue;
      const narrowed = use.data?.['narrowed']?.split(' ').map(Number);
      // A pipeline takes none either, which is told of every option at once.
      if (!narrowed || use.name.startsWith('pipeline:')) continue;
      const definitions = facts.definitions({ namespace: stepNamespace, scope: '', name: use.name });
      // Forms of a listed step share its definition, and run one thing that cannot be narrowed.
      const takes = definitions.some(({ name, data }) => name === use.name && data?.['selection'] === 'true');
      if (definitions.length === 0 || takes) continue;
      report(
        { start: narrowed[0]!, end: narrowed[1]! },
        `\`${use.name}\` takes no selection; remove it, or name a step that runs many things`,
      );
    }
  },
};
