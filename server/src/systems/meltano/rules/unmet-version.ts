import type { Report, Rule } from '../../../core/rule.ts';
import type { ToolVersion } from '../../../core/system.ts';
import { get, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { fits, readSpecifier } from '../version-specifier.ts';

/**
 * Meltano 4 ends at once where `requires_meltano` does not fit it, and where it cannot read it: `requires_meltano: 4.4`.
 * Meltano 3 never looks.
 */
export const unmetVersion: Rule<MeltanoModel> = {
  id: 'meltano/unmet-version',
  severity: 'error',
  isLocal: true,
  check({ tree, model, project: { version } }, report) {
    if ((model.kind !== 'project' && model.kind !== 'included') || /^[0-3]\./.test(version?.version ?? ''))
      return;
    check(get(tree, 'requires_meltano'), version, report);
    for (const { node } of model.plugins) check(get(node, 'requires_meltano'), version, report);
  },
};

function check(node: Node | undefined, version: ToolVersion | undefined, report: Report): void {
  if (!node || (node.kind === 'scalar' && node.value === null)) return;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    report(node, "`requires_meltano` must be a text; put it in quotes and compare, as in `'>=4.4'`");
    return;
  }
  const clauses = readSpecifier(node.text);
  if (!clauses) report(node, `\`${node.text}\` compares with no version; write it as in \`'>=4.4,<5'\``);
  else if (version && !fits(version.version, clauses))
    report(
      node,
      `Meltano ${version.version} (${version.source}) is in force, which \`${node.text}\` leaves out; install another, or widen the range`,
    );
}
