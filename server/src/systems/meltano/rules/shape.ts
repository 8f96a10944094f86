import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema, type SchemaProblem } from '../../../core/schema/check-schema.ts';
import type { Fix, Severity } from '../../../core/finding.ts';
import { get, nodeAt, pairsOf, type Node } from '../../../core/tree.ts';
import type { ParsedFile } from '../../../core/system.ts';
import type { MeltanoModel } from '../model.ts';
import { projectSchema } from '../schema.ts';

/**
 * What Meltano's schema says of a file. Meltano never asks its schema when it loads a project, so most of it is
 * advice; where the loader itself falls over (`got an unexpected keyword argument 'taks'`) it is an error.
 */
export const shape: Rule<MeltanoModel> = {
  id: 'meltano/invalid-value',
  severity: 'warning',
  check(file, report) {
    const { tree, model } = file;
    if (!tree || model.kind === 'lock' || model.kind === 'logging') return;
    if (tree.kind !== 'map')
      return report(tree, 'Meltano wants a mapping here; begin with a key such as `plugins:`', {
        severity: 'error',
      });
    if (model.kind === 'included') checkIncluded(file, report);
    const isOld = /^[0-3]\./u.test(file.project.version?.version ?? '');
    if (isOld) checkAsOld(file, report);
    for (const problem of checkSchema(tree, projectSchema, { source: file.source })) {
      if (isUnsaid(tree, problem)) continue;
      const verdict = judge(problem, isOld);
      if (verdict) report(problem, problem.message, { ...verdict, fixes: fixesFor(file, problem) });
    }
  },
};

/** `jobs:` without a value is fine in `meltano.yml` alone. */
function checkIncluded({ tree }: ParsedFile<MeltanoModel>, report: Report): void {
  for (const { key, value } of pairsOf(tree)) {
    const isList = ['plugins', 'jobs', 'schedules', 'environments'].includes(key.text);
    if (isList && value.kind === 'scalar' && value.value === null) {
      report(
        key,
        `\`${key.text}\` has no value, which Meltano refuses in an included file; fill it or remove it`,
        { severity: 'error' },
      );
    }
  }
}

/** `kind:` without a value is no kind, which a setting may do without. */
function isUnsaid(tree: Node, { pointer }: SchemaProblem): boolean {
  if (pointer.at(-1) !== 'kind') return false;
  const node = nodeAt(tree, pointer);
  return node?.kind === 'scalar' && node.value === null;
}

/** What Meltano 3 refuses and Meltano 4 takes. */
function checkAsOld({ tree, model }: ParsedFile<MeltanoModel>, report: Report): void {
  const version = get(tree, 'version');
  if (version?.kind === 'scalar' && model.kind === 'project' && version.value !== 1) {
    report(version, 'Meltano 3 reads a project only if its `version` is 1; write that, or remove the key', {
      severity: 'error',
    });
  }
  if (model.kind === 'lock') return;
  for (const { node, job } of model.schedules) {
    if (!job || job.text === '') continue;
    for (const { key } of pairsOf(node)) {
      if (!besideNoJob.has(key.text)) continue;
      report(key, `Meltano 3 takes no \`${key.text}\` beside \`job\`; remove one of them`, {
        severity: 'error',
        code: 'meltano/unknown-key',
      });
    }
  }
}

const besideNoJob: ReadonlySet<string> = new Set(['extractor', 'loader', 'transform', 'start_date']);

/** What was meant, where the span is the very text that is wrong. */
function fixesFor({ source }: ParsedFile, { span, key, suggestion }: SchemaProblem): readonly Fix[] {
  if (suggestion === undefined || (key !== undefined && source.slice(span) !== key)) return [];
  const edits = [{ path: source.path, span, newText: suggestion }];
  return [{ title: `Change to \`${suggestion}\``, edits, certain: false }];
}

interface Verdict {
  readonly code: string;
  readonly severity: Severity;
}

