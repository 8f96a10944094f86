import type { FactReader } from '../core/fact-index.ts';
import { keysOfUse } from '../core/fact-index.ts';
import type { Definition, Fact, Located, NameKey, Use } from '../core/facts.ts';
import { touches } from '../core/span.ts';

/** The name written at an offset: the shortest span wins, since `a b:c` holds names within names. */
export function factAt(facts: FactReader, path: string, offset: number): Definition | Use | undefined {
  let best: Definition | Use | undefined;
  for (const fact of facts.of(path)) {
    if (fact.fact === 'hole' || isImplicit(fact) || !touches(fact.span, offset)) continue;
    if (!best || length(fact) < length(best)) best = fact;
  }
  return best;
}

/** The names that a fact is about, those that something defines first. */
export function keysOf(fact: Definition | Use, facts: FactReader): readonly NameKey[] {
  if (fact.fact === 'definition') return [fact];
  const keys = keysOfUse(fact);
  const defined = keys.filter((key) => facts.definitions(key).length > 0);
  return defined.length > 0 ? defined : keys;
}

/** What a file as a whole defines (a model, by its name), for questions asked from inside it. */
export function implicitDefinition(facts: FactReader, path: string): Definition | undefined {
  const ofFile = facts
    .of(path)
    .filter(
      (fact): fact is Definition => fact.fact === 'definition' && isImplicit(fact) && length(fact) === 0,
    );
  return ofFile.find((fact) => ofFile.filter((other) => other.namespace === fact.namespace).length === 1);
}

function isImplicit(fact: Fact | Located<Definition>): boolean {
  return fact.fact === 'definition' && fact.implicit === true;
}

function length(fact: Definition | Use): number {
  return fact.span.end - fact.span.start;
}
