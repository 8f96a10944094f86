import type { Report, Rule } from '../../../core/rule.ts';
import type { Project } from '../../../core/system.ts';
import { get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { isTemplate } from '../project-jinja.ts';
import { isSatisfiable, readVersion, readVersionSpec, satisfies, type VersionSpec } from '../version-spec.ts';
import { isSecondLine } from '../version.ts';

/**
 * `require-dbt-version` must be three numbers and no spaces, and something must fit it: dbt in force first of all.
 * dbt v2 does not look at it.
 */
export const requiredVersion: Rule = {
  id: 'dbt/unsupported-version',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'project' || isSecondLine(project)) return;
    const node = get(tree, 'require-dbt-version');
    if (!node) return;
    const specs: VersionSpec[] = [];
    for (const { text, at } of parts(node)) {
      const spec = readVersionSpec(text);
      if (!spec) {
        report(at, messageFor(text), { code: 'dbt/invalid-value' });
        return;
      }
      specs.push(spec);
    }
    checkRange(specs, node, project, report);
  },
};

function checkRange(specs: readonly VersionSpec[], node: Node, project: Project, report: Report): void {
  if (specs.length === 0) return;
  if (!isSatisfiable(specs)) {
    report(node, 'no version of dbt fits all of this at once; correct one of the bounds');
    return;
  }
  const text = project.version?.version;
  const version = text === undefined ? undefined : readVersion(text);
  if (!version || satisfies(version, specs)) return;
  const { source } = project.version!;
  report(
    node,
    `dbt ${text} (${source}) does not fit this; install a version that does, or correct what is required`,
  );
}

interface Part {
  readonly text: string;
  readonly at: ScalarNode;
}

/** One string may hold several, with commas between them. Empty where something is computed. */
function parts(node: Node): readonly Part[] {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || isTemplate(node)) return [];
    return node.text.split(',').map((text) => ({ text, at: node }));
  }
  const items = itemsOf(node).map((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' && !isTemplate(item) ? item : undefined,
  );
  return items.every((item) => item !== undefined) ? items.map((at) => ({ text: at.text, at })) : [];
}

function messageFor(text: string): string {
  const bare = text.replaceAll(/\s/g, '');
  const padded = bare.replace(
    /^([<>=~!]*\d+)(\.\d+)?$/,
    (_all, major: string, minor = '.0') => `${major}${minor}.0`,
  );
  if (readVersionSpec(padded) && padded !== text)
    return `\`${text}\` is no version to dbt; write \`${padded}\`, three numbers and no spaces`;
  return `\`${text}\` is no version to dbt; write three numbers behind \`>\`, \`>=\`, \`<\`, \`<=\` or \`=\`, such as \`>=1.8.0\``;
}