/** Undefined where Meltano takes what the schema does not know for something of the user's own. */
function judge(problem: SchemaProblem, isOld: boolean): Verdict | undefined {
  const at = problem.pointer.map((segment) => (/^\d+$/u.test(segment) ? '*' : segment)).join('/');
  if (toldElsewhere.test(at)) return undefined;
  const isUnknown = problem.keyword === 'additionalProperties' || problem.keyword === 'unevaluatedProperties';
  if (isUnknown) {
    // Meltano takes `cli.log_level` for `cli: { log_level: … }`.
    if (at === '' && problem.key?.includes('.')) return undefined;
    // Meltano 3 reads it, and what is old is told by a rule of its own.
    if (at === 'schedules/*' && problem.key === 'start_date') return undefined;
    // A name that is misspelt is missing.
    const isName = problem.suggestion === 'name' && neededKeys.some((pattern) => pattern.test(at));
    const isError =
      isName || strictKeys.some((pattern) => pattern.test(at)) || (isOld && at === 'schedules/*');
    if (!isError && at !== 'schedules/*' && problem.suggestion === undefined) return undefined;
    return { code: 'meltano/unknown-key', severity: isError ? 'error' : 'warning' };
  }
  // `anyOf` tells that no key is there that says which form is meant.
  if (problem.keyword === 'required' || problem.keyword === 'anyOf') {
    return {
      code: 'meltano/missing-key',
      severity: neededKeys.some((pattern) => pattern.test(at)) ? 'error' : 'warning',
    };
  }
  // New capabilities come with new SDKs; only what looks misspelt is told.
  if (at.endsWith('/capabilities/*') && problem.keyword === 'enum' && problem.suggestion === undefined)
    return undefined;
  const isError =
    strictValues.some((pattern) => pattern.test(at)) || (isOld && /^plugins\/\w+\/\*\/config$/u.test(at));
  return { code: 'meltano/invalid-value', severity: isError ? 'error' : 'warning' };
}

/** Values that rules of their own look at, as Meltano reads them. */
const toldElsewhere =
  /^(?:requires_meltano|cli\/log_(?:level|format)|database_(?:max_retries|retry_timeout|uri)|elt\/buffer_size|state_backend\/(?:uri|lock_\w+)|include_paths\/\*)$/u;

/** Where another key stops every Meltano command. */
const strictKeys: readonly RegExp[] = [
  /^jobs\/\*$/u,
  /^environments\/\*$/u,
  /^environments\/\*\/config\/plugins$/u,
  /^plugins$/u,
  /^plugins\/\w+\/\*\/commands\/[^/]+(?:\/container_spec)?$/u,
  /^plugins\/\w+\/\*\/requires\/\w+\/\*$/u,
];

/** Where a key must not be missing. */
const neededKeys: readonly RegExp[] = [
  /^(?:jobs|environments|schedules)\/\*$/u,
  /^plugins\/\w+\/\*$/u,
  /^plugins\/\w+\/\*\/settings\/\*$/u,
  /^plugins\/\w+\/\*\/commands\/[^/]+\/container_spec$/u,
  /^plugins\/\w+\/\*\/requires\/\w+\/\*$/u,
  /^environments\/\*\/config\/plugins\/\w+\/\*$/u,
];

/** Where a value of another kind stops every command, or every run. */
const strictValues: readonly RegExp[] = [
  /^(?:plugins|jobs|environments|schedules|include_paths|default_environment)$/u,
  /^(?:jobs|environments|schedules)\/\*$/u,
  /^(?:plugins\/\w+\/\*|environments\/\*|jobs\/\*)\/name$/u,
  /^plugins\/\w+(?:\/\*)?$/u,
  /^plugins\/\w+\/\*\/(?:pip_url|variant|inherit_from|mappings(?:\/\*)?|requires(?:\/\w+)?)$/u,
  /^plugins\/\w+\/\*\/commands(?:\/[^/]+(?:\/(?:args|container_spec))?)?$/u,
  /^plugins\/\w+\/\*\/env(?:\/[^/]+)?$/u,
  /^plugins\/\w+\/\*\/settings(?:\/\*(?:\/(?:name|aliases|kind|value_processor))?)?$/u,
  /^environments\/\*\/config(?:\/plugins(?:\/\w+(?:\/\*(?:\/(?:name|config|env(?:\/[^/]+)?))?)?)?)?$/u,
  /^environments\/\*\/(?:state_id_suffix|env(?:\/[^/]+)?)$/u,
  /^schedules\/\*\/(?:transform|job|env(?:\/[^/]+)?)$/u,
  /^env(?:\/[^/]+)?$/u,
];
