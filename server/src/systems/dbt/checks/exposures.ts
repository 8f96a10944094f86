import { get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { unevenFault } from '../jinja-fault.ts';
import { scanExpression } from '../jinja.ts';
import { deprecated, fix, replacing, type Check } from './check.ts';
import { isCall, withoutBraces } from './snapshots.ts';

/** An exposure's name and what it depends on. */
export function checkExposure(check: Check, entry: Node, name: ScalarNode): void {
  if (!/^[\w{]/.test(name.text) || !/^\w+$/.test(name.text)) {
    const message = `the name of an exposure is made of letters, digits and underscores, and dbt v2 refuses \`${name.text}\`; rename it, and write what people read as its \`label\``;
    deprecated(check, name, message);
  }
  for (const item of itemsOf(get(entry, 'depends_on'))) checkDependency(check, item);
}

function checkDependency(check: Check, item: Node): void {
  if (item.kind !== 'scalar' || typeof item.value !== 'string') return;
  if (isCall(check, item, ['ref', 'source', 'metric'])) return;
  const edits = withoutBraces(check, item);
  if (edits) {
    const message = 'what an exposure depends on is written without braces; remove them';
    check.report(item, message, {
      code: 'dbt/invalid-value',
      severity: 'error',
      fixes: fix('Remove the braces', edits, false),
    });
    return;
  }
  if (item.text.includes('{')) return;
  if (
    /^\s*(?:ref|source|metric)\s*\(/.test(item.text) &&
    unevenFault(scanExpression(check.source.text, item.span.start, item.span.end))
  ) {
    const message = `\`${item.text}\` has a bracket or a quote that is not closed, and dbt refuses it; close it`;
    check.report(item, message, { code: 'dbt/invalid-value', severity: 'error' });
    return;
  }
  const meant = `ref('${item.text}')`;
  const isWord = /^\w+$/.test(item.text) && item.style === 'plain';
  const message = `dbt passes over \`${item.text}\`, which is no \`ref(…)\`, \`source(…)\` or \`metric(…)\`; ${isWord ? `write \`${meant}\`` : 'correct it'}`;
  check.report(item, message, {
    code: 'dbt/invalid-value',
    severity: check.version.major >= 2 ? 'error' : 'warning',
    fixes: isWord ? replacing(`Change to \`${meant}\``, check.source, item.span, meant) : [],
  });
}
