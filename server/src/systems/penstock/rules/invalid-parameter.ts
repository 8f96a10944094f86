import { closest } from '../../../core/closest.ts';
import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';
import type { ParameterModel, PenstockModel } from '../model.ts';

/** A default that the parameter itself would refuse, and a choice of nothing: `{ type: number, default: many }`. */
export const invalidParameter: Rule<PenstockModel> = {
  id: 'penstock/invalid-default',
  severity: 'error',
  check({ model }, report) {
    for (const parameter of model.pipelines.flatMap(({ parameters }) => parameters)) {
      const { node, type, options, default: otherwise } = parameter;
      const written = findPair(node, 'options');
      if (type === 'choice' && !written)
        report(findPair(node, 'type')?.value ?? parameter.name, 'a choice needs `options`; list its values', {
          code: 'penstock/missing-key',
        });
      if (type !== 'choice' && written && types.has(type))
        report(
          written.key,
          `\`options\` count only for a \`choice\`, not for a \`${type}\`; write \`type: choice\``,
          {
            code: 'penstock/invalid-value',
            severity: 'warning',
          },
        );
      const why = otherwise && (type !== 'choice' || options.length > 0) ? whyWrong(parameter) : undefined;
      if (why !== undefined) report(otherwise!, why);
    }
  },
};

const types: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

function whyWrong({ type, default: otherwise, options }: ParameterModel): string | undefined {
  const { text = '', value } = otherwise ?? {};
  if (type === 'number' && typeof value !== 'number')
    return `the default \`${text}\` is no number; write one, or another \`type\``;
  if (type === 'boolean' && typeof value !== 'boolean')
    return `the default \`${text}\` is neither \`true\` nor \`false\`; write one of them, or another \`type\``;
  const values = options.map((option) => option.text);
  if (type !== 'choice' || values.includes(text)) return undefined;
  const guess = closest(text, values);
  return guess === undefined
    ? `the default \`${text}\` is none of the options; take one of them, or add it`
    : `the default \`${text}\` is none of the options; did you mean \`${guess}\`?`;
}
