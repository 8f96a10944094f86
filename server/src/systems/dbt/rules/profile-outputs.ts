import type { Severity } from '../../../core/finding.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import type { Project } from '../../../core/system.ts';
import { findPair, get, pairsOf, stringOf, type Pair } from '../../../core/tree.ts';
import { layoutOf } from '../layout.ts';
import { profilesOf, selectedOutput } from '../profiles.ts';
import { isSecondLine } from '../version.ts';

/**
 * A profile without `outputs`, or an output without `type`, ends dbt before it reads a single model.
 * dbt looks only at the profile and target it runs with, so for others this is a warning.
 */
export const profileOutputs: Rule = {
  id: 'dbt/missing-key',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'profiles') return;
    for (const profile of profilesOf(tree)) checkProfile(profile, project, report);
  },
};

function checkProfile({ key, value }: Pair, project: Project, report: Report): void {
  const isInUse = layoutOf(project).profile === key.text;
  const severity: Severity = isInUse ? 'error' : 'warning';
  const outputs = findPair(value, 'outputs');
  if (!outputs) {
    // Where anchors are kept nobody connects.
    if (!isInUse && !findPair(value, 'target') && !findPair(value, 'type')) return;
    report(key, `profile \`${key.text}\` has no \`outputs\`; add one for each target`, { severity });
    return;
  }
  if (outputs.value.kind !== 'map') {
    const message = '`outputs` must be a mapping of targets to connections; write each target as a key';
    report(outputs.key, message, { severity, code: 'dbt/wrong-type' });
    return;
  }
  const target = stringOf(get(value, 'target'));
  if (
    !target &&
    ((findPair(value, 'target') && !isSecondLine(project)) || !findPair(outputs.value, 'default'))
  ) {
    const message = `profile \`${key.text}\` names no \`target\` and has no output \`default\`; add \`target:\``;
    report(key, message, { severity, code: 'dbt/undefined-target' });
  }
  const selected = selectedOutput(value);
  for (const output of pairsOf(outputs.value)) {
    const type = get(output.value, 'type');
    if (type && !(type.kind === 'scalar' && typeof type.value === 'string' && type.text !== ''))
      report(
        type.span.end > type.span.start ? type : output.key,
        '`type` must be the name of an adapter, such as `duckdb`; write one',
        {
          severity: isInUse && output.key.text === selected ? 'error' : 'warning',
          code: 'dbt/wrong-type',
        },
      );
    if (type !== undefined) continue;
    const message = `output \`${output.key.text}\` has no \`type\`; add the adapter's name, such as \`duckdb\``;
    report(output.key, message, { severity: isInUse && output.key.text === selected ? 'error' : 'warning' });
  }
}
