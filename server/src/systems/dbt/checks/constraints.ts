import { findPair, get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { isTemplate, kindOf, placeOf, plainScalar, replacing, type Check } from './check.ts';
import { isCall } from './snapshots.ts';

/** Constraints of a model and its columns, and what a contract asks of the columns. */
export function checkConstraints(check: Check, entry: Node, name: ScalarNode): void {
  const columns = itemsOf(get(entry, 'columns'));
  const own = itemsOf(get(entry, 'constraints'));
  checkPrimaryKeys(check, own, columns);
  for (const constraint of [...own, ...columns.flatMap((column) => itemsOf(get(column, 'constraints')))])
    checkTarget(check, constraint);
  if (hasContract(entry)) checkContract(check, entry, name);
}

/** True where the entry says plainly that its contract is enforced. */
export function hasContract(entry: Node): boolean {
  const contract = get(get(entry, 'config'), 'contract') ?? get(entry, 'contract');
  const enforced = get(contract, 'enforced');
  return enforced?.kind === 'scalar' && enforced.value === true;
}

function primaryKey(constraint: Node): ScalarNode | undefined {
  const type = plainScalar(get(constraint, 'type'));
  return type?.text === 'primary_key' ? type : undefined;
}

function checkPrimaryKeys(check: Check, own: readonly Node[], columns: readonly Node[]): void {
  const ofModel = own.flatMap((each) => primaryKey(each) ?? []);
  const ofColumns = columns.flatMap((column) => {
    const keys = itemsOf(get(column, 'constraints')).flatMap((each) => primaryKey(each) ?? []);
    return keys.slice(0, 1);
  });
  const [first, second] = ofColumns;
  const options = { code: 'dbt/conflicting-keys', severity: 'error' } as const;
  if (first && ofModel[0]) {
    const message =
      'the primary key is declared for the model and for a column, and dbt takes only one of them; remove one';
    check.report(first, message, options);
  } else if (second) {
    const message =
      'two columns are declared as primary key; for a key of several columns declare one constraint under the model’s own `constraints:`';
    check.report(second, message, options);
  }
}

function checkTarget(check: Check, constraint: Node): void {
  if (plainScalar(get(constraint, 'type'))?.text !== 'foreign_key') return;
  const to = findPair(constraint, 'to');
  if (to?.value.kind !== 'scalar' || to.value.value === null || isCall(check, to.value, ['ref', 'source']))
    return;
  const isWord = /^\w+$/.test(to.value.text) && to.value.style === 'plain';
  const meant = `ref('${to.value.text}')`;
  const message = `\`to\` must be one \`ref(…)\` or \`source(…)\`, not ${kindOf(to.value)}; ${isWord ? `write \`${meant}\`` : 'correct it'}`;
  check.report(placeOf(to.key, to.value), message, {
    code: 'dbt/invalid-value',
    severity: 'error',
    fixes: isWord ? replacing(`Change to \`${meant}\``, check.source, to.value.span, meant) : [],
  });
}

/** Of columns that are listed twice the last one counts. */
function lastOfEach(columns: readonly Node[]): Iterable<Node> {
  const nameOf = (column: Node): unknown => plainScalar(get(column, 'name'))?.text ?? column;
  return new Map(columns.map((column) => [nameOf(column), column])).values();
}

/** An enforced contract is made of the columns in YAML and their types. */
function checkContract(check: Check, entry: Node, name: ScalarNode): void {
  const versions = itemsOf(get(entry, 'versions'));
  const columns = itemsOf(get(entry, 'columns'));
  if (columns.length === 0) {
    if (versions.some((version) => get(version, 'columns'))) return;
    const message = `the contract of \`${name.text}\` is enforced, but no columns are listed; list them with their \`data_type\``;
    check.report(name, message, { code: 'dbt/missing-key', severity: 'error' });
    return;
  }
  for (const column of lastOfEach(columns)) {
    const type = get(column, 'data_type');
    const own = get(column, 'name');
    if (own?.kind !== 'scalar' || own.value === null || isTemplate(type)) continue;
    if (type?.kind === 'scalar' && type.text !== '') continue;
    const message = `an enforced contract needs the \`data_type\` of every column; add that of \`${own.text}\``;
    check.report(own, message, { code: 'dbt/missing-key', severity: 'error' });
  }
  const config = get(entry, 'config');
  const change = plainScalar(get(config, 'on_schema_change'));
  if (plainScalar(get(config, 'materialized'))?.text !== 'incremental' || !change) return;
  if (['append_new_columns', 'fail'].includes(change.text)) return;
  const message = `an incremental model with an enforced contract cannot take \`${change.text}\`; use \`append_new_columns\` or \`fail\``;
  check.report(change, message, { code: 'dbt/conflicting-keys', severity: 'error' });
}
