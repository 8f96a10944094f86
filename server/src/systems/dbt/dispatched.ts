import type { Definition, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { isBuiltinPackage } from './builtins.ts';
import { keyword, type Argument, type Call } from './calls.ts';
import type { Token } from './jinja.ts';
import { layoutOf } from './layout.ts';
import { adapterInUse } from './source-words.ts';

/** What calls of `adapter.dispatch` are made in the name of, which need not be a package's. */
export const dispatchedNamespace = 'dbt.dispatched';

/** `adapter.dispatch('cents', 'money')`; in the name of the package that they stand in most are made, and these are known by it. */
export function dispatchedDefinitions(calls: readonly Call[], project: Project): readonly Definition[] {
  return calls.flatMap((call): readonly Definition[] => {
    if (call.head?.text !== 'adapter' || call.name.text !== 'dispatch') return [];
    const name = namespaceOf(call);
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

function namespaceOf(call: Call): Token | undefined {
  const second = call.arguments[1]?.keyword === undefined ? call.arguments[1] : undefined;
  return (second ?? keyword(call, 'macro_namespace'))?.literal;
}

/** Macros that stand for others with one adapter, by what they stand for: `duckdb__star` is known as `star`. */
export const implementation = 'dbt.implementation';

const nowhere = { start: 0, end: 0 };

/** What a macro stands for by its name, and with which adapter; none for a name in one part. */
export function implementationOf(macro: string, { scope }: Project): readonly Definition[] {
  const at = macro.indexOf('__');
  if (at < 1) return [];
  return [
    {
      fact: 'definition',
      namespace: implementation,
      scope,
      name: macro.slice(at + 2),
      span: nowhere,
      what: 'macro',
      implicit: true,
      exclusive: false,
      data: { adapter: macro.slice(0, at) },
    },
  ];
}

/** What a call of `adapter.dispatch` is to find, in whatever order it is told. */
export function dispatchedName(call: Call): Argument | undefined {
  return keyword(call, 'macro_name') ?? call.arguments.find((each) => each.keyword === undefined);
}

/**
 * `adapter.dispatch('star')` leads to `default__star` and what adapters put in its place: which of them there are, and
 * which adapter is in use, decides whether anything is found.
 */
export function dispatchUses(call: Call, { scope }: Project, at: string): readonly Use[] {
  const name = dispatchedName(call)?.literal;
  if (!name || name.text.includes('.')) return [];
  const prefix = 'default__';
  const { text, span } = name;
  const common = { fact: 'use', scope, role: 'deferred' } as const;
  // What is dispatched in dbt's own name another release, or an adapter, may have.
  const isOfDbt = isBuiltinPackage(namespaceOf(call)?.text ?? '');
  const data = { length: String(span.end - span.start), ...(isOfDbt ? {} : { at }) };
  const nothing = { start: span.start, end: span.start };
  return [
    { ...common, namespaces: ['dbt.macro'], name: prefix + text, prefix, span },
    { ...common, namespaces: [implementation], name: text, span: nothing, data },
    { ...common, namespaces: [adapterInUse.namespace], name: adapterInUse.name, span: nowhere },
  ];
}
