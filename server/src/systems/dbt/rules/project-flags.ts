import type { Report, Rule } from '../../../core/rule.ts';
import type { ParsedFile, Project } from '../../../core/system.ts';
import { findPair, itemsOf, pairsOf, type Node, type Pair, get } from '../../../core/tree.ts';
import { dbtWarnings } from '../builtins.ts';
import { behaviourFlags, flagTypes, flagValues, type FlagType } from '../project-flags.ts';
import { slipOf } from '../slip.ts';
import { dbtVersion, isSecondLine } from '../version.ts';

const typeWords: Readonly<Record<FlagType, string>> = {
  boolean: 'true or false',
  number: 'a whole number',
  string: 'a string',
  options: 'a mapping of lists',
};

/** dbt takes `flags` as a whole or not at all: one value of a wrong type, and every other flag is passed over in silence. */
export const projectFlags: Rule = {
  id: 'dbt/wrong-type',
  severity: 'warning',
  check(file, report) {
    if (file.claim.kind !== 'project') return;
    for (const pair of pairsOf(get(file.tree, 'flags'))) checkFlag(pair, file, report);
  },
};

function checkFlag(pair: Pair, file: ParsedFile, report: Report): void {
  const { key, value } = pair;
  const type = Object.hasOwn(flagTypes, key.text) ? flagTypes[key.text] : undefined;
  if (type === undefined) {
    const meant = slipOf(key.text, Object.keys(flagTypes));
    if (meant === undefined) return;
    report(key, `dbt passes over the unknown flag \`${key.text}\`; did you mean \`${meant}\`?`, {
      code: 'dbt/unknown-key',
      fixes: [replace(file, pair, meant, false)],
    });
    return;
  }
  if (checkSecondLine(pair, file.project, report)) return;
  if (!fits(value, type)) {
    const template =
      value.kind === 'scalar' && value.text.includes('{{') ? ', which is not rendered here' : '';
    const message = `\`${key.text}\` must be ${typeWords[type]}${template}; until then dbt passes over all \`flags\``;
    report(value, message);
    return;
  }
  checkValue(pair, file.project, report);
  if (type !== 'options') return;
  checkOptions(value, file, report);
  checkNames(value, file, report);
  checkLevels(value, file.project, report);
}

/** dbt v2 has no old behaviour to go back to. */
function checkSecondLine({ key }: Pair, project: Project, report: Report): boolean {
  // Of catalogs it reads either form still.
  if (!isSecondLine(project) || !behaviourFlags.has(key.text) || key.text === 'use_catalogs_v2') return false;
  const message = `dbt v2 passes over \`${key.text}\`, as it knows the new behaviour only; remove it`;
  report(key, message, { severity: 'information', code: 'dbt/unused-flag', tag: 'unnecessary' });
  return true;
}

function checkValue({ key, value }: Pair, project: Project, report: Report): void {
  const listed = Object.hasOwn(flagValues, key.text) ? flagValues[key.text] : undefined;
  if (!listed || value.kind !== 'scalar' || value.value === null || listed.values.includes(value.text))
    return;
  const values = listed.values.map((each) => `\`${each}\``).join(', ');
  report(value, `\`${value.text}\` is no value for \`${key.text}\`; it must be one of ${values}`, {
    code: 'dbt/invalid-value',
    severity: listed.isRefused && !isSecondLine(project) ? 'error' : 'warning',
  });
}

const renamed = { include: 'error', exclude: 'warn' } as const;

