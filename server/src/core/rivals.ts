import type { Definition, Fact, NameKey } from './facts.ts';

/** When names were looked for, and whether one means something else since. */
interface Moment {
  readonly path: string;
  /** How often facts were filed or taken out. */
  readonly filings: number;
  readonly isChange: boolean;
}

/** The names that several definitions give a meaning, of the file that said something last. */
export class Rivals {
  #known: (Omit<Moment, 'isChange'> & { readonly names: readonly NameKey[] }) | undefined;

  namesIn(
    facts: readonly Fact[],
    { path, filings, isChange }: Moment,
    isShared: (definition: Definition) => boolean,
  ): readonly NameKey[] {
    const known = this.#known;
    if (known?.path === path && known.filings === filings && !isChange) return known.names;
    const names = facts.filter(
      (fact): fact is Definition => fact.fact === 'definition' && fact.exclusive !== false && isShared(fact),
    );
    this.#known = { path, filings, names };
    return names;
  }
}
