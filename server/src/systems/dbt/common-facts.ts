import type { Definition, Fact, NameKey, Use } from '../../core/facts.ts';
import { get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import { aboutOf, plainString, plainText, roleOf, use, usesAt, usesBy, type EntryReader } from './entries.ts';
import { genericTestFacts, targetOf } from './generic-tests.ts';

/** The thing that an entry describes, for what stands below it. */
export interface Owner {
  /** What a column's name begins with: `orders.`; undefined where columns have no names. */
  readonly columns?: string;
  /** Whose text the entry is, for the lineage. */
  readonly by?: NameKey;
}

/** What any entry may hold: descriptions, tests, constraints, a group, columns with the like. */
export function commonFacts(entry: Node, reader: EntryReader, owner: Owner = {}): readonly Fact[] {
  const found = allFacts(entry, reader, owner);
  return found.length > 0 && roleOf(entry) === 'deferred' ? unresolved(found) : found;
}

/** The same for what dbt does not resolve, as it is switched off: its names need not be there. */
export function unresolved(facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => (isResolved(fact) ? { ...fact, role: 'deferred' } : fact));
}

/** The same for what says something of a node or a macro: where that is not there, nothing of it is looked at. */
export function aboutNode(facts: readonly Fact[], node: NameKey): readonly Fact[] {
  return facts.map((fact) => (isResolved(fact) && !fact.within ? { ...fact, within: node } : fact));
}

/** Of the arguments of tests dbt wants to know all the same. */
function isResolved(fact: Fact): fact is Use {
  return fact.fact === 'use' && (fact.role === 'plain' || fact.role === 'data-test');
}

function allFacts(entry: Node, reader: EntryReader, owner: Owner): readonly Fact[] {
  const found: Fact[] = [];
  for (const { key, value } of pairsOf(entry)) {
    if (key.text === 'description') found.push(...usesAt(value, reader, 'plain'));
    else if (key.text === 'tests' || key.text === 'data_tests')
      for (const test of itemsOf(value)) found.push(...genericTestFacts(test, reader));
    else if (key.text === 'constraints')
      for (const each of itemsOf(value)) found.push(...constraintFacts(each, reader, owner));
    else if (key.text === 'columns')
      for (const each of itemsOf(value)) found.push(...columnFacts(each, reader, owner));
    else if (key.text === 'arguments')
      for (const each of itemsOf(value)) found.push(...commonFacts(each, reader));
    else if (key.text === 'group') found.push(...groupUse(value, reader));
    else if (key.text === 'config') found.push(...groupUse(get(value, 'group'), reader));
  }
  return found;
}

function constraintFacts(entry: Node, reader: EntryReader, owner: Owner): readonly Use[] {
  const to = get(entry, 'to');
  const target = targetOf(plainText(to) ?? '');
  return [
    ...usesBy(usesAt(to, reader, 'plain'), owner.by),
    ...columnUses(get(entry, 'columns'), owner.columns, reader),
    ...columnUses(get(entry, 'to_columns'), target && `${target}.`, reader),
  ];
}

/** The columns that one name or a list of them stands for, where it is known whose they are; nobody minds one that is not there. */
export function columnUses(
  node: Node | undefined,
  prefix: string | undefined,
  reader: EntryReader,
): readonly Use[] {
  if (prefix === undefined) return [];
  const names = node?.kind === 'scalar' ? [node] : itemsOf(node);
  return names.flatMap((each) => {
    const name = plainString(each);
    return name ? [{ ...use('dbt.column', name, 'deferred', reader), name: prefix + name.text, prefix }] : [];
  });
}

function columnFacts(entry: Node, reader: EntryReader, owner: Owner): readonly Fact[] {
  const name = owner.columns === undefined ? undefined : stringOf(get(entry, 'name'));
  const common = commonFacts(entry, reader, owner.by ? { by: owner.by } : {});
  if (!name) return common;
  const about = aboutOf(entry);
  const column: Definition = {
    fact: 'definition',
    namespace: 'dbt.column',
    scope: reader.project.scope,
    name: owner.columns + name.text,
    prefix: owner.columns!,
    span: name.span,
    what: 'column',
    exclusive: false,
    ...(about === undefined ? {} : { about }),
  };
  return common.length === 0 ? [column] : [column, ...common];
}

function groupUse(node: Node | undefined, reader: EntryReader): readonly Use[] {
  const name = stringOf(node);
  if (!name || name.text.includes('{{')) return [];
  return [use('dbt.group', name, 'plain', reader)];
}
