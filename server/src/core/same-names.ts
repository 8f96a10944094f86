import type { Definition, Fact, Hole, Located, Use } from './facts.ts';
import type { Span } from './span.ts';

/**
 * Two readings of a file that name the same, one by one: most of what is typed changes no name. What is filed
 * of them can then be overwritten, which spares filing all of a large file's facts anew with each letter.
 */

type Named = Definition | Use;

export function isNamed<T extends Fact>(fact: T): fact is Extract<T, Named> {
  return fact.fact !== 'hole';
}

export function isHole<T extends Fact>(fact: T): fact is Extract<T, Hole> {
  return fact.fact === 'hole';
}

/** True where two readings define and use the same names in the same order, whatever they say of them, and of holes. */
export function isOfSameNames(before: readonly Fact[], after: readonly Fact[]): boolean {
  const [old, now] = [before.filter(isNamed), after.filter(isNamed)];
  return old.length === now.length && old.every((fact, at) => isOfSameName(fact, now[at]!));
}

function isOfSameName(a: Named, b: Named): boolean {
  if (a.name !== b.name || a.scope !== b.scope) return false;
  if (a.fact === 'use') return b.fact === 'use' && isEqual(a.namespaces, b.namespaces);
  return b.fact === 'definition' && a.namespace === b.namespace;
}

/**
 * Makes each of `filed` say what the fact of the same name in `facts` does.
 * Returns what was and what is said of those that differ in more than their place.
 */
export function overwrite(
  filed: readonly Located<Named>[],
  facts: readonly Named[],
): [was: Named[], is: Named[]] {
  const [was, is]: [Named[], Named[]] = [[], []];
  for (const [at, fact] of facts.entries()) {
    const old: Located<Named> & { span: Span } = filed[at]!;
    if (isSameElsewhere(old, fact)) {
      old.span = fact.span;
      continue;
    }
    was.push({ ...old });
    is.push(fact);
    for (const key of Object.keys(old))
      if (key !== 'path' && !Object.hasOwn(fact, key)) Reflect.deleteProperty(old, key);
    Object.assign(old, fact);
  }
  return [was, is];
}

/** Compares all that two facts of one name say but where they stand. */
function isSameElsewhere(filed: Located<Named>, fact: Named): boolean {
  const keys = Object.keys(fact) as (keyof Named)[];
  const places = Object.hasOwn(fact, 'path') ? 0 : 1;
  if (Object.keys(filed).length !== keys.length + places) return false;
  return keys.every((key) => key === 'span' || isEqual(filed[key], fact[key]));
}

/** Of strings, lists and flat objects, which is all that facts are made of. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [own, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(own);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(own[key], other[key]))
  );
}
