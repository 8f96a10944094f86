import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema, type SchemaProblem } from '../../../core/schema/check-schema.ts';
import { keyNamesAt } from '../../../core/schema/describe-schema.ts';
import type { Span } from '../../../core/span.ts';
import type { Project } from '../../../core/system.ts';
import type { Node, Pair, ScalarNode } from '../../../core/tree.ts';
import { refusedByV2, saidByV2 } from '../checks/check.ts';
import { configEntries, isConfig, type TreeEntry } from '../config-tree.ts';
import { configSchema } from '../config-values.ts';
import { layoutOf } from '../layout.ts';
import { isTemplate, isUnjudgedByV2 } from '../project-jinja.ts';
import { schemaCode } from '../schema-code.ts';
import { secondProjectConfig } from '../schemas.ts';
import { dbtVersion, isSecondLine } from '../version.ts';
import { fixFor, isInConfig, isSlip } from './schema.ts';

/**
 * dbt 1 takes any configuration in dbt_project.yml, and stops at the first node that a wrong value reaches;
 * dbt v2 stops when it reads the file.
 */
export const configValue: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check(file, report) {
    const { claim, tree, source, project } = file;
    if (claim.kind !== 'project' || !tree) return;
    const isSecond = isSecondLine(project);
    const check = { source, report, layout: layoutOf(project), version: dbtVersion(project) };
    const refusedBySecond = checkSchema(tree, secondProjectConfig, {
      acceptsScalar: isUnjudgedByV2,
    }).filter((problem) => isInConfig(problem) && !isForeign(problem));
    for (const entry of configEntries(tree)) {
      checkKey(entry.pair.key, project, report);
      if (!isConfig(entry)) continue;
      const first = problemsInFirst(entry);
      const second = entry.hasPlus ? refusedBySecond.filter(({ span }) => isWithin(span, entry.pair)) : [];
      const own = isSecond ? second : first;
      for (const problem of own) {
        const fixes = isSecond ? fixFor(file, problem, problem.suggestion) : {};
        report(problem.span, problem.message, { code: schemaCode(problem.keyword), ...fixes });
      }
      if (own.length > 0) continue;
      // dbt v2 is content with some of what dbt 1 refuses.
      for (const { keyword, span, message } of isSecond ? first : [])
        report(span, message, { code: schemaCode(keyword), severity: 'warning' });
      for (const problem of isSecond ? [] : second)
        if (!isSlip(problem)) refusedByV2(check, problem.span, saidByV2(problem.message));
    }
  },
};

const options = { acceptsScalar: isTemplate };

/** What dbt 1 refuses when it builds a node with it. */
function problemsInFirst(entry: TreeEntry): readonly SchemaProblem[] {
  const { key, value } = entry.pair;
  const bare = {
    key: { ...key, text: entry.key },
    value: entry.key === 'severity' ? lowerCase(value) : value,
  };
  const alone = { kind: 'map', span: value.span, pairs: [bare] } as const;
  return checkSchema(alone, configSchema(entry.section), options);
}

/** What dbt v2 does not know at all is the matter of another rule. */
function isForeign({ pointer }: SchemaProblem): boolean {
  const [section = ''] = pointer;
  const at = pointer.find((segment) => segment.startsWith('+'));
  return at === undefined || !keyNamesAt(secondProjectConfig, undefined, [section]).has(at);
}

function isWithin(span: Span, { key, value }: Pair): boolean {
  return span.start >= key.span.start && span.end <= Math.max(key.span.end, value.span.end);
}

/** YAML reads `2024:` as a number and `off:` as false, and dbt wants text for a folder's name. */
function checkKey({ span, text, value }: ScalarNode, project: Project, report: Report): void {
  // dbt v2 reads YAML 1.2, where `off` is a word.
  if (typeof value === 'string' || (typeof value === 'boolean' && isSecondLine(project))) return;
  const kind = typeof value === 'boolean' ? 'true or false' : value === null ? 'nothing' : 'a number';
  report(span, `YAML takes the key \`${text}\` for ${kind}, and dbt wants a name; put it in quotes`, {
    code: 'dbt/wrong-type',
  });
}

/** dbt takes `WARN` as well. */
function lowerCase(node: Node): Node {
  return node.kind === 'scalar' && typeof node.value === 'string'
    ? { ...node, value: node.value.toLowerCase() }
    : node;
}
