import type { Reading } from './facts.ts';

/** One way to read what is written where a step is named: `name`, or `name@folder`. */
export interface StepReading {
  readonly name: string;
  /** The folder of the project that is meant, as it is written. */
  readonly label?: string;
  /** When it is what the text means; absent where there is no other way to read it. */
  readonly reading?: Reading;
}

/**
 * The ways to read what is written, in the order in which they count: a step's own name may hold the sign (a job
 * `load@daily`), and so may a folder (`packages/@acme/shop`). The first whose step is there is meant.
 */
export function readingsOf(written: string): readonly StepReading[] {
  const signs = [...written.matchAll(/@/g)].map(({ index }) => index).filter((at) => at > 0);
  if (signs.length === 0) return [{ name: written }];
  const readings: StepReading[] = [{ name: written }];
  for (const at of signs.reverse())
    readings.push({ name: written.slice(0, at), label: written.slice(at + 1) });
  return readings.map((each, place) => ({
    ...each,
    reading: {
      // Where no step is there at all, the shortest name is the one to miss.
      ...(place < readings.length - 1 ? { with: keyOf(each.name) } : {}),
      without: readings.slice(0, place).map(({ name }) => keyOf(name)),
    },
  }));
}

/** The reading that is meant, by whether a step is there. */
export function meantReading(written: string, isThere: (step: string) => boolean): StepReading {
  const readings = readingsOf(written);
  return readings.find(({ name }) => isThere(name)) ?? readings.at(-1)!;
}

/** The name of a step in itself, without the project that stands behind it where several have one of that name. */
export function ownName({ id, label }: { readonly id: string; readonly label?: string }): string {
  return label === undefined ? id : id.slice(0, -label.length - 1);
}

/**
 * The same of a step that ran in a folder, a path or a URI, told by its id alone: what stands behind the sign is a
 * project where the folder ends so. Pipelines run in none, and their names hold no sign.
 */
export function nameIn(folder: string, id: string): string {
  const path = (folder.startsWith('file:') ? decodeURIComponent(folder) : folder).replaceAll('\\', '/');
  const isProject = (label: string): boolean => path === '' || label === '.' || path.endsWith(`/${label}`);
  const [, ...shorter] = readingsOf(id);
  return shorter.find(({ label = '' }) => isProject(label))?.name ?? id;
}

function keyOf(name: string): NonNullable<Reading['with']> {
  return { namespace: 'step', scope: '', name };
}
