import type { Finding, Fix } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import type { ParsedFile } from '../core/system.ts';
import { asShown, diagnose, type FindingSettings } from './diagnose.ts';
import { fixAll } from './fix-all.ts';
import { ignoreFix } from './ignore-fix.ts';
import { secretFix } from './secret-fix.ts';

/** Something that can be done at a place of a file. */
export interface OfferedAction extends Omit<Fix, 'certain'> {
  readonly kind: 'quickfix' | 'refactor' | 'fix-all';
  /** What it mends. */
  readonly findings: readonly Finding[];
  /** True for the first fix of a finding. */
  readonly isPreferred: boolean;
}

/**
 * Fixes of the findings that touch `span`, all of a kind at once, and what the file's system offers there; `evidence` is
 * what checks show of the file.
 */
export function actionsAt(
  platform: Platform,
  path: string,
  span: Span,
  settings: FindingSettings,
  evidence: readonly Finding[] = [],
): readonly OfferedAction[] {
  const file = platform.parsed(path);
  if (!file) return [];
  const all = [...diagnose(platform, path, settings), ...asShown(evidence, path, { platform, settings })];
  const touched = all.filter((finding) => finding.span.start <= span.end && span.start <= finding.span.end);
  const own = platform.systemOf(path)?.actions?.(file, {
    span,
    findings: touched,
    facts: platform.facts,
    parsed: (other) => platform.parsed(other),
  });
  return [
    ...touched.flatMap(fixesOf),
    ...touched.flatMap((finding) => moving(finding, file, platform)),
    ...(own ?? []).map(({ finding, ...action }) => ({
      ...action,
      findings: finding ? [finding] : [],
      isPreferred: false,
    })),
    ...ofOneCode(touched, all),
    ...touched.flatMap((finding) => ignoring(finding, file, platform)),
  ];
}

/** Every certain fix of a file as one action; undefined where there is none. */
export function fixFile(
  platform: Platform,
  path: string,
  settings: FindingSettings,
): OfferedAction | undefined {
  const findings = diagnose(platform, path, settings);
  const { count, ...fix } = fixAll(findings);
  if (count === 0) return undefined;
  return { title: 'Fix all that is certain', kind: 'fix-all', findings: [], isPreferred: false, ...fix };
}

function fixesOf(finding: Finding): readonly OfferedAction[] {
  return (finding.fixes ?? []).map(({ title, edits, creates }, at) => ({
    title,
    edits,
    ...(creates ? { creates } : {}),
    kind: 'quickfix',
    findings: [finding],
    isPreferred: at === 0,
  }));
}

function moving(finding: Finding, file: ParsedFile, platform: Platform): readonly OfferedAction[] {
  const fix = secretFix(platform, finding, file);
  if (!fix) return [];
  const { certain: _certain, ...offered } = fix;
  return [{ ...offered, kind: 'quickfix', findings: [finding], isPreferred: true }];
}

function ignoring(finding: Finding, file: ParsedFile, platform: Platform): readonly OfferedAction[] {
  const fix = ignoreFix(finding, file, platform.suppressions(file.source.path));
  if (!fix) return [];
  const { title, edits } = fix;
  return [{ title, edits, kind: 'quickfix', findings: [finding], isPreferred: false }];
}

function ofOneCode(touched: readonly Finding[], all: readonly Finding[]): readonly OfferedAction[] {
  return [...new Set(touched.map(({ code }) => code))].flatMap((code): readonly OfferedAction[] => {
    const alike = all.filter((finding) => finding.code === code);
    const { count, ...fix } = fixAll(alike);
    if (count < 2) return [];
    const title = `Fix all \`${code}\` in this file`;
    return [{ title, kind: 'quickfix', findings: alike, isPreferred: false, ...fix }];
  });
}
