import type { Fact, Use } from '../../core/facts.ts';
import type { Node } from '../../core/tree.ts';
import type { EntryReader } from './entries.ts';
import { templatesIn } from './project-jinja.ts';
import { misplacedSecret, usesInText } from './references.ts';

/**
 * The variables that strings of a properties file ask for, wherever they stand: dbt renders all of them.
 * `known` is what the file's entries stated already.
 */
export function variableUses(tree: Node, reader: EntryReader, known: readonly Fact[]): readonly Use[] {
  if (!reader.text.includes('var(')) return [];
  const stated = new Set(known.flatMap((fact) => (fact.fact === 'use' ? keyOf(fact) : [])));
  return templatesIn(tree)
    .flatMap((scalar) => usesInText(reader.text, scalar.span, reader.project, 'plain'))
    .filter((use) => isVariable(use) && !stated.has(keyOf(use)));
}

function keyOf({ namespaces, span }: Use): string {
  return `${namespaces[0]}@${span.start}`;
}

function isVariable({ namespaces }: Use): boolean {
  return ['dbt.var', 'dbt.env', misplacedSecret].includes(namespaces[0]!);
}