/** What dbt stops at once it reads the options: the same of all files, as flags are read first. */
function checkLevels(options: Node, project: Project, report: Report): void {
  if (isSecondLine(project)) return;
  const refused = { code: 'dbt/invalid-value', severity: 'error' } as const;
  const errors = get(options, 'error') ?? get(options, 'include');
  if (errors?.kind === 'scalar' && errors.value !== null && errors.text !== 'all' && errors.text !== '*') {
    report(errors, '`error` must be `all`, `*` or a list of names; put the name in a list', refused);
    return;
  }
  const silenced = get(options, 'silence');
  for (const list of [get(options, 'warn') ?? get(options, 'exclude'), silenced])
    if (list?.kind === 'scalar' && list.value !== null)
      report(list, 'this must be a list of names; put the name in a list', {
        ...refused,
        code: 'dbt/wrong-type',
      });
  const warns = findPair(options, 'warn') ?? findPair(options, 'exclude');
  if (itemsOf(warns?.value).length === 0 || errors?.kind === 'scalar') return;
  const named = [...itemsOf(errors), ...itemsOf(silenced)];
  if (named.some((item) => item.kind === 'scalar' && item.text === 'Deprecations')) return;
  const message = `\`${warns!.key.text}\` takes names away from \`error\`, which must be \`all\` or hold \`Deprecations\`; write that`;
  report(warns!.key, message, refused);
}

/** Two keys of `warn_error_options` were renamed in dbt 1.8. */
function checkOptions(options: Node, file: ParsedFile, report: Report): void {
  for (const [old, key] of Object.entries(renamed)) {
    const pair = findPair(options, old);
    if (!pair) continue;
    if (itemsOf(get(options, key)).length > 0 && itemsOf(pair.value).length > 0) {
      const message = `\`${old}\` is the old name of \`${key}\`, and dbt refuses both together; join them under \`${key}\``;
      report(pair.key, message, {
        code: 'dbt/conflicting-keys',
        severity: isSecondLine(file.project) ? 'warning' : 'error',
      });
    } else {
      report(pair.key, `\`${old}\` is deprecated; rename it to \`${key}\``, {
        code: 'dbt/deprecated',
        tag: 'deprecated',
        fixes: findPair(options, key) ? [] : [replace(file, pair, key, true)],
      });
    }
  }
}

/** dbt does not begin with a name of a warning that it does not know; other versions may know others. */
function checkNames(options: Node, { source, project }: ParsedFile, report: Report): void {
  const known = dbtWarnings();
  const { major, minor } = dbtVersion(project);
  for (const { value } of pairsOf(options)) {
    for (const item of itemsOf(value)) {
      if (item.kind !== 'scalar' || typeof item.value !== 'string' || known.has(item.text)) continue;
      const meant = slipOf(item.text, known);
      const isSure = meant !== undefined || (major === 1 && minor === 12);
      const advice = meant === undefined ? 'correct or remove it' : `did you mean \`${meant}\`?`;
      report(item, `dbt has no warning \`${item.text}\`, and stops at one that it does not know; ${advice}`, {
        code: 'dbt/invalid-value',
        severity: isSure ? 'error' : 'warning',
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `Change to \`${meant}\``,
                  edits: [{ path: source.path, span: item.span, newText: meant }],
                  certain: false,
                },
              ],
      });
    }
  }
}

function replace(
  { source }: ParsedFile,
  { key }: Pair,
  newText: string,
  certain: boolean,
): {
  readonly title: string;
  readonly edits: readonly [{ path: string; span: Pair['key']['span']; newText: string }];
  readonly certain: boolean;
} {
  return {
    title: `Change to \`${newText}\``,
    edits: [{ path: source.path, span: key.span, newText }],
    certain,
  };
}

/** Most flags may be left empty; dbt's own choices of behaviour may not. */
function fits(node: Node, type: FlagType): boolean {
  if (type === 'options') {
    return (
      (node.kind === 'map' &&
        node.pairs.every(
          ({ value }) =>
            value.kind === 'seq' ||
            (value.kind === 'scalar' && (typeof value.value === 'string' || value.value === null)),
        )) ||
      (node.kind === 'scalar' && node.value === null)
    );
  }
  if (node.kind !== 'scalar') return false;
  if (type === 'number') return Number.isInteger(node.value) || node.value === null;
  return typeof node.value === type || node.value === null;
}
