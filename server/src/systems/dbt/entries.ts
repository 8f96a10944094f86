import type { Definition, NameKey, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { usesInText, type Role } from './references.ts';
import { isSecondLine } from './version.ts';

/** What a properties file is read with, besides its tree. */
export interface EntryReader {
  readonly text: string;
  readonly project: Project;
  readonly package: string;
}

/** The names that a string of the file relies on, read where it is written. */
export function usesAt(node: Node | undefined, reader: EntryReader, role: Role): readonly Use[] {
  const value = stringOf(node);
  if (!value || !value.text.includes('(')) return [];
  return usesInText(reader.text, value.span, reader.project, role);
}

/** The same uses as part of a named thing's text. */
export function usesBy(uses: readonly Use[], by: NameKey | undefined): readonly Use[] {
  return by && uses.length > 0 ? uses.map((each) => ({ ...each, by })) : uses;
}

export function keyOf({ namespace, scope, name }: NameKey): NameKey {
  return { namespace, scope, name };
}

export function use(namespace: string, name: ScalarNode, role: string, reader: EntryReader): Use {
  const { scope } = reader.project;
  return { fact: 'use', namespaces: [namespace], scope, name: name.text, span: name.span, role };
}

/** What is switched off, or may be, is not resolved by dbt. */
export function roleOf(entry: Node): Role {
  const enabled = get(get(entry, 'config'), 'enabled') ?? get(entry, 'enabled');
  return enabled === undefined || (enabled.kind === 'scalar' && enabled.value === true)
    ? 'plain'
    : 'deferred';
}

/** The same for what dbt v2 only warns of: exposures, semantic models and unit tests of what is not there. */
export function readerRole(entry: Node, { project }: EntryReader): Role {
  const role = roleOf(entry);
  return role === 'plain' && isSecondLine(project) ? 'test' : role;
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
  // dbt v2 takes the last of two entries for a macro.
  const isShared = section === 'macros' && isSecondLine(reader.project);
  return {
    ...definition('dbt.properties', name, 'description', reader),
    group: `${reader.package}:${section}`,
    ...(isShared ? { exclusive: false } : {}),
    within: { namespace, scope: reader.project.scope, name: name.text },
  };
}

/** A string that nothing is computed in. */
export function plainString(node: Node | undefined): ReturnType<typeof stringOf> {
  const found = stringOf(node);
  return found?.text.includes('{') ? undefined : found;
}

/** The plain text of a scalar that holds no Jinja. */
export function plainText(node: Node | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null || node.text.includes('{{')) return undefined;
  return node.text;
}
