import type { Definition, Use } from '../../core/facts.ts';
import type { ParsedFile, SemanticToken } from '../../core/system.ts';

/** What a name is coloured as, by its namespace. */
const types: Readonly<Record<string, SemanticToken['type']>> = {
  'dbt.node': 'class',
  'dbt.source': 'class',
  'dbt.source-table': 'class',
  'dbt.macro': 'function',
  'dbt.var': 'variable',
  'dbt.env': 'variable',
};

/** Names of models, sources, macros and variables in SQL, which a grammar takes for any string or word. */
export function dbtTokens({ claim, facts }: ParsedFile): readonly SemanticToken[] {
  if (claim.format !== 'sql') return [];
  const found: SemanticToken[] = [];
  for (const fact of facts) {
    if (fact.fact === 'hole' || fact.span.end === fact.span.start) continue;
    const type = types[namespaceOf(fact)];
    if (type)
      found.push({ span: fact.span, type, ...(fact.fact === 'definition' ? { isDeclaration: true } : {}) });
  }
  return found
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ span }, at, all) => at === 0 || span.start >= all[at - 1]!.span.end);
}

function namespaceOf(fact: Definition | Use): string {
  return fact.fact === 'definition' ? fact.namespace : (fact.namespaces[0] ?? '');
}
