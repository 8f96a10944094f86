import { closest } from '../../../core/closest.ts';
import type { Rule, Report } from '../../../core/rule.ts';
import { membersOf } from '../builtins.ts';
import type { JinjaBlock } from '../jinja.ts';
import { slipOf } from '../slip.ts';
import type { PlacedCall } from '../sql.ts';

/** Names of which every member is known; adapters have more of their own. */
const closed = new Set(['exceptions', 'config']);

/** `exceptions.raise_compile_error()` and the like end dbt when the line is evaluated: nothing has that name. */
export const undefinedMember: Rule<{
  readonly calls?: readonly PlacedCall[];
  readonly blocks?: readonly JinjaBlock[];
}> = {
  id: 'dbt/undefined-member',
  severity: 'error',
  check({ model, claim, source }, report) {
    if (claim.format !== 'sql') return;
    for (const call of model.calls ?? []) checkCall(call, report);
    if (model.blocks && source.text.includes('itertools')) reportItertools(model.blocks, report);
  },
};

function checkCall({ head, name, at }: PlacedCall, report: Report): void {
  const members = head && at !== 'outside' ? membersOf(head.text) : undefined;
  if (!head || !members || Object.hasOwn(members, name.text)) return;
  const isClosed = closed.has(head.text);
  const known = Object.keys(members);
  const meant = isClosed
    ? closest(name.text, known)
    : head.text === 'adapter'
      ? slipOf(name.text, known)
      : undefined;
  if (!isClosed && meant === undefined) return;
  const advice = meant === undefined ? 'correct the name' : `did you mean \`${meant}\`?`;
  const message = `\`${head.text}\` has no member \`${name.text}\`; ${advice}`;
  report(name, message, { severity: isClosed && (at === 'plain' || at === 'test') ? 'error' : 'warning' });
}

function reportItertools(blocks: readonly JinjaBlock[], report: Report): void {
  for (const { tokens } of blocks) {
    for (const [at, token] of tokens.entries()) {
      if (token.text !== 'itertools' || tokens[at - 1]?.text !== '.' || tokens[at - 2]?.text !== 'modules')
        continue;
      const message =
        '`modules.itertools` is deprecated since dbt 1.10; write it with `zip`, `range` and loops of Jinja';
      report(token, message, { code: 'dbt/deprecated', severity: 'warning', tag: 'deprecated' });
    }
  }
}
