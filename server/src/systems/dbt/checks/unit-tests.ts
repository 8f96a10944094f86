import { findPair, get, itemsOf, type Node, type Pair } from '../../../core/tree.ts';
import { fix, isTemplate, kindOf, placeOf, plainScalar, replacing, type Check } from './check.ts';
import { isCall, withoutBraces } from './snapshots.ts';

/** A unit test's inputs and rows. */
export function checkUnitTest(check: Check, entry: Node): void {
  for (const given of itemsOf(get(entry, 'given'))) {
    if (given.kind !== 'map') continue;
    const input = findPair(given, 'input');
    if (input) checkInput(check, input);
    checkRows(check, given, { what: 'input', owner: input, isSeed: mayBeSeed(check, input) });
  }
  const versions = get(entry, 'versions');
  const excluded = findPair(versions, 'exclude');
  if (excluded && saysVersions(excluded.value) && saysVersions(get(versions, 'include'))) {
    const message = '`include` and `exclude` exclude each other, and dbt refuses both together; keep one';
    check.report(excluded.key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
  }
  const expect = findPair(entry, 'expect');
  if (expect?.value.kind === 'map')
    checkRows(check, expect.value, { what: 'expected', owner: expect, isSeed: false });
}

/** An empty list is as good as none. */
function saysVersions(node: Node | undefined): boolean {
  return node?.kind === 'seq' && node.items.length > 0;
}

function checkInput(check: Check, { key, value }: Pair): void {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return;
  if (value.text.trim() === 'this' || isCall(check, value, ['ref', 'source'])) return;
  const edits = withoutBraces(check, value);
  const isWord = /^\w+$/.test(value.text) && value.style === 'plain';
  const meant = `ref('${value.text}')`;
  const fixes = edits
    ? fix('Remove the braces', edits, false)
    : isWord
      ? replacing(`Change to \`${meant}\``, check.source, value.span, meant)
      : [];
  const advice = edits ? 'remove the braces' : isWord ? `write \`${meant}\`` : 'correct it';
  const message = `an input must be one \`ref(…)\` or \`source(…)\`, or \`this\`, not ${kindOf(value)}; ${advice}`;
  // Of a unit test this alone is what dbt v2 refuses at once.
  const code = check.version.major >= 2 ? 'dbt/refused-by-v2' : 'dbt/invalid-value';
  check.report(placeOf(key, value), message, { code, severity: 'error', fixes });
}

/** Only a seed's rows can be left out; whether a model is one, other files tell. */
function mayBeSeed(check: Check, input: Pair | undefined): boolean {
  return input?.value.kind === 'scalar' && isCall(check, input.value, ['ref']);
}

interface RowsPlace {
  readonly what: 'input' | 'expected';
  readonly owner: Pair | undefined;
  readonly isSeed: boolean;
}

function checkRows(check: Check, map: Node, { what, owner, isSeed }: RowsPlace): void {
  const format = get(map, 'format');
  if (format && !plainScalar(format)) return;
  const kind = format?.kind === 'scalar' ? format.text : 'dict';
  if (!['dict', 'csv', 'sql'].includes(kind)) return;
  const rows = findPair(map, 'rows');
  const fixture = findPair(map, 'fixture');
  const report = (pair: Pair | undefined, message: string): void => {
    const at = pair ?? owner;
    if (at)
      check.report(pair ? placeOf(pair.key, pair.value) : at.key, message, {
        code: 'dbt/invalid-value',
        severity: 'error',
      });
  };
  const isEmpty = !rows || (rows.value.kind === 'scalar' && rows.value.value === null);
  if (kind === 'dict') {
    if (fixture && isEmpty)
      report(fixture, 'a fixture is a file of CSV or SQL; add `format: csv` or `format: sql`');
    else if (isEmpty && !isSeed)
      report(rows, `the ${what} rows are missing; list them under \`rows\`, or write \`rows: []\` for none`);
    else if (rows?.value.kind === 'scalar' && !isEmpty && !isTemplate(rows.value))
      report(
        rows,
        `the ${what} rows are a string, but their format is \`dict\`; write a list of mappings, or \`format: csv\``,
      );
    return;
  }
  // A fixture takes the place of the rows.
  if (fixture) return;
  if (rows?.value.kind === 'seq')
    report(
      { key: rows.key, value: rows.value },
      `the ${what} rows are a list, but their format is \`${kind}\`; write them as one string, or remove \`format\``,
    );
  else if (isEmpty)
    report(rows, `the ${what} rows are missing; write them under \`rows\`, or name a \`fixture\``);
}
