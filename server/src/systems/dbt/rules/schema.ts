import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema, type SchemaProblem } from '../../../core/schema/check-schema.ts';
import type { ParsedFile } from '../../../core/system.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import { closedConfig } from '../config-values.ts';
import { refusedByV2, saidByV2 } from '../checks/check.ts';
import { isCheckedConfig } from '../checks/test-config.ts';
import { checkForeignType, checkUnknownKey, PropertiesKeys } from '../checks/unknown-keys.ts';
import { layoutOf } from '../layout.ts';
import { schemasOf } from '../schemas.ts';
import { slipOf } from '../slip.ts';
import { dbtVersion, isSecondLine } from '../version.ts';
import { isBroken } from '../yaml.ts';

/**
 * What dbt's contracts refuse is an error; what only its published schemas mind is a warning, and only
 * where it is surely a slip: dbt itself passes over keys it does not know, which is how `matrialized: table`
 * builds a view.
 */
export const schema: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check(file, report) {
    const schemas = schemasOf(file.claim.kind);
    // A tree that broke halfway lacks keys which are there.
    if (!schemas || !file.tree || isBroken(file.problems)) return;
    const options = { acceptsScalar: isTemplate, source: file.source };
    const isSecond = isSecondLine(file.project);
    const contract = (isSecond ? schemas.secondContract : undefined) ?? schemas.contract;
    const refused = contract ? checkSchema(file.tree, contract, options) : [];
    const isProperties = file.claim.kind === 'properties';
    const { source, tree, project } = file;
    const check = { source, report, layout: layoutOf(project), version: dbtVersion(project) };
    for (const problem of refused)
      report(problem.span, problem.message, {
        code: codeOf(problem),
        ...fixFor(file, problem, problem.suggestion),
      });
    const minded = checkSchema(file.tree, schemas.published, options);
    if (!isSecond && schemas.secondContract) {
      for (const problem of checkSchema(file.tree, schemas.secondContract, options)) {
        if (refused.some((other) => overlap(other, problem))) continue;
        if (!minded.some((other) => overlap(other, problem) && isSlip(other)))
          refusedByV2(check, problem.span, saidByV2(problem.message));
      }
    }
    const keys = new PropertiesKeys(tree, schemas.published);
    for (const problem of minded) {
      if (refused.some((other) => overlap(other, problem))) continue;
      // What dbt v2 refuses of configuration is the matter of another rule.
      if (isSecond && file.claim.kind === 'project' && isInConfig(problem)) continue;
      if (isProperties && problem.keyword === 'additionalProperties') {
        if (!isTestArgument(problem.pointer)) checkUnknownKey(check, problem, keys);
      } else if (isProperties && isCheckedElsewhere(problem)) continue;
      else if (isProperties && problem.keyword === 'type') {
        if (!isTestArgument(problem.pointer)) checkForeignType(check, problem);
      } else reportSlip(file, problem, report);
    }
  },
};

/** True inside a value of configuration in dbt_project.yml. */
export function isInConfig({ pointer }: SchemaProblem): boolean {
  return pointer.some((segment) => segment.startsWith('+'));
}

/** True for what dbt v1 passes over and surely nobody meant. */
export function isSlip({ keyword, key, allowed = [], pointer, suggestion }: SchemaProblem): boolean {
  if (keyword === 'additionalProperties') return key !== undefined && slipOf(key, allowed) !== undefined;
  return keyword === 'enum' && (suggestion !== undefined || closedKeys.has(pointer.at(-1) ?? ''));
}

/** Configuration of tests that the rule on properties looks at, as it does at all of the semantic layer. */
function isCheckedElsewhere({ pointer }: SchemaProblem): boolean {
  if (pointer[0] === 'metrics' || pointer[0] === 'semantic_models' || pointer.includes('metrics'))
    return true;
  const parts = pointer.slice(2).filter((segment) => segment !== 'type' && !/^\d+$/.test(segment));
  if (pointer[0] === 'models' && ofSemanticModels.has(parts.at(-1) ?? '')) return true;
  if (!pointer.some((segment) => segment === 'data_tests' || segment === 'tests')) return false;
  const last = pointer.findLast((segment) => !/^\d+$/.test(segment)) ?? '';
  return last === 'config' || isCheckedConfig(last);
}

const ofSemanticModels = new Set(['entity', 'dimension', 'entities', 'dimensions']);

/** Keys whose values nobody can add to; of others a project may have its own. */
const closedKeys = new Set([
  'on_schema_change',
  'hard_deletes',
  'store_failures_as',
  '+on_schema_change',
  '+hard_deletes',
]);

/** Those of them in properties that dbt v2 refuses when it reads the file. */
const refusedKeys = new Set(['hard_deletes', 'store_failures_as']);

function reportSlip(file: ParsedFile, problem: SchemaProblem, report: Report): void {
  const { keyword, key, allowed = [], pointer } = problem;
  const last = pointer.at(-1) ?? '';
  if (keyword === 'enum' && file.claim.kind === 'project' && closedConfig.has(last)) return;
  if (keyword === 'additionalProperties' && key !== undefined) {
    const meant = slipOf(key, allowed);
    if (meant === undefined) return;
    report(problem.span, `dbt passes over the unknown key \`${key}\`; did you mean \`${meant}\`?`, {
      code: 'dbt/unknown-key',
      severity: 'warning',
      ...fixFor(file, problem, meant),
    });
  } else if (keyword === 'enum' && (problem.suggestion !== undefined || closedKeys.has(last))) {
    const isRefused = file.claim.kind === 'properties' && refusedKeys.has(last) && isSecondLine(file.project);
    report(problem.span, problem.message, {
      severity: isRefused ? 'error' : 'warning',
      ...fixFor(file, problem, problem.suggestion),
    });
  }
}

function codeOf({ keyword }: SchemaProblem): string {
  if (keyword === 'additionalProperties') return 'dbt/unknown-key';
  if (keyword === 'required') return 'dbt/missing-key';
  return keyword === 'type' || keyword === 'anyOf' || keyword === 'oneOf'
    ? 'dbt/wrong-type'
    : 'dbt/invalid-value';
}

/** Puts in place what was meant, if anything near was. */
export function fixFor(
  file: ParsedFile,
  { span, key }: SchemaProblem,
  meant: string | undefined,
): Pick<NonNullable<Parameters<Report>[2]>, 'fixes'> {
  if (meant === undefined) return {};
  // Only where the span is the very text that is wrong.
  if (key !== undefined && file.source.slice(span) !== key) return {};
  return {
    fixes: [
      {
        title: `Change to \`${meant}\``,
        edits: [{ path: file.source.path, span, newText: meant }],
        certain: false,
      },
    ],
  };
}

/** A generic test takes whatever its macro takes. */
function isTestArgument(pointer: readonly string[]): boolean {
  const at = pointer.findIndex((segment) => segment === 'data_tests' || segment === 'tests');
  return at > 0 && !pointer.slice(at).includes('config');
}

function isTemplate(node: ScalarNode): boolean {
  return node.text.includes('{{') || node.text.includes('{%');
}

function overlap(a: SchemaProblem, b: SchemaProblem): boolean {
  // What is empty has a place and no length.
  if (a.span.start === b.span.start && a.span.end === b.span.end) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
