import type { Definition, Fact, Hole, Located, NameKey, Reading, Use } from './facts.ts';
import { isSameList } from './same-list.ts';
import type { Span } from './span.ts';

/**
 * Two readings of a file that name the same, one by one: most of what is typed changes no name. What is filed
 * of them can then be overwritten, which spares filing all of a large file's facts anew with each letter.
 */

type Named = Definition | Use;

/** The names that two readings of a file have in common, one by one, those left out that one and the same fact tells of in both. */
export interface SameNames {
  readonly filed: readonly Located<Named>[];
  readonly said: readonly Named[];
  /** Whether both have the same holes, too. */
  readonly hasSameHoles: boolean;
}

/** Undefined where the readings define or use other names, or in another order. Facts that are the same are not looked into. */
export function sameNames(before: readonly Located<Fact>[], facts: readonly Fact[]): SameNames | undefined {
  const [filed, said]: [Located<Named>[], Named[]] = [[], []];
  let hasSameHoles = before.length === facts.length;
  for (let at = 0; hasSameHoles && at < facts.length; at++) {
    const [was, is] = [before[at]!, facts[at]!];
    if (was === is) continue;
    if (was.fact === 'hole' || is.fact === 'hole') hasSameHoles = isSameHole(was, is);
    else if (!isOfSameName(was, is)) return undefined;
    else {
      filed.push(was);
      said.push(is);
    }
  }
  if (hasSameHoles) return { filed, said, hasSameHoles };
  const [allFiled, allSaid] = [namedOf(before), namedOf(facts)];
  return isOfSameNames(allFiled, allSaid) ? { filed: allFiled, said: allSaid, hasSameHoles } : undefined;
}

/** The definitions and uses: the list itself where there is no hole among them, as in nearly all files. */
function namedOf<T extends Fact>(facts: readonly T[]): readonly Extract<T, Named>[] {
  if (!facts.some(isHole)) return facts as readonly Extract<T, Named>[];
  return facts.filter((fact): fact is Extract<T, Named> => fact.fact !== 'hole');
}

export function isHole<T extends Fact>(fact: T): fact is Extract<T, Hole> {
  return fact.fact === 'hole';
}

/** True where two lists define and use the same names in the same order, whatever they say of them. */
function isOfSameNames(before: readonly Named[], after: readonly Named[]): boolean {
  if (before.length !== after.length) return false;
  for (let at = 0; at < before.length; at++)
    if (before[at] !== after[at] && !isOfSameName(before[at]!, after[at]!)) return false;
  return true;
}

/** A fact that is filed elsewhere must not be written over. */
function isOfSameName(a: Named, b: Named & { readonly path?: string }): boolean {
  if (b.path !== undefined) return false;
  if (a.name !== b.name || a.scope !== b.scope) return false;
  if (a.fact === 'use') return b.fact === 'use' && isSameList(a.namespaces, b.namespaces);
  return b.fact === 'definition' && a.namespace === b.namespace;
}

/**
 * Makes each of `filed` say what the fact of the same name in `facts` does.
 * Returns what was and what is said of those that differ in more than their place, and which of the filed ones they are.
 */
export function overwrite(
  filed: readonly Located<Named>[],
  facts: readonly Named[],
): { readonly was: readonly Named[]; readonly is: readonly Named[]; readonly written: readonly Named[] } {
  const [was, is, written]: [Named[], Named[], Named[]] = [[], [], []];
  for (let at = 0; at < facts.length; at++) {
    const fact = facts[at]!;
    const old: Located<Named> & { span: Span } = filed[at]!;
    // What did not change tells its facts once, and they move by themselves.
    if (old === fact) continue;
    if (isSameElsewhere(old, fact)) {
      old.span = fact.span;
      continue;
    }
    was.push({ ...old });
    is.push(fact);
    written.push(old);
    for (const key of Object.keys(old))
      if (key !== 'path' && !Object.hasOwn(fact, key)) Reflect.deleteProperty(old, key);
    Object.assign(old, fact);
  }
  return { was, is, written };
}

/** Of two lists of facts of the same names, those that differ in more than their place; `written` are of the latter. */
export function differing(
  filed: readonly Located<Named>[],
  said: readonly Named[],
): ReturnType<typeof overwrite> {
  const places = [...filed.keys()].filter((at) => !isSameElsewhere(filed[at]!, said[at]!));
  const is = places.map((at) => said[at]!);
  return { was: places.map((at) => filed[at]!), is, written: is };
}

/** True where two facts are known to say the same of the same name, wherever they stand; of holes only the very same one. */
export function saysTheSame(a: Fact, b: Fact): boolean {
  if (a === b) return true;
  if (a.fact === 'hole' || b.fact === 'hole' || a.name !== b.name || a.scope !== b.scope) return false;
  const isOfSameKind =
    a.fact === 'use'
      ? b.fact === 'use' && isSameList(a.namespaces, b.namespaces)
      : b.fact === 'definition' && a.namespace === b.namespace;
  return isOfSameKind && isSameElsewhere(a, b);
}

/** Compares all that two facts of one name say but where they stand. Asked of all names of a file at each letter: member by member is many times quicker than over the keys. */
function isSameElsewhere(a: Named, b: Named): boolean {
  if (a.prefix !== b.prefix || a.about !== b.about) return false;
  if (!isSameKey(a.within, b.within) || !isSameData(a.data, b.data)) return false;
  if (a.fact === 'use')
    return (
      b.fact === 'use' &&
      a.role === b.role &&
      isSameKey(a.by, b.by) &&
      isSameKey(a.unless, b.unless) &&
      isSameReading(a.reading, b.reading)
    );
  return (
    b.fact === 'definition' &&
    a.what === b.what &&
    a.group === b.group &&
    a.exclusive === b.exclusive &&
    a.implicit === b.implicit
  );
}

type Compared =
  | ('fact' | 'scope' | 'name' | 'namespace' | 'namespaces' | 'span')
  | ('prefix' | 'about' | 'within' | 'data' | 'role' | 'by' | 'unless' | 'reading')
  | ('what' | 'group' | 'exclusive' | 'implicit');

/** Whoever adds a member to a fact is told here, by the compiler, that it must be compared above. */
true satisfies [Exclude<keyof Definition | keyof Use, Compared>] extends [never] ? true : false;

function isSameHole(a: Fact, b: Fact): boolean {
  if (a.fact !== 'hole' || b.fact !== 'hole') return false;
  const isOfSameScope = a.namespace === b.namespace && a.scope === b.scope;
  return (
    isOfSameScope &&
    a.reason === b.reason &&
    a.beyond === b.beyond &&
    a.isBorrower === b.isBorrower &&
    isSameKey(a.until, b.until)
  );
}

/** As above. */
true satisfies [
  Exclude<keyof Hole, 'fact' | 'namespace' | 'scope' | 'reason' | 'beyond' | 'until' | 'isBorrower'>,
] extends [never]
  ? true
  : false;

function isSameKey(a: NameKey | undefined, b: NameKey | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.name === b.name && a.namespace === b.namespace && a.scope === b.scope;
}

function isSameReading(a: Reading | undefined, b: Reading | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    isSameKey(a.with, b.with) &&
    a.without.length === b.without.length &&
    a.without.every((each, at) => isSameKey(each, b.without[at]))
  );
}

export function isSameData(a: Definition['data'], b: Definition['data']): boolean {
  if (a === undefined || b === undefined) return a === b;
  let more = 0;
  for (const key in a) {
    more++;
    if (a[key] !== b[key]) return false;
  }
  for (const _ in b) more--;
  return more === 0;
}
