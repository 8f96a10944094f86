import type { Finding } from '../../core/finding.ts';
import type { Claim, Project } from '../../core/system.ts';
import { isSecondLine } from './version.ts';

/**
 * What dbt v1 refuses and v2 takes, or only warns of, by code: everywhere, or in files of these kinds.
 * Each is measured by the agreement suite with v2's parser.
 */
const taken: Readonly<Record<string, true | readonly string[]>> = {
  'dbt/duplicate-analysis': true,
  'dbt/duplicate-doc': true,
  'dbt/duplicate-exposure': true,
  'dbt/duplicate-group': true,
  'dbt/duplicate-macro': true,
  'dbt/duplicate-metric': true,
  'dbt/duplicate-saved-query': true,
  'dbt/duplicate-semantic-model': true,
  'dbt/duplicate-source-table': true,
  'dbt/duplicate-test': ['test'],
  'dbt/jinja-syntax': ['docs'],
  'dbt/undefined-doc': true,
  'dbt/undefined-fixture': true,
  'dbt/undefined-group': true,
  'dbt/undefined-measure': true,
  'dbt/undefined-metric': true,
  'yaml/tag': true,
};

/** The same finding, as a warning where dbt v2 reads the project and does not refuse it. */
export function tempered(
  finding: Finding,
  { claim, project }: { readonly claim: Claim; readonly project: Project },
): Finding {
  if (finding.severity !== 'error' || !isSecondLine(project)) return finding;
  const where = Object.hasOwn(taken, finding.code) ? taken[finding.code] : undefined;
  if (where === undefined || (where !== true && !where.includes(claim.kind))) return finding;
  return { ...finding, severity: 'warning' };
}
