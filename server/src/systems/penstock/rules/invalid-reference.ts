import { referencesIn } from '../../../core/references.ts';
import type { Rule } from '../../../core/rule.ts';
import type { PenstockModel } from '../model.ts';
import { textsOf } from '../texts.ts';

/** What stands between `${{` and `}}` and names no parameter has no value, so the pipeline cannot begin: `${{ params.tag }}`. */
export const invalidReference: Rule<PenstockModel> = {
  id: 'penstock/invalid-reference',
  severity: 'error',
  check({ model, source }, report) {
    for (const { node } of model.pipelines.flatMap(textsOf)) {
      const isVerbatim = source.slice(node.span) === node.text;
      for (const reference of referencesIn(node.text)) {
        if (reference.kind !== 'unknown' && !(reference.kind === 'parameter' && reference.name === ''))
          continue;
        const { start, end } = reference.whole;
        const written = node.text.slice(start, end);
        const at = isVerbatim ? { start: node.span.start + start, end: node.span.start + end } : node.span;
        const message = written.includes('}}')
          ? `\`${written}\` names no parameter; write \`\${{ parameters.name }}\``
          : 'this reference is not closed; write `${{ parameters.name }}`';
        report(at, message);
      }
    }
  },
};
