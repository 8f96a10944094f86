import type { Finding, Severity } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { suggestName } from './suggest-name.ts';
import { unsuppressed } from './suppress.ts';

export type SeverityChoice = Severity | 'off';

/** What the user decided about findings: a code or `system/*` to a severity. The most exact one counts. */
export interface FindingSettings {
  readonly severity: Readonly<Record<string, SeverityChoice>>;
}

export const defaultFindingSettings: FindingSettings = { severity: {} };

/** The findings of a file as a person sees them: with the name that was meant, at the severity they chose. */
export function diagnose(platform: Platform, path: string, settings: FindingSettings): readonly Finding[] {
  const shown: Finding[] = [];
  for (const finding of unsuppressed(platform, path)) {
    const severity = severityOf(finding, settings);
    if (severity === 'off') continue;
    shown.push(
      withSuggestion(platform, path, severity === finding.severity ? finding : { ...finding, severity }),
    );
  }
  return shown;
}

function severityOf(finding: Finding, settings: FindingSettings): SeverityChoice {
  const family = `${finding.code.slice(0, finding.code.indexOf('/'))}/*`;
  return settings.severity[finding.code] ?? settings.severity[family] ?? finding.severity;
}

function withSuggestion(platform: Platform, path: string, finding: Finding): Finding {
  if (!finding.unresolved) return finding;
  const meant = suggestName(platform.facts, finding.unresolved);
  if (meant === undefined) return finding;
  const fix = {
    title: `Change to \`${meant}\``,
    edits: [{ path, span: finding.span, newText: meant }],
    certain: false,
  };
  return {
    ...finding,
    // The name that was meant takes the place of the general advice behind the semicolon.
    message: `${finding.message.split('; ', 1)[0]}; did you mean \`${meant}\`?`,
    fixes: [fix, ...(finding.fixes ?? [])],
  };
}
