import type { Use } from '../../core/facts.ts';
import { findCalls } from './calls.ts';
import type { JinjaBlock } from './jinja.ts';

/**
 * The uses of a text, where variables that the text itself asks for before it takes them need not be there:
 * `{% if var('a', none) %}{{ var('a') }}{% endif %}`.
 */
export function withGuardedVars(uses: readonly Use[], blocks: readonly JinjaBlock[]): readonly Use[] {
  if (!uses.some(isBareVar)) return uses;
  const asked = askedVars(blocks);
  if (asked.size === 0) return uses;
  return uses.map((use) => (isBareVar(use) && asked.has(use.name) ? { ...use, role: 'deferred' } : use));
}

function isBareVar({ namespaces, role }: Use): boolean {
  return namespaces[0] === 'dbt.var' && role !== 'deferred';
}

/** The variables that conditions ask for with a default. */
function askedVars(blocks: readonly JinjaBlock[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { tokens } of blocks) {
    if (!tokens.some(({ kind, text }) => kind === 'name' && (text === 'if' || text === 'elif'))) continue;
    for (const { name, arguments: given } of findCalls(tokens)) {
      const asked = name.text === 'var' && given.length > 1 ? given[0]?.literal : undefined;
      if (asked) found.add(asked.text);
    }
  }
  return found;
}
