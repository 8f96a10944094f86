import type { Rule } from '../../../core/rule.ts';
import { findCalls } from '../calls.ts';
import type { DocsModel } from '../docs.ts';
import { localNames } from '../locals.ts';
import { isSecondLine } from '../version.ts';

/** What Jinja has without dbt: nothing else can be called in a docs block. */
const known = new Set(['range', 'dict', 'lipsum', 'cycler', 'joiner', 'namespace', 'super', 'caller']);

/**
 * dbt v1 renders the text of `{% docs %}` without any of its own names, so `{{ ref('orders') }}` in one, meant to
 * be shown, ends it.
 */
export const docsCalls: Rule<DocsModel> = {
  id: 'dbt/call-in-docs',
  severity: 'error',
  check({ claim, model, project }, report) {
    if (claim.kind !== 'docs' || isSecondLine(project)) return;
    let isInside = false;
    let locals: ReadonlySet<string> | undefined;
    for (const { kind, tokens } of model.blocks) {
      if (kind === 'statement' && tokens[0]?.text === 'docs') isInside = true;
      else if (kind === 'statement' && tokens[0]?.text === 'enddocs') isInside = false;
      if (!isInside) continue;
      for (const { name, owner } of findCalls(tokens)) {
        if (owner !== undefined || known.has(name.text)) continue;
        locals ??= localNames(model.blocks);
        if (locals.has(name.text)) continue;
        report(
          name,
          `dbt v1 knows no \`${name.text}\` in a docs block and refuses the file; write \`{% raw %}…{% endraw %}\` around it to show it`,
        );
      }
    }
  },
};
