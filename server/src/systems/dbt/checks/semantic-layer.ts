import { findPair, get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { dimensionTypes, entityTypes } from '../semantic-parts.ts';
import { slipOf } from '../slip.ts';
import { nestPairs } from '../yaml-edits.ts';
import { deprecated, fix, isTemplate, kindOf, plainScalar, replacing, type Check } from './check.ts';
import { isCall } from './snapshots.ts';

const metricTypes = ['simple', 'ratio', 'cumulative', 'derived', 'conversion'];
const aggregations = 'sum min max count count_distinct sum_boolean average percentile median'.split(' ');
const grains = 'nanosecond microsecond millisecond second minute hour day week month quarter year'.split(' ');

/** One of a list, whatever the case of its letters, as dbt's semantic layer reads it. */
export function checkChoice(
  check: Check,
  node: Node | undefined,
  key: string,
  choices: readonly string[],
): void {
  const value = plainScalar(node);
  if (!value || choices.includes(value.text.toLowerCase())) return;
  const near = choices.find((choice) => isNear(choice, value.text.toLowerCase()));
  const advice = near
    ? `did you mean \`${near}\`?`
    : `it must be one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
  check.report(value, `\`${value.text}\` is no value for \`${key}\`; ${advice}`, {
    code: 'dbt/invalid-value',
    severity: 'error',
    fixes: near ? replacing(`Change to \`${near}\``, check.source, value.span, near) : [],
  });
}

function isNear(choice: string, text: string): boolean {
  return slipOf(text, [choice]) !== undefined;
}

/** A metric, in either of the two forms that dbt reads. */
export function checkMetric(check: Check, entry: Node, name: ScalarNode): void {
  if (!/^[A-Za-z]\w*$/.test(name.text) && !isTemplate(name)) {
    const message = `\`${name.text}\` is no name for a metric; begin it with a letter, and use letters, digits and underscores only`;
    // Names with spaces dbt v2 refuses of whatever it reads.
    const code =
      check.version.major >= 2 && name.text.includes(' ') ? 'dbt/refused-by-v2' : 'dbt/invalid-value';
    check.report(name, message, { code, severity: 'error' });
  }
  const type = get(entry, 'type');
  const written = plainScalar(type);
  if (written) checkParts(check, entry, written, written);
  // Without a type it is a simple one since dbt 1.12.
  else if (!type) checkParts(check, entry, name, { text: 'simple' });
  checkWindow(check, entry);
  for (const input of inputsOf(entry)) checkSpan(check, input, 'offset_window');
  checkLoop(check, entry, name);
}

/** Of a metric what is one of a list, or has a form of its own. */
export function checkMetricValues(check: Check, entry: Node): void {
  checkChoice(check, get(entry, 'type'), 'type', metricTypes);
  checkChoice(check, get(entry, 'agg'), 'agg', aggregations);
  const params = get(entry, 'type_params');
  const places = ['cumulative_type_params', 'conversion_type_params'].map((key) => get(params, key));
  for (const place of [entry, params, ...places]) checkSpan(check, place, 'window');
}

/** `7 days`: dbt parts it at its one space. */
function checkSpan(check: Check, place: Node | undefined, key: string): void {
  const value = plainScalar(get(place, key));
  if (!value || /^\d+ [^ ]+$/.test(value.text)) return;
  const message = `\`${value.text}\` is no stretch of time; write a whole number, one space and a unit, such as \`7 days\``;
  check.report(value, message, { code: 'dbt/invalid-value', severity: 'error' });
}

/** What a metric of a type is made of: in `type_params`, or beside `type` in the newer form. */
function checkParts(check: Check, entry: Node, at: ScalarNode, type: { readonly text: string }): void {
  const params = get(entry, 'type_params');
  const has = (key: string): boolean => findPair(params ?? entry, key) !== undefined;
  const missing = (words: string): void => {
    const where = params ? 'in its `type_params`' : 'beside its `type`';
    const message = `a ${type.text.toLowerCase()} metric needs ${words} ${where}; add it`;
    check.report(at, message, { code: 'dbt/missing-key', severity: 'error' });
  };
  switch (type.text.toLowerCase()) {
    case 'simple':
      if (params ? !has('measure') : !has('agg')) missing(params ? '`measure`' : '`agg`');
      break;
    case 'cumulative':
      if (params && !has('measure')) missing('`measure`');
      break;
    case 'ratio':
      if (!has('numerator') || !has('denominator'))
        missing(
          has('numerator')
            ? '`denominator`'
            : has('denominator')
              ? '`numerator`'
              : '`numerator` and `denominator`',
        );
      break;
    case 'conversion':
      if (params ? !has('conversion_type_params') : !has('base_metric'))
        missing(params ? '`conversion_type_params`' : '`base_metric`');
      break;
  }
}

