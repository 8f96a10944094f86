import type { FactReader } from '../../core/fact-index.ts';
import type { Definition } from '../../core/facts.ts';
import type { DuckdbFile } from '../../core/vocabulary.ts';
import { resolvedFile, spotKey, type Spot } from '../../core/where.ts';

type File = Definition & { readonly data: DuckdbFile };

/**
 * Where a file lies that a tool opens: one place, or several where that depends on the folder the tool is started in,
 * the most likely first. Undefined where it cannot be known.
 */
export function spotsOf(file: File, facts: FactReader): readonly Spot[] | undefined {
  if (facts.holes('duckdb.file', file.data.project).length > 0) return undefined;
  const bases = file.data.path.startsWith('/')
    ? []
    : (file.data.bases ?? '').split('\n').filter((base) => base !== '');
  const found: Spot[] = [];
  for (const project of [file.data.project, ...bases]) {
    const spot = resolvedFile(facts, { ...file, data: { ...file.data, project } });
    if (!spot) return undefined;
    found.push(spot);
  }
  return found;
}

/** Whether two ways to open a file may lead to one. Undefined where it cannot be known. */
export function mayBeOne(a: File, b: File, facts: FactReader): boolean | undefined {
  const [one, other] = [spotsOf(a, facts), spotsOf(b, facts)];
  if (!one || !other) return undefined;
  const keys = new Set(one.map(spotKey));
  return other.some((spot) => keys.has(spotKey(spot)));
}
