import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { usesInText, type Role } from './references.ts';

/** What a properties file is read with, besides its tree. */
export interface EntryReader {
  readonly text: string;
  readonly project: Project;
  readonly package: string;
}

/** What any entry may hold: descriptions, tests, constraints, a group, columns with the like. */
export function commonFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const found: Fact[] = [];
  for (const { key, value } of pairsOf(entry)) {
    if (key.text === 'description') found.push(...usesAt(value, reader, 'plain'));
    else if (key.text === 'tests' || key.text === 'data_tests')
      found.push(...itemsOf(value).flatMap((test) => testFacts(test, reader)));
    else if (key.text === 'constraints')
      found.push(...itemsOf(value).flatMap((each) => usesAt(get(each, 'to'), reader, 'plain')));
    else if (key.text === 'columns' || key.text === 'arguments')
      found.push(...itemsOf(value).flatMap((each) => commonFacts(each, reader)));
    else if (key.text === 'group') found.push(...groupUse(value, reader));
    else if (key.text === 'config') found.push(...groupUse(get(value, 'group'), reader));
  }
  return found;
}

function groupUse(node: Node | undefined, reader: EntryReader): readonly Use[] {
  const name = stringOf(node);
  if (!name || name.text.includes('{{')) return [];
  return [
    {
      fact: 'use',
      namespaces: ['dbt.group'],
      scope: reader.project.scope,
      name: name.text,
      span: name.span,
      role: 'plain',
    },
  ];
}

/** A test's own name, and every string among its arguments. */
function testFacts(test: Node, reader: EntryReader): readonly Fact[] {
  if (test.kind === 'scalar') return testName(test, reader);
  const [first] = pairsOf(test);
  const named = stringOf(get(test, 'test_name'));
  const name = named ?? (first?.value.kind === 'map' ? first.key : undefined);
  return [...(name ? testName(name, reader) : []), ...stringUses(test, reader)];
}

function testName(name: ScalarNode, reader: EntryReader): readonly Use[] {
  const dot = name.text.indexOf('.');
  const own = name.text.slice(dot + 1);
  // A quoted or folded key has no plain place for the part behind the dot.
  if (own === '' || name.span.end - name.span.start !== name.text.length) return [];
  const span = { start: name.span.start + dot + 1, end: name.span.end };
  return [
    {
      fact: 'use',
      namespaces: ['dbt.macro'],
      scope: reader.project.scope,
      name: `test_${own}`,
      prefix: 'test_',
      span,
      role: 'deferred',
    },
  ];
}

function stringUses(node: Node, reader: EntryReader): readonly Use[] {
  if (node.kind === 'scalar') return usesAt(node, reader, 'test');
  const inside = node.kind === 'map' ? node.pairs.map((pair) => pair.value) : node.items;
  return inside.flatMap((each) => stringUses(each, reader));
}

/** The names that a string of the file relies on, read where it is written. */
export function usesAt(node: Node | undefined, reader: EntryReader, role: Role): readonly Use[] {
  const value = stringOf(node);
  if (!value || !value.text.includes('(')) return [];
  return usesInText(reader.text, value.span, reader.project, role);
}

/** What is switched off, or may be, is not resolved by dbt. */
export function roleOf(entry: Node): Role {
  const enabled = get(get(entry, 'config'), 'enabled') ?? get(entry, 'enabled');
  return enabled === undefined || (enabled.kind === 'scalar' && enabled.value === true)
    ? 'plain'
    : 'deferred';
}

export function aboutOf(entry: Node): string | undefined {
  const text = stringOf(get(entry, 'description'))?.text.trim();
  if (text === undefined || text === '') return undefined;
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

export function definition(
  namespace: string,
  name: ScalarNode,
  what: string,
  reader: EntryReader,
): Definition {
  const { scope } = reader.project;
  return {
    fact: 'definition',
    namespace,
    scope,
    name: name.text,
    span: name.span,
    what,
    group: reader.package,
  };
}

/** That an entry describes a name: two of them for one name exclude each other, where there is such a name. */
export function describes(name: ScalarNode, section: string, reader: EntryReader): Definition {
  const namespace = section === 'macros' ? 'dbt.macro' : 'dbt.node';
  return {
    ...definition('dbt.properties', name, 'description', reader),
    group: `${reader.package}:${section}`,
    within: { namespace, scope: reader.project.scope, name: name.text },
  };
}
