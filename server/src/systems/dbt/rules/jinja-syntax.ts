import type { Rule } from '../../../core/rule.ts';
import { jinjaFaults, type Dialect } from '../jinja-syntax.ts';
import type { JinjaFault } from '../jinja-fault.ts';
import { scanJinja, type JinjaBlock } from '../jinja.ts';
import { hookStrings, type PlacedCall } from '../sql.ts';
import { isSecondLine } from '../version.ts';

const template: Dialect = {};

/** What dbt reads of each kind of file. */
const dialects: Readonly<Record<string, Dialect>> = {
  model: template,
  test: template,
  analysis: template,
  macro: { cut: ['macro', 'materialization', 'test', 'data_test'], warnsOfStrays: true },
  snapshot: { cut: ['snapshot'], isInside: true, warnsOfStrays: true },
  docs: { cut: ['docs'], isInside: true },
};

/** Jinja that does not parse ends dbt before it looks at anything else: `{% if x %}` without its `{% endif %}`. */
export const jinjaSyntax: Rule<{
  readonly blocks?: readonly JinjaBlock[];
  readonly calls?: readonly PlacedCall[];
}> = {
  id: 'dbt/jinja-syntax',
  severity: 'error',
  check({ claim, model, source, project }, report) {
    const dialect = dialects[claim.kind];
    if (!dialect || !model.blocks || model.blocks.length === 0) return;
    for (const { span, message, code, ...fault } of [
      ...jinjaFaults(source.text, model.blocks, dialect),
      ...hookFaults(source.text, model.calls ?? []),
    ]) {
      const severity = fault.isTakenByV2 && isSecondLine(project) ? 'warning' : fault.severity;
      report(span, message, { ...(severity ? { severity } : {}), ...(code ? { code } : {}) });
    }
    if (claim.kind !== 'macro' || isSecondLine(project)) return;
    for (const { kind, tokens } of model.blocks) {
      const [first] = tokens;
      if (kind !== 'statement' || first?.text !== 'data_test') continue;
      report(first, 'dbt v1 refuses `{% data_test %}`; write `{% test %}` and `{% endtest %}`');
    }
  },
};

/** The strings of `pre_hook` and `post_hook` are templates of their own. */
function hookFaults(text: string, calls: readonly PlacedCall[]): readonly JinjaFault[] {
  return calls.flatMap((call) => {
    if (call.name.text !== 'config' || call.at === 'outside' || call.at === 'body') return [];
    return hookStrings(call).flatMap(({ span }) => {
      const reading = { from: span.start, to: span.end };
      return jinjaFaults(text, scanJinja(text, reading), {}, reading);
    });
  });
}
