import type { Fix } from '../../../core/finding.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { findPair, get, itemsOf, pairsOf, type Pair } from '../../../core/tree.ts';
import type { MeltanoModel, ProjectModel } from '../model.ts';
import { removePair } from '../pair-edits.ts';

/**
 * What Meltano still reads and asks people to leave behind: `version: 1`, `kind: password`, and the plugins from
 * before there were utilities, which its Hub lists no more.
 */
export const deprecatedKey: Rule<MeltanoModel> = {
  id: 'meltano/deprecated-key',
  severity: 'warning',
  isLocal: true,
  check(file, report) {
    const { model, tree, project } = file;
    if (model.kind === 'lock' || model.kind === 'logging') return;
    const isOld = /^[0-3]\./.test(project.version?.version ?? '');
    const version = findPair(tree, 'version');
    if (version && !isOld) fileVersion(version, file, report);
    if (!isOld) startDates(file, model, report);
    const locks =
      findPair(get(tree, 'ff'), 'plugin_locks_required') ?? findPair(tree, 'ff.plugin_locks_required');
    if (locks) {
      report(locks.key, '`plugin_locks_required` does nothing since Meltano 3; remove it', {
        severity: 'information',
        tag: 'deprecated',
        fixes: [removePair(locks, file, 'Remove `plugin_locks_required`')],
      });
    }
    oldKinds(model, report);
    settingKinds(file, model, report);
  },
};

function fileVersion(version: Pair, file: ParsedFile, report: Report): void {
  const known = file.project.version?.version;
  const range = known === undefined ? undefined : `'>=${known.split('.').slice(0, 2).join('.')}'`;
  const hasRange = findPair(file.tree, 'requires_meltano') !== undefined;
  const replace: readonly Fix[] =
    range === undefined || hasRange
      ? []
      : [
          {
            title: `Replace it with \`requires_meltano: ${range}\``,
            edits: [
              {
                path: file.source.path,
                span: { start: version.key.span.start, end: version.value.span.end },
                newText: `requires_meltano: ${range}`,
              },
            ],
            certain: false,
          },
        ];
  report(
    version.key,
    '`version` means nothing since Meltano 4; remove it, or say with `requires_meltano` which Meltano the project needs',
    { tag: 'deprecated', fixes: [removePair(version, file, 'Remove `version`'), ...replace] },
  );
}

/** When a schedule began to count, in Meltano 3. */
function startDates(file: ParsedFile, { schedules }: ProjectModel, report: Report): void {
  for (const { node } of schedules) {
    const pair = findPair(node, 'start_date');
    if (!pair) continue;
    report(pair.key, '`start_date` of a schedule means nothing since Meltano 4; remove it', {
      tag: 'deprecated',
      fixes: [removePair(pair, file, 'Remove `start_date`')],
    });
  }
}

/** Kinds of plugins that utilities took the place of. */
function oldKinds({ plugins }: ProjectModel, report: Report): void {
  for (const { type, name } of plugins) {
    if (type.key === 'transforms' || type.key === 'transformers') {
      report(
        name,
        `${type.key} are from before Meltano ran dbt as a utility; use a utility such as \`dbt-duckdb\` and name it in jobs`,
        { severity: 'information', tag: 'deprecated' },
      );
    } else if (type.key === 'orchestrators' && name.text === 'airflow') {
      report(name, 'the orchestrator `airflow` became the utility `airflow`; move it to `utilities`', {
        severity: 'information',
        tag: 'deprecated',
      });
    }
  }
}

const replacements: Readonly<Record<string, string>> = { password: 'sensitive', hidden: 'hidden' };

function settingKinds(file: ParsedFile, { plugins }: ProjectModel, report: Report): void {
  for (const { node } of plugins) {
    for (const setting of itemsOf(get(node, 'settings'))) {
      for (const pair of pairsOf(setting)) {
        if (pair.key.text !== 'kind' || pair.value.kind !== 'scalar') continue;
        if (!Object.hasOwn(replacements, pair.value.text)) continue;
        const flag = replacements[pair.value.text]!;
        const span = { start: pair.key.span.start, end: pair.value.span.end };
        const newText = findPair(setting, flag) ? 'kind: string' : `${flag}: true`;
        report(pair.value, `the kind \`${pair.value.text}\` is deprecated; say \`${flag}: true\` instead`, {
          tag: 'deprecated',
          fixes: [
            {
              title: `Replace with \`${newText}\``,
              edits: [{ path: file.source.path, span: quoted(file, span), newText }],
              certain: true,
            },
          ],
        });
      }
    }
  }
}

/** A value's span leaves its quotes out. */
function quoted(
  { source }: ParsedFile,
  span: { start: number; end: number },
): { start: number; end: number } {
  return { start: span.start, end: /["']/.test(source.text[span.end] ?? '') ? span.end + 1 : span.end };
}
