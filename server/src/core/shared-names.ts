import type { NameKind } from './facts.ts';
import { baseName } from './path.ts';
import { resolvedFile, spotKey } from './where.ts';

/** DuckDB files by their absolute path: the systems that open one meet under its name, so each of them lists this kind. */
export const duckdbFileKind: NameKind = {
  namespace: 'duckdb.file',
  title: 'DuckDB file',
  graph: {
    flow: 'data',
    label: ({ name }) => baseName(name),
    identity: (definition, facts) => {
      // In a container a path may mean another file, and another path the same one.
      const spot = resolvedFile(facts, definition);
      return spot ? spotKey(spot) : definition.name;
    },
  },
};
