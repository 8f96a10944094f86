import { get, itemsOf, stringOf, type Node } from '../../../core/tree.ts';
import { roleOf } from '../entries.ts';
import { dimensionTypes, entityTypes, partsOfModel } from '../semantic-parts.ts';
import { mildly, plainScalar, refusedByV2, replacing, type Check } from './check.ts';
import { checkChoice, checkMetric, checkMetricValues } from './semantic-layer.ts';

/** The semantic model in a model's own entry, and its metrics: the form of dbt 1.12 and dbt v2. */
export function checkModelSemantics(check: Check, entry: Node): void {
  const parts = roleOf(entry) === 'plain' ? partsOfModel(entry) : undefined;
  if (!parts) return;
  for (const { type, entry: part } of parts.entities)
    checkChoice(check, type, type === part ? 'entity' : 'type', entityTypes);
  for (const { type, entry: part } of parts.dimensions)
    checkChoice(check, type, type === part ? 'dimension' : 'type', dimensionTypes);
  // What belongs together dbt v2 asks when metrics are queried.
  const late = check.version.major >= 2 ? { ...check, report: mildly(check.report) } : check;
  for (const metric of itemsOf(get(entry, 'metrics'))) {
    const name = stringOf(get(metric, 'name'));
    if (!name || roleOf(metric) !== 'plain') continue;
    checkMetric(late, metric, name);
    checkMetricValues(check, metric);
    for (const input of itemsOf(get(metric, 'input_metrics'))) checkInput(check, input);
  }
}

/** dbt v1 takes the name alone. */
function checkInput(check: Check, input: Node): void {
  const name = plainScalar(input);
  if (!name) return;
  const meant = `{ name: ${check.source.slice(name.span)} }`;
  const [change] = replacing(`Change to \`${meant}\``, check.source, name.span, meant);
  const message = `dbt v2 takes no name alone here; write \`{ name: ${name.text} }\``;
  refusedByV2(check, name, message, change ? [{ ...change, certain: true }] : []);
}
