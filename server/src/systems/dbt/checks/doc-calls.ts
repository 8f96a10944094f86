import { itemsOf, type Node } from '../../../core/tree.ts';
import { findCalls, isSpread } from '../calls.ts';
import { scanJinja } from '../jinja.ts';
import { wrongCount } from '../lookup-calls.ts';
import type { Check } from './check.ts';

/** `doc()` in a description takes a docs block, or a package and a docs block; dbt counts them when it parses. */
export function checkDocCalls(check: Check, node: Node): void {
  if (node.kind === 'map') for (const { value } of node.pairs) checkDocCalls(check, value);
  else if (node.kind === 'seq') for (const item of itemsOf(node)) checkDocCalls(check, item);
  else if (node.text.includes('doc(')) checkText(check, node.span);
}

function checkText({ source, report }: Check, { start, end }: Node['span']): void {
  for (const { tokens } of scanJinja(source.text, { from: start, to: end })) {
    for (const call of findCalls(tokens)) {
      if (call.name.text !== 'doc' || call.owner !== undefined || call.arguments.some(isSpread)) continue;
      const wrong = wrongCount(call, 1, 2, 'a docs block, or a package and a docs block');
      if (wrong) report(call.name, wrong.message, { code: 'dbt/wrong-arguments', severity: 'error' });
    }
  }
}
