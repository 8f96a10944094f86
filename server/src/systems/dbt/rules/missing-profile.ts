import type { Rule } from '../../../core/rule.ts';
import { findPair } from '../../../core/tree.ts';

/**
 * A project without `profile` runs only with `--profile`. A package needs none, so this is said only where
 * somebody put a profiles.yml beside the project.
 */
export const missingProfile: Rule = {
  id: 'dbt/missing-key',
  severity: 'warning',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'project' || tree?.kind !== 'map' || !project.files.has('profiles.yml')) return;
    const pair = findPair(tree, 'profile');
    if (pair && !(pair.value.kind === 'scalar' && pair.value.value === null)) return;
    const at = pair?.key ?? findPair(tree, 'name')?.key ?? tree;
    report(at, 'no `profile` is named, so dbt does not know how to connect; add it, or run with `--profile`');
  },
};
