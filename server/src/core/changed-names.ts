import type { Definition, Fact, Hole, NameKey } from './facts.ts';
import { saysTheSame } from './same-names.ts';

/** The names that two readings of a file define differently, and the holes that opened or closed. */
export class ChangedNames {
  readonly holes: Hole[] = [];
  isChange = false;
  readonly #keys = new Map<string, NameKey>();

  compare(before: readonly Fact[], after: readonly Fact[]): void {
    const [only, other] = withoutSame(before, after);
    const [old, now] = [byMeaning(only), byMeaning(other)];
    for (const fact of [...onlyInFirst(old, now), ...onlyInFirst(now, old)]) {
      this.isChange = true;
      if (fact.fact === 'hole') this.holes.push(fact);
      else this.add(fact);
    }
  }

  add({ namespace, scope, name }: NameKey): void {
    this.#keys.set(`${namespace}\0${scope}\0${name}`, { namespace, scope, name });
  }

  has({ namespace, scope, name }: NameKey): boolean {
    return this.#keys.has(`${namespace}\0${scope}\0${name}`);
  }

  namesIn(namespace: string, scope: string): readonly string[] {
    return this.keys().flatMap((key) =>
      key.namespace === namespace && key.scope === scope ? [key.name] : [],
    );
  }

  keys(): readonly NameKey[] {
    return [...this.#keys.values()];
  }
}

/** An edit leaves most of a file as it was: what begins and ends both lists alike need not be gone into. */
function withoutSame(a: readonly Fact[], b: readonly Fact[]): readonly [readonly Fact[], readonly Fact[]] {
  let start = 0;
  while (start < a.length && start < b.length && saysTheSame(a[start]!, b[start]!)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && saysTheSame(a[endA - 1]!, b[endB - 1]!)) {
    endA--;
    endB--;
  }
  return [a.slice(start, endA), b.slice(start, endB)];
}

/** Definitions and holes by all that others can see of them, places left out. */
function byMeaning(facts: readonly Fact[]): Map<string, Definition | Hole> {
  const found = new Map<string, Definition | Hole>();
  for (const fact of facts) {
    if (fact.fact === 'hole')
      found.set(`${fact.namespace}\0${fact.scope}\0${fact.until?.name ?? ''}\0${fact.beyond ?? ''}`, fact);
    if (fact.fact !== 'definition') continue;
    const { namespace, scope, name, group, what, exclusive, data } = fact;
    let meaning = `${namespace}\0${scope}\0${name}\0${group}\0${what}\0${exclusive}`;
    for (const key in data) meaning += `\0${key}\0${data[key]}`;
    found.set(found.has(meaning) ? `${meaning}\0again` : meaning, fact);
  }
  return found;
}

function* onlyInFirst<T>(first: Map<string, T>, second: Map<string, T>): Iterable<T> {
  for (const [key, value] of first) if (!second.has(key)) yield value;
}
