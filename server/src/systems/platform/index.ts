import { defineSystem } from '../../core/system.ts';
import { nameKinds } from './names.ts';
import { missingProjectDir } from './rules/missing-project-dir.ts';
import { otherDuckdbFile } from './rules/other-duckdb-file.ts';
import { unfilledSource } from './rules/unfilled-source.ts';
import { unfilledTable } from './rules/unfilled-table.ts';
import { unreachableHost } from './rules/unreachable-host.ts';
import { unreadLoad } from './rules/unread-load.ts';

/** What no tool can see alone: whether several mean the same file, schema, host or step. It claims no files. */
export const platform = defineSystem({
  id: 'platform',
  title: 'Platform',
  icon: 'references',
  markers: [],
  names: nameKinds,
  rules: [],
  betweenRules: [
    otherDuckdbFile,
    unfilledSource,
    unfilledTable,
    unreadLoad,
    missingProjectDir,
    unreachableHost,
  ],
  claim: () => undefined,
  parse: () => ({ model: undefined, problems: [], facts: [] }),
});
