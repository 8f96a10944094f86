import type { Severity } from '../../../core/finding.ts';
import { findPair, get, type Node, type Pair, type ScalarNode } from '../../../core/tree.ts';
import { scanExpression } from '../jinja.ts';
import { fix, isTemplate, kindOf, placeOf, type Check } from './check.ts';

/** A snapshot that is written in YAML alone: `relation` says what it takes a picture of. */
export function checkSnapshot(check: Check, entry: Node, name: ScalarNode): void {
  const relation = findPair(entry, 'relation');
  if (!relation) return;
  checkRelation(check, relation);
  const config = get(entry, 'config');
  const strategy = config ? get(config, 'strategy') : undefined;
  const set = (key: string): boolean =>
    findPair(config, key) !== undefined || check.layout.configured.snapshots.has(key);
  const missing = ['strategy', 'unique_key'].filter((key) => !set(key));
  if (missing.length > 0) {
    const keys = missing.map((key) => `\`${key}\``).join(' and ');
    missingKey(
      check,
      name,
      `a snapshot needs ${keys} in its \`config\`; add ${missing.length > 1 ? 'them' : 'it'}`,
    );
  }
  if (strategy?.kind === 'scalar') checkStrategy(check, { config, name, strategy, set });
  const materialized = findPair(config, 'materialized');
  if (materialized?.value.kind === 'scalar' && !isTemplate(materialized.value)) {
    if (materialized.value.text === 'snapshot') return;
    const message = `a snapshot is materialized as \`snapshot\` and not as ${kindOf(materialized.value)}; remove the key`;
    check.report(materialized.value, message, { code: 'dbt/invalid-value', severity: 'error' });
  }
}

interface Strategy {
  readonly config: Node | undefined;
  readonly name: ScalarNode;
  readonly strategy: ScalarNode;
  readonly set: (key: string) => boolean;
}

function checkStrategy(check: Check, { config, strategy, set }: Strategy): void {
  const columns = findPair(config, 'check_cols');
  // dbt v2 misses it when it takes the snapshot.
  const severity = check.version.major >= 2 ? 'warning' : 'error';
  if (strategy.text === 'timestamp') {
    if (!set('updated_at'))
      missingKey(
        check,
        strategy,
        'the strategy `timestamp` needs `updated_at`, the column that says when a row changed; add it',
        severity,
      );
    if (columns) {
      const message =
        '`check_cols` belongs to the strategy `check`, and dbt refuses it beside `timestamp`; remove it';
      check.report(columns.key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
    }
  } else if (strategy.text === 'check') {
    if (!set('check_cols'))
      missingKey(
        check,
        strategy,
        'the strategy `check` needs `check_cols`, the columns to compare; add a list of them, or `all`',
        severity,
      );
    const value = columns?.value;
    if (!value || value.kind === 'seq' || isTemplate(value)) return;
    if (value.kind === 'scalar' && value.text === 'all') return;
    const message = `\`check_cols\` must be \`all\` or a list of columns, not ${kindOf(value)}; correct it`;
    check.report(placeOf(columns.key, value), message, { code: 'dbt/invalid-value', severity: 'error' });
  }
}

function missingKey(check: Check, at: ScalarNode, message: string, severity: Severity = 'error'): void {
  check.report(at, message, { code: 'dbt/missing-key', severity });
}

function checkRelation(check: Check, { key, value }: Pair): void {
  if (value.kind === 'scalar' && isCall(check, value, ['ref', 'source'])) return;
  const edits = value.kind === 'scalar' ? withoutBraces(check, value) : undefined;
  const message = `\`relation\` must be one \`ref(…)\` or \`source(…)\`${edits ? ' without braces' : ''}, not ${kindOf(value)}; correct it`;
  check.report(placeOf(key, value), message, {
    code: 'dbt/invalid-value',
    severity: 'error',
    fixes: fix('Remove the braces', edits, false),
  });
}

/** True for one call of a function of these names and nothing else. */
export function isCall({ source }: Check, value: ScalarNode, names: readonly string[]): boolean {
  if (typeof value.value !== 'string') return false;
  const tokens = scanExpression(source.text, value.span.start, value.span.end);
  const [name, open] = tokens;
  if (name?.kind !== 'name' || !names.includes(name.text) || open?.text !== '(') return false;
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'mark') continue;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0) return at === tokens.length - 1;
  }
  return false;
}

/** The edit that makes `{{ ref('x') }}` the call that dbt expects; undefined where it is something else. */
export function withoutBraces(
  { source }: Check,
  value: ScalarNode,
):
  | readonly { readonly path: string; readonly span: ScalarNode['span']; readonly newText: string }[]
  | undefined {
  const inner = /^\{\{-?\s*((?:ref|source|metric)\s*\([^{}]*\))\s*-?\}\}$/.exec(
    source.slice(value.span).trim(),
  )?.[1];
  return inner === undefined ? undefined : [{ path: source.path, span: value.span, newText: inner }];
}
