import type { Definition, NameKey, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import type { ScalarNode } from '../../core/tree.ts';

/** Nodes that a properties file switches off, or may: dbt does not resolve what they rely on. */
const namespace = 'dbt.disabled';

export function switchOff(name: ScalarNode, project: Project): Definition {
  const { scope } = project;
  return {
    fact: 'definition',
    namespace,
    scope,
    name: name.text,
    span: name.span,
    what: 'entry',
    exclusive: false,
  };
}

/** The uses of a node's file, silent while a properties file switches the node off. */
export function unlessSwitchedOff(uses: readonly Use[], name: string, project: Project): readonly Use[] {
  if (!uses.some((use) => use.role !== 'deferred')) return uses;
  const unless: NameKey = { namespace, scope: project.scope, name };
  const asked: Use = {
    fact: 'use',
    namespaces: [namespace],
    scope: project.scope,
    name,
    span: { start: 0, end: 0 },
    role: 'deferred',
  };
  return [asked, ...uses.map((use) => (use.role === 'deferred' ? use : { ...use, unless }))];
}
