import type { FactReader } from '../../core/fact-index.ts';
import { allOf, type DuckdbFile, type Worded } from '../../core/vocabulary.ts';
import { mayBeOne } from './opened-file.ts';

type File = Worded<'duckdb.file'>;
type Load = Worded<'warehouse.load'>;

/** The file that a project builds in, when it is one and it is known which. */
export function builtFile(project: string, facts: FactReader): File | undefined {
  const files = allOf(facts, 'duckdb.file').filter(
    ({ data }) =>
      data.project === project && data.access === 'build' && data.chosen !== 'no' && data.attached !== 'yes',
  );
  return files.length === 1 ? files[0] : undefined;
}

/** The projects that build in a file; undefined where that cannot be known. */
export function buildersOf(file: File, facts: FactReader): readonly File[] | undefined {
  const builders = allOf(facts, 'duckdb.file').filter(({ data }) => data.access === 'build');
  return thoseOf(builders, file, facts);
}

/** All that is loaded into a file; undefined where it is not known of all who fill it what they load. */
export function loadsInto(file: File, facts: FactReader): readonly Load[] | undefined {
  const fillers = thoseOf(
    allOf(facts, 'duckdb.file').filter(({ data }) => data.access === 'load' || mayFill(data, file)),
    file,
    facts,
  );
  if (!fillers || facts.holes('warehouse.load', '').length > 0) return undefined;
  const loads = allOf(facts, 'warehouse.load').filter((load) => fillers.includes(fileOf(load, facts)!));
  const isKnown = fillers.every((filler) => loads.some((load) => fileOf(load, facts) === filler));
  return isKnown && loads.every(({ name }) => name !== '') ? loads : undefined;
}

/** What runs when all is built brings nothing to build from. */
function mayFill({ access, after = '' }: DuckdbFile, { data: { system } }: File): boolean {
  return access === 'write' && !after.split('\n').some((step) => step.startsWith(`${system}:`));
}

/** The file that a load goes to. */
export function fileOf({ data }: Load, facts: FactReader): File | undefined {
  const files = allOf(facts, 'duckdb.file').filter(
    (file) => file.data.project === data.project && file.data.loader === data.loader,
  );
  const of = (environment: string): File | undefined =>
    files.find((file) => file.data.environment === environment);
  return of(data.environment) ?? of('');
}

/** DuckDB does not tell upper case from lower. */
export function isSameSchema(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function thoseOf(files: readonly File[], file: File, facts: FactReader): readonly File[] | undefined {
  const found: File[] = [];
  for (const other of files) {
    const isOne = mayBeOne(other, file, facts);
    if (isOne === undefined) return undefined;
    if (isOne) found.push(other);
  }
  return found;
}
