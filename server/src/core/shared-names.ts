import type { NameKind } from './facts.ts';
import { baseName } from './path.ts';

/** DuckDB files by their absolute path: the systems that open one meet under its name, so each of them lists this kind. */
export const duckdbFileKind: NameKind = {
  namespace: 'duckdb.file',
  title: 'DuckDB file',
  graph: { flow: 'data', label: ({ name }) => baseName(name) },
};
