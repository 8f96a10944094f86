import type { Report, Rule } from '../../../core/rule.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { get, pairsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { findCalls } from '../calls.ts';
import { jinjaProblems } from '../jinja-yaml.ts';
import { scanJinja } from '../jinja.ts';
import { layoutOf } from '../layout.ts';
import { profilesOf, selectedOutput } from '../profiles.ts';
import { isTemplate } from '../project-jinja.ts';
import { isSecondLine } from '../version.ts';

/** What dbt knows while it renders files of configuration: no models, no macros, no adapter. */
const known = new Set(
  (
    'builtins context dbt_version diff_of_two_dicts env_var flags fromjson fromyaml invocation_id local_md5 log modules print ' +
    'run_started_at set set_strict target thread_id tojson toyaml var zip zip_strict range dict list lipsum cycler joiner namespace'
  ).split(' '),
);

/** dbt v2 has these as well. */
const knownToSecond = new Set(['adapter', 'return']);

/** Keys that are rendered for each node, or for the run: everything is known there. */
const late = new Set(['on-run-start', 'on-run-end', 'query-comment']);
const hooks = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/** Jinja in files that dbt renders before it reads the project: it must parse, and may call little. */
export const configJinja: Rule = {
  id: 'dbt/jinja-syntax',
  severity: 'error',
  check(file, report) {
    const { claim, tree } = file;
    if (!tree) return;
    if (claim.kind === 'project') checkProject(file, report);
    else if (claim.kind === 'profiles') checkProfiles(file, report);
    else if (claim.kind === 'selectors' || claim.kind === 'packages' || claim.kind === 'catalogs')
      checkTemplates(tree, file, { isEarly: true }, report);
  },
};

function checkProject(file: ParsedFile, report: Report): void {
  for (const { key, value } of pairsOf(file.tree)) {
    if (key.text === 'vars' || key.text === 'flags') continue;
    if (late.has(key.text)) checkTemplates(value, file, { isEarly: false }, report);
    else checkTree(value, file, report);
  }
}

/** Hooks of models stand in trees of other configuration. */
function checkTree(node: Node, file: ParsedFile, report: Report): void {
  if (node.kind !== 'map') {
    checkTemplates(node, file, { isEarly: true }, report);
    return;
  }
  for (const { key, value } of node.pairs) {
    if (hooks.has(key.text.replace(/^\+\s*/, ''))) checkTemplates(value, file, { isEarly: false }, report);
    else checkTree(value, file, report);
  }
}

/** Only what is selected is rendered, and a password is taken as it stands where it is no Jinja. */
function checkProfiles(file: ParsedFile, report: Report): void {
  const { profile } = layoutOf(file.project);
  for (const { key, value } of profilesOf(file.tree)) {
    if (key.text !== profile) continue;
    const selected = selectedOutput(value);
    const target = get(value, 'target');
    if (target) checkTemplates(target, file, { isEarly: true }, report);
    const output = pairsOf(get(value, 'outputs')).find((each) => each.key.text === selected);
    for (const pair of pairsOf(output?.value))
      if (pair.key.text !== 'password') checkTemplates(pair.value, file, { isEarly: true }, report);
  }
}

function checkTemplates(
  node: Node,
  file: ParsedFile,
  { isEarly }: { readonly isEarly: boolean },
  report: Report,
): void {
  for (const scalar of stringsIn(node)) {
    const problems = jinjaProblems(scalar, file.source.text);
    // A hook that cannot be rendered is only warned of by dbt v2.
    const severity = !isEarly && isSecondLine(file.project) ? 'warning' : 'error';
    for (const { span, message } of problems) report(span, message, { severity });
    if (isEarly && problems.length === 0 && isTemplate(scalar)) checkNames(scalar, file, report);
  }
}

/** Strings that may hold Jinja, comments too. */
function stringsIn(node: Node): readonly ScalarNode[] {
  if (node.kind === 'map') return node.pairs.flatMap(({ value }) => stringsIn(value));
  if (node.kind === 'seq') return node.items.flatMap(stringsIn);
  return typeof node.value === 'string' && node.text.includes('{') ? [node] : [];
}

/** A name that is called, or that something is asked of, must be known; alone it would be empty text. */
function checkNames({ span }: ScalarNode, { source, project }: ParsedFile, report: Report): void {
  const isSecond = isSecondLine(project);
  const blocks = scanJinja(source.text, { from: span.start, to: span.end });
  // What is set or looped over has names of its own.
  if (blocks.some(({ kind }) => kind === 'statement')) return;
  for (const { tokens } of blocks) {
    const called = new Set(
      [...findCalls(tokens)].filter(({ owner }) => owner === undefined).map(({ name }) => name),
    );
    for (const [at, token] of tokens.entries()) {
      const before = tokens[at - 1]?.text;
      if (
        token.kind !== 'name' ||
        known.has(token.text) ||
        (isSecond && knownToSecond.has(token.text)) ||
        before === '.' ||
        before === '|' ||
        before === 'is'
      )
        continue;
      if (!called.has(token) && tokens[at + 1]?.text !== '.') continue;
      const message = `\`${token.text}\` is not known while this file is rendered; only \`env_var\`, \`var\`, \`target\` and the like are`;
      report(token.span, message, { code: 'dbt/misplaced-call' });
    }
  }
}
