import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule, Rule } from '../../../core/rule.ts';
import { joined } from '../../../core/schema/words.ts';
import { builtinMacro, builtinPackages, isConstant } from '../builtins.ts';
import { isSpread, keyword, type Argument, type Call } from '../calls.ts';
import { dispatchedName, implementation } from '../dispatched.ts';
import { adapterInUse } from '../source-words.ts';
import { isSecondLine } from '../version.ts';
import { wholeCalls, type CallsInBlocks } from '../whole-calls.ts';

/**
 * dbt v1 looks up what the macros of a project dispatch to when it has read them, called or not, and evaluates nothing
 * for it: a name that must be computed ends it.
 */
export const dispatchCall: Rule<CallsInBlocks> = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  check({ model, claim, project }, report) {
    if (claim.kind !== 'macro' || isSecondLine(project)) return;
    for (const call of wholeCalls(model)) {
      if (call.at !== 'body' || call.head?.text !== 'adapter' || call.name.text !== 'dispatch') continue;
      const wrong = wrongDispatch(call);
      if (wrong !== undefined) report(call.name, wrong);
    }
  },
};

function wrongDispatch(call: Call): string | undefined {
  const name = dispatchedName(call);
  if (!name || isSpread(name)) return '`adapter.dispatch()` needs the name of a macro as a string; give it';
  if (isComputed(name))
    return 'dbt reads the name that `adapter.dispatch()` is given before anything is evaluated; write it as a string';
  const [owner, ...rest] = name.literal?.text.split('.') ?? [];
  if (rest.length > 0)
    return `a name that is dispatched has no dot; write \`adapter.dispatch('${rest.join('.')}', '${owner ?? ''}')\``;
  const namespace = keyword(call, 'macro_namespace');
  return namespace && isComputed(namespace)
    ? 'dbt reads `macro_namespace` before anything is evaluated; write it as a string'
    : undefined;
}

function isComputed({ keyword: own, words }: Argument): boolean {
  const value = words.slice(own === undefined ? 0 : 2);
  return value.some(({ kind, text }) => (kind === 'name' && !isConstant(text)) || text === '~');
}

/**
 * `adapter.dispatch('cents')` with neither `default__cents` nor one for the adapter in use: dbt v1 refuses that wherever
 * it stands in a macro, v2 once the macro is called.
 */
export const dispatchTarget: FactRule = {
  id: 'dbt/undefined-macro',
  severity: 'error',
  kinds: ['macro', 'model', 'test', 'analysis', 'snapshot'],
  check({ facts, path, claim, project }, reader, report) {
    let prefixes: readonly (readonly string[])[] | undefined;
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== implementation) continue;
      const { at } = fact.data ?? {};
      const isInMacro = at === 'body' && claim.kind === 'macro';
      if (!isInMacro && at !== 'plain' && at !== 'test') continue;
      prefixes ??= prefixesInUse(project.scope, reader);
      const [missing] = prefixes;
      if (!missing || prefixes.some((each) => isFound(fact, each, reader))) continue;
      if (reader.holes('dbt.macro', project.scope).length > 0) continue;
      if (isSecondLine(project) && isPlainElsewhere(fact, path, reader)) continue;
      const names = missing.map((prefix) => `\`${prefix}__${fact.name}\``);
      const { start } = fact.span;
      report(
        { start, end: start + Number(fact.data?.['length']) },
        `nothing to dispatch to: no macro is named ${joined(names, 'or')}; define one of them or correct the name`,
        { severity: isInMacro && isSecondLine(project) ? 'warning' : 'error' },
      );
    }
  },
};

/** Adapters that take the macros of another one where they have none of their own. */
const parents: Readonly<Record<string, string>> = { redshift: 'postgres', databricks: 'spark' };

/** What macros for the selected output may begin with, for each output where Jinja selects; none where an adapter is not known. */
function prefixesInUse(scope: string, reader: FactReader): readonly (readonly string[])[] {
  const outputs = reader.definitions({ ...adapterInUse, scope });
  const selected = outputs.filter(({ data }) => data?.['selected'] !== undefined);
  const types = (selected.length > 0 ? selected : outputs).map(({ data }) => data?.['type'] ?? '');
  if (!types.every((type) => builtinPackages.includes(`dbt_${type}`))) return [];
  return types.map((type) => [type, ...(Object.hasOwn(parents, type) ? [parents[type]!] : []), 'default']);
}

/** Also where dbt itself may have it, or had it in another release. */
function isFound({ name, scope }: Use, prefixes: readonly string[], reader: FactReader): boolean {
  if (builtinMacro(name) !== undefined) return true;
  if (prefixes.some((prefix) => builtinMacro(`${prefix}__${name}`) !== undefined)) return true;
  return reader
    .reached({ namespace: implementation, scope, name })
    .flatMap((key) => reader.definitions(key))
    .some(({ data }) => prefixes.includes(data?.['adapter'] ?? ''));
}

/** dbt v2 takes the macro of the very name where there is no other. */
function isPlainElsewhere({ name, scope }: Use, path: string, reader: FactReader): boolean {
  return reader.definitions({ namespace: 'dbt.macro', scope, name }).some((each) => each.path !== path);
}
