import type { SchemaProblem } from '../../../core/schema/check-schema.ts';
import { keyNamesAt } from '../../../core/schema/describe-schema.ts';
import type { Schema } from '../../../core/schema/schema.ts';
import type { Span } from '../../../core/span.ts';
import { findPair, get, nodeAt, type MapNode, type Node, type Pair } from '../../../core/tree.ts';
import { slipOf } from '../slip.ts';
import { isSourceWord } from '../source-words.ts';
import { nestPairs } from '../yaml-edits.ts';
import { fix, refusedByV2, replacing, saidByV2, type Check } from './check.ts';

/** Where dbt v1 moves a key below `config` itself, by what the mapping is an item of. */
const moved: Readonly<Record<string, readonly string[]>> = {
  models: ['access', 'contract', 'docs', 'group', 'meta'],
  seeds: ['docs', 'group', 'meta'],
  snapshots: ['docs', 'group', 'meta'],
  analyses: ['docs', 'meta'],
  columns: ['meta', 'tags'],
  sources: ['freshness', 'loaded_at_field', 'loaded_at_query', 'meta', 'tags'],
  tables: ['freshness', 'loaded_at_field', 'loaded_at_query', 'meta', 'tags'],
  exposures: ['meta', 'tags'],
};

/** Configuration that is a mapping with keys that nobody adds to. */
const closedConfig: ReadonlySet<string> = new Set([
  'contract',
  'docs',
  'freshness',
  'persist_docs',
  'snapshot_meta_column_names',
]);

/** Sections whose keys dbt reads in another form than the schema describes, and whose strangers v2 takes. */
const elsewhere: ReadonlySet<string> = new Set(['metrics', 'semantic_models']);

const nodeSections: ReadonlySet<string> = new Set(['models', 'seeds', 'snapshots', 'analyses']);

/** The mappings of a properties file; what may stand in the `config` of one is looked up once, however many keys it has. */
export class PropertiesKeys {
  readonly #tree: Node;
  readonly #schema: Schema;
  readonly #ofConfig = new Map<Node, ReadonlySet<string>>();

  constructor(tree: Node, schema: Schema) {
    this.#tree = tree;
    this.#schema = schema;
  }

