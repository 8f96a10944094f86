import {
  findPair,
  get,
  itemsOf,
  pairsOf,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
} from '../../../core/tree.ts';
import { builtinMacro } from '../builtins.ts';
import { readParameters } from '../parameters.ts';
import { slipOf } from '../slip.ts';
import { nestPairs } from '../yaml-edits.ts';
import {
  deprecated,
  fix,
  isTemplate,
  kindOf,
  placeOf,
  plainScalar,
  refusedByV2,
  type Check,
} from './check.ts';
import { checkTestConfig, configKeys } from './test-config.ts';

/** Keys of a test that are no arguments of its macro. */
const ownKeys = new Set(['config', 'column_name', 'description', 'name', 'arguments', 'test_name']);

/** What is tested: tests of one node and column that are alike are one too many. */
export interface Tested {
  readonly column: string | undefined;
  /** Every test of the node so far, by its name and its column. */
  readonly seen: SeenTests;
}

export type SeenTests = Map<string, SeenTest[]>;

interface SeenTest {
  readonly name: ScalarNode;
  readonly map: MapNode | undefined;
}

/** The generic tests below `tests:` or `data_tests:` of a node or a column. */
export function checkDataTests(check: Check, owner: Node, tested: Tested): void {
  const old = findPair(owner, 'tests');
  const now = findPair(owner, 'data_tests');
  if (old && now) bothSpellings(check, old, now);
  for (const pair of [old, now]) {
    for (const item of itemsOf(pair?.value)) checkTest(check, item, tested);
  }
}

