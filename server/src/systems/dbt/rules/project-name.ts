import type { Rule } from '../../../core/rule.ts';
import { get } from '../../../core/tree.ts';
import { isSecondLine } from '../version.ts';

/** Names that dbt's Jinja needs for itself. */
const reserved = new Set(
  (
    '_sql_results adapter api column config context database env env_var exceptions execute flags fromjson fromyaml graph ' +
    'invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return run_started_at schema ' +
    'source sql sql_now store_result store_raw_result target this tojson toyaml try_or_compiler_error var write'
  ).split(' '),
);

/** A project's name is a name in Jinja: dbt refuses `my-shop` and `model`. */
export const projectName: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check({ claim, tree, project }, report) {
    const name = claim.kind === 'project' ? get(tree, 'name') : undefined;
    if (name?.kind !== 'scalar' || typeof name.value !== 'string' || name.text.includes('{{')) return;
    // dbt v2 takes any name, and then finds little of the project by it.
    const severity = isSecondLine(project) ? 'warning' : 'error';
    if (name.text === 'dbt' && get(tree, 'profile') && !isSecondLine(project))
      report(name, '`dbt` is a package of dbt itself; choose another name for the project');
    else if (reserved.has(name.text))
      report(name, `\`${name.text}\` is reserved by dbt; choose another name for the project`, { severity });
    else if (!/^[^\d\W]\w*$/u.test(name.text)) {
      report(
        name,
        `${name.text === '' ? 'an empty text' : `\`${name.text}\``} is no name for a project; use letters, digits and underscores only, and no digit first`,
        { severity },
      );
    }
  },
};