  mapAt(pointer: readonly string[]): MapNode | undefined {
    const node = nodeAt(this.#tree, pointer);
    return node?.kind === 'map' ? node : undefined;
  }

  ofConfig(map: MapNode, pointer: readonly string[]): ReadonlySet<string> {
    const known = this.#ofConfig.get(map);
    if (known) return known;
    const names = keyNamesAt(this.#schema, this.#tree, [...pointer, 'config']);
    this.#ofConfig.set(map, names);
    return names;
  }
}

/**
 * A key of a properties file that the published schema does not know. dbt v1 passes over most of them in
 * silence, which is why `desciption` describes nothing; dbt v2 refuses them all.
 */
export function checkUnknownKey(check: Check, problem: SchemaProblem, keys: PropertiesKeys): void {
  const { key = '', pointer, allowed = [], span } = problem;
  const map = keys.mapAt(pointer);
  if (!map || elsewhere.has(pointer[0] ?? '') || pointer.includes('metrics')) return;
  if (isSourceWord(key, pointer)) return;
  const owner = ownerOf(pointer);
  if (owner === 'config' && key.includes('-') && allowed.includes(key.replaceAll('-', '_'))) {
    const meant = key.replaceAll('-', '_');
    const [rename] = replacing(`Change to \`${meant}\``, check.source, span, meant);
    const isThere = findPair(map, meant) !== undefined;
    const fixes =
      rename && !isThere && check.source.slice(span) === key ? [{ ...rename, certain: true }] : [];
    refusedByV2(check, span, `dbt v2 refuses \`${key}\`; write \`${meant}\``, fixes);
    return;
  }
  const pair = owner !== 'config' && keys.ofConfig(map, pointer).has(key) ? findPair(map, key) : undefined;
  if (pair) {
    checkMisplaced(check, pair, { map, owner });
    return;
  }
  // Below configuration adapters have mappings of their own.
  const depth = pointer.lastIndexOf('config');
  if (depth >= 0 && depth < pointer.length - 1 && !closedConfig.has(pointer[depth + 1] ?? '')) return;
  const meant = slipOf(key, allowed);
  if (meant !== undefined) reportSlip(check, { key, span }, meant);
  else refusedByV2(check, span, strangerWords(key, owner, pointer));
}

/** A value that dbt v1 makes something of, and that has the wrong type for v2. */
export function checkForeignType(check: Check, { span, message, pointer }: SchemaProblem): void {
  // dbt v2 itself takes any string for a yes or no, but of constraints.
  if (message.includes('must be true or false') && !pointer.includes('constraints')) return;
  // Of a freshness without a count it warns, and what a version takes over it does not look at.
  if (pointer.includes('freshness') && pointer.at(-1) === 'count') return;
  if (pointer.includes('versions') && pointer.includes('columns')) return;
  refusedByV2(check, span, saidByV2(message));
}

/** What a mapping is an item of, or the key that holds it: `models`, `columns`, `config`; '' for the whole file. */
function ownerOf(pointer: readonly string[]): string {
  const last = pointer.at(-1);
  return last === undefined ? '' : /^\d+$/.test(last) ? (pointer.at(-2) ?? '') : last;
}

interface Misplaced {
  readonly map: MapNode;
  readonly owner: string;
}

/** Configuration that stands beside `config`. */
function checkMisplaced(check: Check, pair: Pair, { map, owner }: Misplaced): void {
  const name = pair.key.text;
  const config = get(map, 'config');
  const same = moved[owner] ?? [];
  const isFirstLine = check.version.major < 2;
  if (!same.includes(name)) {
    const message = isFirstLine
      ? `dbt passes over \`${name}\` here; move it under \`config\``
      : `dbt v2 refuses \`${name}\` here; move it under \`config\``;
    check.report(pair.key, message, {
      code: 'dbt/unknown-key',
      severity: isFirstLine ? 'warning' : 'error',
      fixes: fix(`Move \`${name}\` under \`config\``, nestPairs(check.source, map, [pair], 'config'), false),
    });
    return;
  }
  // Before 1.10 only nodes have these keys in `config`.
  if (check.version.major === 1 && check.version.minor < 10 && !nodeSections.has(owner)) return;
  if (findPair(config, name)) {
    reportTwice(check, pair, owner);
    return;
  }
  const stray = map.pairs.filter(({ key }) => same.includes(key.text) && !findPair(config, key.text));
  const names = stray.map(({ key }) => `\`${key.text}\``).join(', ');
  refusedByV2(
    check,
    pair.key,
    `dbt v2 refuses \`${name}\` here; move it under \`config\`, where it means the same`,
    fix(`Move ${names} under \`config\``, nestPairs(check.source, map, stray, 'config'), true),
  );
}

/** dbt v1 refuses it twice of nodes, and lets one win elsewhere. */
function reportTwice(check: Check, { key }: Pair, owner: string): void {
  const message = `\`${key.text}\` stands beside \`config\` and in it; keep the one in \`config\``;
  if (nodeSections.has(owner))
    check.report(key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
  else refusedByV2(check, key, message);
}

function reportSlip(
  check: Check,
  { key, span }: { readonly key: string; readonly span: Span },
  meant: string,
): void {
  const isFirstLine = check.version.major < 2;
  const what = isFirstLine ? 'passes over' : 'v2 refuses';
  check.report(span, `dbt ${what} the unknown key \`${key}\`; did you mean \`${meant}\`?`, {
    code: 'dbt/unknown-key',
    severity: isFirstLine ? 'warning' : 'error',
    fixes:
      check.source.slice(span) === key ? replacing(`Change to \`${meant}\``, check.source, span, meant) : [],
  });
}

function strangerWords(key: string, owner: string, pointer: readonly string[]): string {
  if (owner === '')
    return `dbt v2 refuses the unknown section \`${key}\`; remove it, or keep anchors of your own below \`anchors:\``;
  if (owner === 'config') return `dbt v2 knows no configuration \`${key}\`; write your own below \`meta\``;
  const isEntry = pointer.length === 2 || owner === 'columns' || owner === 'tables';
  return `dbt v2 refuses the unknown key \`${key}\`; remove it${isEntry ? ', or move it below `meta` in `config`' : ''}`;
}
