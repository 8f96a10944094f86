import type { Report, Rule } from '../../../core/rule.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { findPair, get, pairsOf, type Node, type Pair } from '../../../core/tree.ts';
import { isTemplate } from '../project-jinja.ts';
import { isSecondLine } from '../version.ts';

const renamed = [
  ['source-paths', 'model-paths'],
  ['data-paths', 'seed-paths'],
] as const;

const moved = [
  ['log-path', 'logs', '`--log-path` or `DBT_LOG_PATH`'],
  ['target-path', 'target', '`--target-path` or `DBT_TARGET_PATH`'],
] as const;

/** Keys of dbt_project.yml that have another name now, or another place; some pairs exclude each other. */
export const renamedProjectKey: Rule = {
  id: 'dbt/deprecated',
  severity: 'warning',
  check(file, report) {
    const { claim, tree, project } = file;
    if (claim.kind !== 'project' || !tree) return;
    const isRefused = isSecondLine(project);
    for (const [old, key] of renamed) {
      const pair = findPair(tree, old);
      if (pair)
        reportRenamed(file, pair, key, { isTaken: findPair(tree, key) !== undefined, isRefused }, report);
    }
    for (const [key, standard, instead] of moved) {
      const pair = findPair(tree, key);
      if (!pair || isStandard(pair.value, standard) || (isRefused && isEmpty(pair.value))) continue;
      const message = `\`${key}\` in dbt_project.yml is deprecated, and dbt v2 refuses it; set ${instead} instead`;
      report(
        pair.key,
        message,
        isRefused ? { severity: 'error', code: 'dbt/refused-by-v2' } : { tag: 'deprecated' },
      );
    }
    const modules = findPair(tree, 'modules-path');
    if (modules) {
      const message =
        'unknown key `modules-path`: it is called `packages-install-path` since dbt 1.0; rename it';
      const fix = renameFix(file, modules, 'packages-install-path');
      report(modules.key, message, { severity: 'error', code: 'dbt/unknown-key', fixes: [fix] });
    }
    checkTests(tree, report);
  },
};

interface Situation {
  readonly isTaken: boolean;
  readonly isRefused: boolean;
}

function reportRenamed(
  file: ParsedFile,
  pair: Pair,
  key: string,
  { isTaken, isRefused }: Situation,
  report: Report,
): void {
  const old = pair.key.text;
  if (isTaken) {
    const message = `\`${old}\` is the old name of \`${key}\`, and dbt refuses both together; remove \`${old}\``;
    report(pair.key, message, { severity: 'error', code: 'dbt/conflicting-keys' });
    return;
  }
  const fixes = [renameFix(file, pair, key)];
  const message = `\`${old}\` is deprecated, and dbt v2 refuses it; rename it to \`${key}\``;
  if (isRefused) report(pair.key, message, { severity: 'error', code: 'dbt/refused-by-v2', fixes });
  else report(pair.key, message, { fixes, tag: 'deprecated' });
}

function renameFix(
  { source }: ParsedFile,
  { key }: Pair,
  newText: string,
): {
  readonly title: string;
  readonly edits: readonly [
    { readonly path: string; readonly span: Pair['key']['span']; readonly newText: string },
  ];
  readonly certain: true;
} {
  const edits = [{ path: source.path, span: key.span, newText }] as const;
  return { title: `Rename to \`${newText}\``, edits, certain: true };
}

/** `tests` is `data_tests` by its old name; one of them may be empty. */
function checkTests(tree: Node, report: Report): void {
  const old = findPair(tree, 'tests');
  if (!old || isEmpty(old.value) || isEmpty(get(tree, 'data_tests'))) return;
  const message =
    '`tests` is the old name of `data_tests`, and dbt refuses both together; join them under `data_tests`';
  report(old.key, message, { severity: 'error', code: 'dbt/conflicting-keys' });
}

function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' ? node.value === null : pairsOf(node).length === 0);
}

/** What is computed may come out as the standard. */
function isStandard(node: Node, standard: string): boolean {
  return node.kind === 'scalar' && (node.text === standard || isTemplate(node));
}