function bothSpellings(check: Check, old: Pair, now: Pair): void {
  const message = '`tests` and `data_tests` are the same, and dbt takes only one of them; join the two lists';
  if (itemsOf(old.value).length > 0)
    check.report(now.key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
  else refusedByV2(check, old.key, 'dbt v2 refuses `tests` beside `data_tests`; remove the empty one');
}

function checkTest(check: Check, item: Node, tested: Tested): void {
  if (item.kind === 'seq' || isTemplate(item)) return;
  const test = item.kind === 'scalar' ? undefined : readTest(check, item);
  const name = item.kind === 'scalar' ? item : test?.name;
  if (!name || name.kind !== 'scalar' || (item.kind === 'map' && !test)) return;
  if (typeof name.value !== 'string') return;
  if (!/^(?:[A-Za-z_]\w*\.)?[A-Za-z_]/.test(name.text)) {
    const message = `\`${name.text}\` is no name for a test; begin it with a letter or an underscore`;
    check.report(name, message, { code: 'dbt/invalid-test', severity: 'error' });
    return;
  }
  if (test) checkArguments(check, test);
  checkTwins(check, name, test?.map, tested);
}

interface TestEntry {
  readonly name: Node;
  /** What stands below the name; the item itself where `test_name` gives the name. */
  readonly map: MapNode;
}

function readTest(check: Check, item: MapNode): TestEntry | undefined {
  const report = (at: Parameters<Check['report']>[0], message: string, fixes = fix('', undefined, false)) =>
    check.report(at, message, { code: 'dbt/invalid-test', severity: 'error', fixes });
  const named = findPair(item, 'test_name');
  if (named) {
    if (named.value.kind === 'scalar' && typeof named.value.value === 'string')
      return { name: named.value, map: item };
    report(placeOf(named.key, named.value), `\`test_name\` must be a string; name the test`);
    return undefined;
  }
  const [first, second] = item.pairs;
  if (!first) {
    report(item, 'this test has no name; name it or remove the item');
    return undefined;
  }
  if (second) {
    report(second.key, severalKeys(first, second));
    return undefined;
  }
  const { key, value } = first;
  if (typeof key.value !== 'string') {
    report(key, `\`${key.text}\` is no name for a test; put the name of one there`);
    return undefined;
  }
  if (value.kind === 'map') return { name: key, map: value };
  if (isTemplate(value)) return undefined;
  const empty = value.kind === 'scalar' && value.value === null;
  const colon = check.source.text.indexOf(':', key.span.end);
  const bare = { path: check.source.path, span: { start: key.span.end, end: colon + 1 }, newText: '' };
  report(
    empty ? key : placeOf(key, value),
    `what stands below \`${key.text}\` must be a mapping of arguments, not ${kindOf(value)}; ${empty ? 'remove the colon, or write the arguments below it' : 'name the argument'}`,
    fix('Remove the colon', empty && colon >= 0 && key.style === 'plain' ? [bare] : undefined, false),
  );
  return undefined;
}

function severalKeys(first: Pair, second: Pair): string {
  const [a, b] = [first.key.text, second.key.text];
  if (ownKeys.has(b) || configKeys.has(b))
    return `\`${b}\` stands beside the test \`${a}\` and not in it; indent it further than \`${a}\``;
  return `one item holds the tests \`${a}\` and \`${b}\`; begin each with a dash of its own`;
}

function checkArguments(check: Check, { name, map }: TestEntry): void {
  const given = get(map, 'arguments');
  const config = findPair(map, 'config');
  for (const { key } of [...pairsOf(given), ...map.pairs]) {
    if (key.text !== 'model') continue;
    const message =
      '`model` is reserved: dbt gives every test what it tests by that name; rename the argument of the macro';
    check.report(key, message, { code: 'dbt/invalid-test', severity: 'error' });
  }
  const own = findPair(map, 'name');
  if (own && (own.value.kind !== 'scalar' || typeof own.value.value !== 'string')) {
    const message = `\`name\` of a test must be a string, not ${kindOf(own.value)}; put it in quotes`;
    check.report(placeOf(own.key, own.value), message, { code: 'dbt/wrong-type', severity: 'error' });
  }
  if (config && config.value.kind !== 'map' && !isTemplate(config.value)) {
    const message = `\`config\` must be a mapping, not ${kindOf(config.value)}; write keys below it or remove it`;
    check.report(placeOf(config.key, config.value), message, { code: 'dbt/wrong-type', severity: 'error' });
  }
  checkStrayConfig(check, map, config?.value);
  checkTestConfig(check, config?.value);
  checkStrayArguments(check, { name, map });
}

/** `severity: warn` beside the arguments, where it belongs under `config`. */
function checkStrayConfig(check: Check, map: MapNode, config: Node | undefined): void {
  const stray = map.pairs.filter(({ key }) => configKeys.has(key.text));
  const [first] = stray;
  if (!first) return;
  checkTestConfig(check, map);
  const twice = stray.find(({ key, value }) => findPair(config, key.text) && isTruthy(value));
  if (twice) {
    const message = `\`${twice.key.text}\` stands beside \`config\` and in it, which dbt refuses; keep the one in \`config\``;
    check.report(twice.key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
    return;
  }
  const edits = nestPairs(check.source, map, stray, 'config');
  const names = listed(stray);
  const message = `${names} ${stray.length > 1 ? 'are configuration' : 'is configuration'} of the test, which dbt v2 refuses to take here; move ${stray.length > 1 ? 'them' : 'it'} under \`config\``;
  deprecated(check, first.key, message, fix(`Move ${names} under \`config\``, edits, true));
}

function checkStrayArguments(check: Check, { name, map }: TestEntry): void {
  const { version } = check;
  // Before 1.10.5 `arguments` is an argument like any other.
  if (version.major === 1 && version.minor < 11) return;
  if (check.layout.flagsOff.has('require_generic_test_arguments_property')) return;
  if (name.kind !== 'scalar') return;
  const stray = map.pairs.filter(
    ({ key }) =>
      !ownKeys.has(key.text) &&
      !configKeys.has(key.text) &&
      key.text !== 'model' &&
      mayTake(name.text, key.text),
  );
  const [first] = stray;
  if (!first) return;
  const edits = nestPairs(check.source, map, stray, 'arguments');
  const fixes = fix(`Move ${listed(stray)} under \`arguments\``, edits, true);
  const what = stray.length > 1 ? `${listed(stray)} are arguments` : `\`${first.key.text}\` is an argument`;
  const message = `${what} of \`${name.text}\`, which dbt v2 refuses to take here; move ${stray.length > 1 ? 'them' : 'it'} under \`arguments\``;
  if (isTruthy(get(map, 'arguments'))) refusedByV2(check, first.key, message, fixes);
  else deprecated(check, first.key, message, fixes);
}

/** What a test does not take at all is said of it where its macro is known. */
function mayTake(test: string, argument: string): boolean {
  if (slipOf(argument, ['arguments']) !== undefined) return false;
  const taken = builtinMacro(`test_${test}`, 'dbt');
  return taken === undefined || readParameters(taken).named.some((each) => each.name === argument);
}

/** dbt names a test after its macro, what it tests and its arguments: two alike have one name. */
function checkTwins(check: Check, name: Node, map: MapNode | undefined, tested: Tested): void {
  if (name.kind !== 'scalar') return;
  const named = get(get(map, 'arguments'), 'column_name') ?? get(map, 'column_name');
  const column = tested.column ?? plainScalar(named)?.text ?? '';
  const key = `${name.text} ${column}`;
  const others = tested.seen.get(key);
  const test = { name, map };
  // Most columns have a test of a name once, and nobody asks what it is made of.
  if (!others) {
    tested.seen.set(key, [test]);
    return;
  }
  const id = identityOf(test);
  const first = others.find((other) => id !== undefined && identityOf(other) === id);
  others.push(test);
  if (!first) return;
  const on = column === '' ? '' : ` on column \`${column}\``;
  const message = `\`${name.text}\` stands twice${on} with the same arguments, which dbt refuses; remove one, or give one a \`name\``;
  const related = [
    { path: check.source.path, span: first.name.span, message: `\`${name.text}\` stands here first` },
  ];
  check.report(name, message, { code: 'dbt/duplicate-test', severity: 'error', related });
}

/** What makes a test another one than its namesake on the same column; undefined for one that may be switched off. */
function identityOf({ map }: SeenTest): string | undefined {
  const enabled = get(get(map, 'config'), 'enabled') ?? get(map, 'enabled');
  if (enabled && !(enabled.kind === 'scalar' && enabled.value === true)) return undefined;
  const values = new Map<string, string>();
  const given = get(map, 'arguments');
  for (const { key, value } of [...(map?.pairs ?? []), ...pairsOf(given)]) {
    if (configKeys.has(key.text) || notIdentity.has(key.text)) continue;
    if (key.text !== 'arguments' || given?.kind !== 'map') values.set(key.text, canonical(value));
  }
  const own = get(map, 'name');
  const parts = [...values].map(([key, value]) => `${key}=${value}`).toSorted();
  return [own?.kind === 'scalar' ? own.text : '', ...parts].join('\0');
}

const notIdentity: ReadonlySet<string> = new Set([
  'config',
  'description',
  'test_name',
  'name',
  'column_name',
]);

function canonical(node: Node): string {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'seq') return `[${node.items.map(canonical).join('\x01')}]`;
  return `{${node.pairs
    .map(({ key, value }) => `${key.text}:${canonical(value)}`)
    .toSorted()
    .join('\x01')}}`;
}

function isTruthy(node: Node | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'map') return node.pairs.length > 0;
  if (node.kind === 'seq') return node.items.length > 0;
  return node.value !== null && node.value !== '' && node.value !== false && node.value !== 0;
}

function listed(pairs: readonly Pair[]): string {
  const names = pairs.map(({ key }) => `\`${key.text}\``);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}
