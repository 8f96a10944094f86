import type { FactReader } from '../core/fact-index.ts';
import {
  anyScope,
  keysOfUse,
  type Definition,
  type Fact,
  type Located,
  type NameKey,
  type Use,
} from '../core/facts.ts';
import { isMeant } from '../core/meant.ts';
import type { Platform } from '../core/platform.ts';
import { touches } from '../core/span.ts';

/**
 * The name written at an offset: the shortest span wins, since `a b:c` holds names within names;
 * of two with one span, the one that does not lean on another name. One that its text does not mean only where there is no other.
 */
export function factAt(facts: FactReader, path: string, offset: number): Definition | Use | undefined {
  let best: Definition | Use | undefined;
  let unmeant: Use | undefined;
  for (const fact of facts.of(path)) {
    if (fact.fact === 'hole' || isImplicit(fact) || !touches(fact.span, offset) || !isWritten(fact)) continue;
    if (fact.fact === 'use' && !isMeant(fact, facts)) {
      // What somebody is still writing may become this name.
      unmeant ??= fact;
      continue;
    }
    const gain = best ? length(best) - length(fact) : 1;
    if (gain > 0 || (gain === 0 && leansOnOther(best!) && !leansOnOther(fact))) best = fact;
  }
  return best ?? unmeant;
}

/** False for a use that stands nowhere: a rule only wants to be told of its name. */
export function isWritten(fact: Definition | Use): boolean {
  return fact.fact === 'definition' || length(fact) > 0 || ownPart(fact) === '';
}

/** The part of a name that stands at its span. */
export function ownPart({ name, prefix = '' }: { readonly name: string; readonly prefix?: string }): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** The uses of a name that a person can go to. */
export function placesOf(facts: FactReader, key: NameKey): readonly Located<Use>[] {
  return facts.uses(key).filter(isWritten);
}

/** The names that a fact is about, those that something defines first. */
export function keysOf(fact: Definition | Use, facts: FactReader): readonly NameKey[] {
  if (fact.fact === 'definition') return [fact];
  const keys = keysOfUse(fact).flatMap((key) => inItsScopes(key, facts));
  const defined = keys.filter((key) => facts.definitions(key).length > 0);
  return defined.length > 0 ? defined : keysOfUse(fact);
}

/** A name of whichever project has it, as that project knows it; of one's own, or of scopes from which it may be had. */
function inItsScopes(key: NameKey, facts: FactReader): readonly NameKey[] {
  if (key.scope !== anyScope) return facts.reached(key);
  const scopes = new Set(facts.definitions(key).map(({ scope }) => scope));
  return scopes.size === 0 ? [key] : [...scopes].map((scope) => ({ ...key, scope }));
}

/** What a file as a whole defines (a model, by its name), for questions asked from inside it. */
export function implicitDefinition({ facts, systems }: Named, path: string): Definition | undefined {
  // What only rules look at is no name to a person.
  const isName = ({ namespace }: NameKey): boolean =>
    systems.some(({ names }) => names.some((kind) => kind.namespace === namespace));
  const ofFile = facts
    .of(path)
    .filter((fact) => fact.fact === 'definition')
    .filter((fact) => isImplicit(fact) && length(fact) === 0 && isName(fact));
  return ofFile.find(
    (fact) =>
      ofFile.filter((other) => other.namespace === fact.namespace && other.scope === fact.scope).length === 1,
  );
}

type Named = Pick<Platform, 'facts' | 'systems'>;

/** An entry that only describes a name, at the place where that name itself is used. */
function leansOnOther(fact: Definition | Use): boolean {
  return fact.fact === 'definition' && fact.within !== undefined;
}

function isImplicit(fact: Fact | Located<Definition>): boolean {
  return fact.fact === 'definition' && fact.implicit === true;
}

function length(fact: Definition | Use): number {
  return fact.span.end - fact.span.start;
}