/** The window of a cumulative metric has a mapping of its own since 1.9, and only there from 1.12 on. */
function checkWindow(check: Check, entry: Node): void {
  const params = get(entry, 'type_params');
  if (params?.kind !== 'map' || check.layout.flagsOff.has('require_nested_cumulative_type_params')) return;
  const stray = params.pairs.filter(({ key }) => key.text === 'window' || key.text === 'grain_to_date');
  const [first] = stray;
  if (!first || findPair(params, 'conversion_type_params') || isEmpty(first.value)) return;
  const message = `\`${first.key.text}\` belongs to \`cumulative_type_params\`; move it there`;
  const edits = nestPairs(check.source, params, stray, 'cumulative_type_params');
  const fixes = fix('Move it under `cumulative_type_params`', edits, true);
  const { major, minor } = check.version;
  if (major === 1 && minor < 12) deprecated(check, first.key, message, fixes);
  else check.report(first.key, message, { code: 'dbt/unknown-key', severity: 'error', fixes });
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The metrics that a metric is made of: names, or mappings with a name in them. */
function inputsOf(entry: Node): readonly (Node | undefined)[] {
  const params = get(entry, 'type_params') ?? entry;
  const single = ['numerator', 'denominator', 'base_metric', 'conversion_metric', 'input_metric'];
  const several = get(params, 'metrics') ?? get(params, 'input_metrics');
  return [...single.map((key) => get(params, key)), ...itemsOf(several)];
}

/** A metric of itself never ends. */
function checkLoop(check: Check, entry: Node, name: ScalarNode): void {
  for (const input of inputsOf(entry)) {
    const named = plainScalar(input?.kind === 'map' ? get(input, 'name') : input);
    if (named?.text !== name.text) continue;
    const message = `metric \`${name.text}\` is made of itself, which never ends; name another one`;
    check.report(named, message, { code: 'dbt/invalid-value', severity: 'error' });
    return;
  }
}

/** A semantic model: the model it is about and the kinds of its parts. */
export function checkSemanticModel(check: Check, entry: Node): void {
  const model = get(entry, 'model');
  if (model?.kind === 'scalar' && typeof model.value === 'string' && !isCall(check, model, ['ref'])) {
    const isWord = /^\w+$/.test(model.text) && model.style === 'plain';
    const meant = `ref('${model.text}')`;
    const message = `\`model\` must be one \`ref(…)\`, not ${kindOf(model)}; ${isWord ? `write \`${meant}\`` : 'correct it'}`;
    check.report(model, message, {
      code: 'dbt/invalid-value',
      severity: 'error',
      fixes: isWord ? replacing(`Change to \`${meant}\``, check.source, model.span, meant) : [],
    });
  }
  for (const entity of itemsOf(get(entry, 'entities')))
    checkChoice(check, get(entity, 'type'), 'type', entityTypes);
  for (const measure of itemsOf(get(entry, 'measures')))
    checkChoice(check, get(measure, 'agg'), 'agg', aggregations);
  for (const dimension of itemsOf(get(entry, 'dimensions'))) {
    checkChoice(check, get(dimension, 'type'), 'type', dimensionTypes);
    const grain = get(get(dimension, 'type_params'), 'time_granularity');
    checkChoice(check, grain, 'time_granularity', grains);
  }
}

/** The columns of a time spine are among those of its model. */
export function checkTimeSpine(check: Check, entry: Node): void {
  const spine = get(entry, 'time_spine');
  if (spine?.kind !== 'map' || get(entry, 'versions')) return;
  const columns = itemsOf(get(entry, 'columns'));
  const columnOf = (name: string): Node | undefined =>
    columns.find((column) => plainScalar(get(column, 'name'))?.text === name);
  const standard = plainScalar(get(spine, 'standard_granularity_column'));
  const options = { code: 'dbt/invalid-value', severity: 'error' } as const;
  if (standard) {
    const column = columnOf(standard.text);
    if (!column)
      check.report(
        standard,
        `the model lists no column \`${standard.text}\`; list it under \`columns:\`, or correct the name`,
        options,
      );
    else if (!get(column, 'granularity'))
      check.report(
        standard,
        `column \`${standard.text}\` has no \`granularity\`, which a time spine needs; add it to the column`,
        options,
      );
  }
  for (const custom of itemsOf(get(spine, 'custom_granularities'))) {
    const name = plainScalar(get(custom, 'column_name') ?? get(custom, 'name'));
    if (name && !columnOf(name.text))
      check.report(
        name,
        `the model lists no column \`${name.text}\`; list it under \`columns:\`, or correct the name`,
        options,
      );
  }
}
