import { findPair, get, type Node, type ScalarNode } from '../../../core/tree.ts';
import { isTemplate, kindOf, placeOf, plainScalar, refusedByV2, type Check } from './check.ts';

/** What dbt refuses in a model's configuration by looking at several keys together. */
export function checkModelConfig(check: Check, entry: Node): void {
  const config = get(entry, 'config');
  checkBuildAfter(check, config);
  checkEphemeral(check, entry, config);
  checkMicrobatch(check, config);
  checkDate(check, entry);
}

function checkBuildAfter(check: Check, config: Node | undefined): void {
  const after = findPair(get(config, 'freshness'), 'build_after');
  if (after?.value.kind !== 'map') return;
  const has = (key: string): boolean => {
    const value = get(after.value, key);
    return value !== undefined && !(value.kind === 'scalar' && value.value === null);
  };
  const [there, gone] = has('count') ? ['count', 'period'] : ['period', 'count'];
  if (!has(there) || has(gone)) return;
  const message = `\`build_after\` has a \`${there}\` and no \`${gone}\`; add it`;
  check.report(findPair(after.value, there)!.key, message, { code: 'dbt/missing-key', severity: 'error' });
}

function checkEphemeral(check: Check, entry: Node, config: Node | undefined): void {
  const access = plainScalar(get(config, 'access') ?? get(entry, 'access'));
  if (access?.text !== 'public' || plainScalar(get(config, 'materialized'))?.text !== 'ephemeral') return;
  const message =
    'an ephemeral model cannot be `public`: nothing of it is there for others to read; make it `protected`, or a view';
  check.report(access, message, { code: 'dbt/conflicting-keys', severity: 'error' });
}

const batchSizes = ['hour', 'day', 'month', 'year'];

function checkMicrobatch(check: Check, config: Node | undefined): void {
  const materialized = plainScalar(get(config, 'materialized'));
  const isMicrobatch = plainScalar(get(config, 'incremental_strategy'))?.text === 'microbatch';
  if (!isMicrobatch || (materialized && materialized.text !== 'incremental')) {
    checkBatchSize(check, config);
    return;
  }
  const wrong = (key: string, fits: (value: ScalarNode) => boolean, words: string): void => {
    const pair = findPair(config, key);
    if (!pair || isTemplate(pair.value)) return;
    const { value } = pair;
    if (value.kind === 'scalar' && (value.value === null || fits(value))) return;
    const message = `\`${key}\` of a microbatch model must be ${words}, not ${kindOf(value)}; correct it`;
    check.report(placeOf(pair.key, value), message, { code: 'dbt/invalid-value', severity: 'error' });
  };
  wrong('batch_size', ({ text }) => batchSizes.includes(text), 'one of `hour`, `day`, `month` or `year`');
  wrong('event_time', ({ value }) => typeof value === 'string', 'the name of a column');
  // What a time is dbt v2 asks when it builds the model.
  if (check.version.major < 2)
    wrong('begin', ({ text }) => /^\d{4}-?\d/.test(text), 'a date, as in `2024-01-31`');
  wrong('lookback', ({ value }) => typeof value === 'number', 'a number of batches');
  wrong('concurrent_batches', ({ value }) => typeof value === 'boolean', '`true` or `false`');
}

/** dbt v2 reads the size of batches whatever the model is. */
function checkBatchSize(check: Check, config: Node | undefined): void {
  const size = plainScalar(get(config, 'batch_size'));
  if (!size || batchSizes.includes(size.text)) return;
  const message = `\`${size.text}\` is no value for \`batch_size\`, says dbt v2; write \`hour\`, \`day\`, \`month\` or \`year\``;
  refusedByV2(check, size, message);
}

const dateWord = /\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)/i;

/** dbt reads a date from nearly anything, but a word is none. */
function checkDate(check: Check, entry: Node): void {
  const date = plainScalar(get(entry, 'deprecation_date'));
  if (!date) return;
  const [, month, day] = /^\d{4}-(\d\d?)-(\d\d?)(?:$|[Tt\s])/.exec(date.text) ?? [];
  const isImpossible = month !== undefined && (Number(month) > 12 || Number(day) > 31 || month === '00');
  if (!isImpossible && date.text.split(/[\s,]+/).some((word) => dateWord.test(word))) return;
  const message = `\`${date.text}\` is no date; write it as \`2027-01-31\``;
  // dbt v2 passes over it.
  const severity = check.version.major >= 2 ? 'warning' : 'error';
  check.report(date, message, { code: 'dbt/invalid-value', severity });
}
