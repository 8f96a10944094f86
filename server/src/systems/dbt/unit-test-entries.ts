import type { Fact, Use } from '../../core/facts.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import {
  definition,
  keyOf,
  plainText,
  readerRole,
  roleOf,
  use,
  usesAt,
  usesBy,
  type EntryReader,
} from './entries.ts';
import { unitTestName } from './spec-names.ts';
import { isSecondLine } from './version.ts';

/** A unit test of no model is refused at once; an input that is not there fails only when the test runs. */
export function unitTestFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const model = stringOf(get(entry, 'model'));
  const role = roleOf(entry);
  const found: Fact[] = [];
  const prefix = `${model?.text ?? ''}.`;
  const own = name && {
    ...definition('dbt.unit-test', name, 'unit test', reader),
    name: prefix + name.text,
    prefix,
  };
  // dbt v2 takes the last of two.
  const isShared = role !== 'plain' || isSecondLine(reader.project);
  if (own) found.push(isShared ? { ...own, exclusive: false } : own);
  if (own) {
    const byItself = definition(unitTestName, name, 'unit test', reader);
    found.push({ ...byItself, exclusive: false, within: keyOf(own) });
  }
  if (model) found.push(...testedModel(entry, model, readerRole(entry, reader), reader));
  const uses: Use[] = [];
  const inputRole = role === 'plain' ? 'test' : role;
  for (const given of itemsOf(get(entry, 'given'))) {
    const needsSeed = role === 'plain' && isWithoutRows(given);
    for (const each of usesAt(get(given, 'input'), reader, inputRole))
      uses.push(needsSeed && each.namespaces[0] === 'dbt.node' ? { ...each, data: { rows: 'none' } } : each);
    uses.push(...fixtureUse(given, role, reader));
  }
  uses.push(...fixtureUse(get(entry, 'expect'), role, reader), ...overriddenUses(entry, reader));
  return [...found, ...usesBy(uses, own && keyOf(own))];
}

/** dbt also takes `orders.v2` for one version of a model, and `orders 2`. */
function testedModel(
  entry: Node,
  model: NonNullable<ReturnType<typeof stringOf>>,
  role: string,
  reader: EntryReader,
): readonly Use[] {
  const [word = ''] = model.text.trim().split(/\s+/);
  const versions = findPair(entry, 'versions');
  const named = ['include', 'exclude'].flatMap((key) =>
    itemsOf(get(versions?.value, key)).flatMap((each) => plainText(each) ?? []),
  );
  const included = itemsOf(get(versions?.value, 'include')).flatMap((each) => plainText(each) ?? []);
  const tested: Use = {
    ...use('dbt.node', model, role, reader),
    namespaces: ['dbt.node', 'dbt.node-version'],
    name: word,
    data: {
      unitTest: 'yes',
      incremental: overrideOf(entry),
      ...(versions && named.length > 0
        ? { versions: included.join(','), at: `${versions.key.span.start},${versions.key.span.end}` }
        : {}),
    },
  };
  const { scope } = reader.project;
  const asked = named.map((version): Use => {
    const span = { start: model.span.start, end: model.span.start };
    const name = `${word}.v${version}`;
    return { fact: 'use', namespaces: ['dbt.node-version'], scope, name, span, role: 'deferred' };
  });
  return [tested, ...asked];
}

/** Macros and variables that the test puts something else in the place of; dbt does not mind one that is not there. */
function overriddenUses(entry: Node, reader: EntryReader): readonly Use[] {
  const overrides = get(entry, 'overrides');
  const vars = pairsOf(get(overrides, 'vars')).map(({ key }) => use('dbt.var', key, 'deferred', reader));
  const macros = pairsOf(get(overrides, 'macros')).map(({ key }): Use => {
    const dot = key.text.lastIndexOf('.') + 1;
    const span = { start: key.span.start + dot, end: key.span.end };
    const macro = { ...use('dbt.macro', key, 'deferred', reader), name: key.text.slice(dot) };
    return dot === 0 || key.span.end - key.span.start !== key.text.length ? macro : { ...macro, span };
  });
  return [...vars, ...macros];
}

/** What the test says of `is_incremental()`: `yes`, `no`, or nothing; `this` where the table that is there is given. */
function overrideOf(entry: Node): string {
  const override = get(get(get(entry, 'overrides'), 'macros'), 'is_incremental');
  if (override?.kind !== 'scalar' || typeof override.value !== 'boolean')
    return override && plainText(override) === undefined ? '*' : '';
  const hasThis = itemsOf(get(entry, 'given')).some((given) => plainText(get(given, 'input')) === 'this');
  return override.value ? (hasThis ? 'this' : 'yes') : 'no';
}

/** Only a seed's rows may be left out. */
function isWithoutRows(given: Node): boolean {
  const format = plainText(get(given, 'format')) ?? 'dict';
  const rows = get(given, 'rows');
  const isEmpty = rows === undefined || (rows.kind === 'scalar' && rows.value === null);
  return format === 'dict' && isEmpty && get(given, 'fixture') === undefined;
}

function fixtureUse(entry: Node | undefined, role: string, reader: EntryReader): readonly Use[] {
  const fixture = stringOf(get(entry, 'fixture'));
  return fixture && !fixture.text.includes('{{') ? [use('dbt.fixture', fixture, role, reader)] : [];
}
