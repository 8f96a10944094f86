import type { Rule } from '../../../core/rule.ts';
import { baseName } from '../../../core/path.ts';
import { layoutOf } from '../layout.ts';
import { dbtVersion } from '../version.ts';

const named: ReadonlySet<string> = new Set(['model', 'python-model', 'seed', 'test', 'analysis']);

/** A file's name is the name of what it defines, and dbt refuses names with spaces since 1.10. */
export const resourceName: Rule = {
  id: 'dbt/invalid-name',
  severity: 'error',
  check({ claim, source, project }, report) {
    if (!named.has(claim.kind)) return;
    const name = baseName(source.path).replace(/\.[^.]*$/, '');
    if (!name.includes(' ')) return;
    const { major, minor } = dbtVersion(project);
    const isRefused = major > 1 || (minor >= 10 && !layoutOf(project).flagsOff.has(flag));
    report(
      { start: 0, end: 0 },
      `dbt takes no spaces in names, and this is \`${name}\`; rename the file`,
      isRefused ? {} : { severity: 'warning' },
    );
  },
};

const flag = 'require_resource_names_without_spaces';
