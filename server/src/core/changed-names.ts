import type { Definition, Fact, Hole, NameKey } from './facts.ts';
import { NameSet } from './name-set.ts';
import { isSameData, saysTheSame } from './same-names.ts';

/** The names that two readings of a file define differently, and the holes that opened or closed. */
export class ChangedNames {
  readonly holes: Hole[] = [];
  isChange = false;
  readonly #names = new NameSet();

  compare(before: readonly Fact[], after: readonly Fact[]): void {
    const [only, other] = withoutSame(before, after);
    for (const fact of unpaired(only.filter(isMeaningful), other.filter(isMeaningful))) {
      this.isChange = true;
      if (fact.fact === 'hole') this.holes.push(fact);
      else this.add(fact);
    }
  }

  add(name: NameKey): void {
    this.#names.add(name);
  }

  has(name: NameKey): boolean {
    return this.#names.has(name);
  }

  namesIn(namespace: string, scope: string): readonly string[] {
    return this.#names.namesIn(namespace, scope);
  }

  keys(): readonly NameKey[] {
    return this.#names.all();
  }
}

/** An edit leaves most of a file as it was: what both lists say alike at their ends, and at the same places, need not be gone into. */
function withoutSame(a: readonly Fact[], b: readonly Fact[]): readonly [readonly Fact[], readonly Fact[]] {
  let start = 0;
  while (start < a.length && start < b.length && saysTheSame(a[start]!, b[start]!)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && saysTheSame(a[endA - 1]!, b[endB - 1]!)) {
    endA--;
    endB--;
  }
  const [only, other] = [a.slice(start, endA), b.slice(start, endB)];
  if (only.length !== other.length) return [only, other];
  const places = [...only.keys()].filter((at) => !saysTheSame(only[at]!, other[at]!));
  return [places.map((at) => only[at]!), places.map((at) => other[at]!)];
}

type Meaningful = Definition | Hole;

/** The definitions and holes of two lists that mean what none of the other list does, one for one. */
function unpaired(first: readonly Meaningful[], second: readonly Meaningful[]): readonly Meaningful[] {
  // Where thousands are called otherwise none is called as another one was.
  const names = new Set(first.map(nameOf));
  const others = Map.groupBy(
    second.filter((fact) => names.has(nameOf(fact))),
    nameOf,
  );
  if (others.size === 0) return first.concat(second);
  const left = first.filter((fact) => {
    const called = others.get(nameOf(fact)) ?? [];
    const at = called.findIndex((other) => meansTheSame(fact, other));
    if (at >= 0) called.splice(at, 1);
    return at < 0;
  });
  const come = second.filter((fact) => !names.has(nameOf(fact)));
  return left.concat(come, [...others.values()].flat());
}

function isMeaningful(fact: Fact): fact is Meaningful {
  return fact.fact !== 'use';
}

function nameOf(fact: Meaningful): string {
  return fact.fact === 'hole' ? '' : fact.name;
}

/** True where others see no difference, places and words left out. */
function meansTheSame(a: Meaningful, b: Meaningful): boolean {
  if (a.namespace !== b.namespace || a.scope !== b.scope) return false;
  if (a.fact === 'hole') return b.fact === 'hole' && a.until?.name === b.until?.name && a.beyond === b.beyond;
  return (
    b.fact === 'definition' &&
    a.name === b.name &&
    a.group === b.group &&
    a.what === b.what &&
    a.exclusive === b.exclusive &&
    isSameData(a.data, b.data)
  );
}
