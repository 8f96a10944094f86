import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { keyword, type Call } from './calls.ts';
import { layoutOf } from './layout.ts';

/** What calls of `adapter.dispatch` are made in the name of, which need not be a package's. */
export const dispatchedNamespace = 'dbt.dispatched';

/** `adapter.dispatch('cents', 'money')`; in the name of the package that they stand in most are made, and these are known by it. */
export function dispatchedDefinitions(calls: readonly Call[], project: Project): readonly Definition[] {
  return calls.flatMap((call): readonly Definition[] => {
    if (call.head?.text !== 'adapter' || call.name.text !== 'dispatch') return [];
    const second = call.arguments[1]?.keyword === undefined ? call.arguments[1] : undefined;
    const name = (second ?? keyword(call, 'macro_namespace'))?.literal;
    if (!name || name.text === layoutOf(project).package) return [];
    return [
      {
        fact: 'definition',
        namespace: dispatchedNamespace,
        scope: project.scope,
        name: name.text,
        span: name.span,
        what: 'namespace of dispatched calls',
        exclusive: false,
      },
    ];
  });
}
