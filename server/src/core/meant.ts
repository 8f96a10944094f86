import type { FactReader } from './fact-reader.ts';
import type { Use } from './facts.ts';

type Names = Pick<FactReader, 'isDefined'>;

/** Whether its text is to be read as this use. */
export function isMeant({ reading }: Use, facts: Names): boolean {
  if (!reading) return true;
  if (reading.with && !facts.isDefined(reading.with)) return false;
  return !reading.without.some((each) => facts.isDefined(each));
}

/** Those that are: all of most lists. */
export function meantOf<T extends Use>(uses: readonly T[], facts: Names): readonly T[] {
  return uses.some(({ reading }) => reading) ? uses.filter((use) => isMeant(use, facts)) : uses;
}

/** Whether nobody minds that its name is not there. */
export function isSilent(use: Use, facts: Names): boolean {
  const { within, unless } = use;
  if (within && !facts.isDefined(within)) return true;
  return (unless !== undefined && facts.isDefined(unless)) || !isMeant(use, facts);
}
