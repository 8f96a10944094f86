import { itemsOf, pairsOf, type Node, type Pair } from '../../../core/tree.ts';
import { findCalls } from '../calls.ts';
import { scanJinja, type Token } from '../jinja.ts';
import { isTemplate, kindOf, placeOf, refusedByV2, replacing, type Check } from './check.ts';

/** Configuration of a generic test, which older projects write beside its arguments. */
export const configKeys: ReadonlySet<string> = new Set([
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'sql_header',
  'meta',
  'database',
  'schema',
  'alias',
]);

/** Values in the configuration of a generic test that dbt refuses. */
export function checkTestConfig(check: Check, config: Node | undefined): void {
  for (const pair of pairsOf(config)) {
    const { key, value } = pair;
    if (isTemplate(value) && configKeys.has(key.text)) checkCalls(check, value);
    if (isTemplate(value) || (value.kind === 'scalar' && value.value === null)) continue;
    const wanted = Object.hasOwn(wanteds, key.text) ? wanteds[key.text] : undefined;
    if (wanted && !wanted.fits(value)) refuse(check, pair, wanted.words);
    else if (key.text === 'limit' && !isWhole(value))
      refusedByV2(
        check,
        placeOf(key, value),
        `dbt v2 takes a whole number for \`limit\`, not ${kindOf(value)}; write one without quotes`,
      );
    if (key.text === 'severity') checkSeverity(check, pair);
  }
}

/** What dbt knows when it renders the configuration of a test: no macro, and nothing of any node. */
const knownInConfig: ReadonlySet<string> = new Set(
  (
    'builtins context cycler dbt_version dict diff_of_two_dicts env_var flags fromjson fromyaml invocation_id joiner ' +
    'lipsum local_md5 log modules namespace print project_name range return run_started_at set set_strict target ' +
    'thread_id tojson toyaml var zip zip_strict'
  ).split(' '),
);

/** dbt v2 knows macros there, and looks for them as anywhere. */
const unknownToV2: ReadonlySet<string> = new Set(['ref', 'source']);

function checkCalls({ source, report, version }: Check, { span: { start, end } }: Node): void {
  for (const { kind, tokens } of scanJinja(source.text, { from: start, to: end })) {
    // What depends on a condition may never be called.
    if (kind === 'statement') return;
    if (tokens.some(isCondition)) continue;
    for (const { name, owner, head } of findCalls(tokens)) {
      const first = owner === undefined ? name : head;
      if (!first || (version.major >= 2 ? !unknownToV2.has(first.text) : knownInConfig.has(first.text)))
        continue;
      const message = `no macro is known in the configuration of a test, and dbt refuses \`${first.text}\` here; write what it gives, or test by a macro of your own`;
      report(first, message, { code: 'dbt/misplaced-call', severity: 'error' });
    }
  }
}

function isCondition({ kind, text }: Token): boolean {
  return kind === 'name' && (text === 'if' || text === 'and' || text === 'or');
}

const yesOrNo = '`true` or `false`';

const wanteds: Readonly<Record<string, { readonly fits: (value: Node) => boolean; readonly words: string }>> =
  {
    limit: { fits: isNumeric, words: 'a number' },
    store_failures: { fits: (value) => scalarType(value) === 'boolean', words: yesOrNo },
    enabled: { fits: (value) => scalarType(value) === 'boolean', words: yesOrNo },
    meta: { fits: (value) => value.kind === 'map', words: 'a mapping' },
    tags: { fits: areTags, words: 'a string or a list of strings' },
  };

/** dbt makes a number of what can be one. */
function isNumeric(value: Node): boolean {
  return value.kind === 'scalar' && value.value !== '' && !Number.isNaN(Number(value.value));
}

function isWhole(value: Node): boolean {
  return value.kind === 'scalar' && Number.isInteger(value.value);
}

/** True for configuration whose values are looked at here. */
export function isCheckedConfig(key: string): boolean {
  return key === 'severity' || Object.hasOwn(wanteds, key);
}

function scalarType(value: Node): string {
  return value.kind === 'scalar' ? typeof value.value : value.kind;
}

function areTags(value: Node): boolean {
  if (value.kind === 'seq')
    return itemsOf(value).every((item) => scalarType(item) === 'string' || isTemplate(item));
  return scalarType(value) === 'string';
}

function checkSeverity(check: Check, { key, value }: Pair): void {
  if (value.kind === 'scalar' && /^(?:warn|error)$/i.test(value.text)) return;
  const meant = value.kind === 'scalar' && /^w/i.test(value.text) ? 'warn' : 'error';
  const near = value.kind === 'scalar' && /^(?:w|e)/i.test(value.text);
  const message = `${kindOf(value)} is no value for \`severity\`; ${near ? `did you mean \`${meant}\`?` : 'it must be `warn` or `error`'}`;
  const fixes =
    near && value.kind === 'scalar'
      ? replacing(`Change to \`${meant}\``, check.source, value.span, meant)
      : [];
  check.report(placeOf(key, value), message, { code: 'dbt/invalid-value', severity: 'error', fixes });
}

function refuse(check: Check, { key, value }: Pair, words: string): void {
  const message = `\`${key.text}\` of a test must be ${words}, not ${kindOf(value)}; correct it`;
  // dbt v2 takes any word for a yes or no.
  const isMild = check.version.major >= 2 && words === yesOrNo;
  const severity = isMild ? 'warning' : 'error';
  check.report(placeOf(key, value), message, { code: 'dbt/wrong-type', severity });
}
