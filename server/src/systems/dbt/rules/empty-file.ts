import type { Rule } from '../../../core/rule.ts';
import { layoutOf } from '../layout.ts';
import { isSecondLine } from '../version.ts';

const wants: Readonly<Record<string, string>> = {
  project: 'dbt_project.yml is empty; write at least `name:` and `profile:`',
  catalogs: 'catalogs.yml is empty, which dbt refuses; write `catalogs:` or remove the file',
  profiles: 'profiles.yml is empty, which dbt refuses; write the profile of the project',
};

const noSelectors = 'selectors.yml is empty, which dbt v2 refuses; write `selectors: []` or remove the file';

/** Files that dbt reads and that may not be empty. */
export const emptyFile: Rule = {
  id: 'dbt/empty-file',
  severity: 'error',
  check({ claim, tree, problems, project, source }, report) {
    const message = isSecondLine(project) && claim.kind === 'selectors' ? noSelectors : wants[claim.kind];
    if (message === undefined || problems.length > 0) return;
    if (
      tree &&
      !(tree.kind === 'scalar' && tree.value === null) &&
      !(tree.kind === 'map' && tree.pairs.length === 0)
    )
      return;
    // Without a profile of its own a project reads no profiles.yml.
    if (claim.kind === 'profiles' && layoutOf(project).profile === undefined) return;
    report({ start: 0, end: Math.min(source.text.length, source.text.split('\n', 1)[0]!.length) }, message);
  },
};
