import type { Finding, SeverityChoice, SeverityChoices } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { suggestName } from './suggest-name.ts';
import { unignored, unsuppressed } from './suppress.ts';

/** What whoever asks decided, before what the platform itself decides. */
export interface FindingSettings {
  readonly severity: SeverityChoices;
}

export const defaultFindingSettings: FindingSettings = { severity: {} };

/** What others than the platform found in a file, as a person sees it: not what its comments leave out, at the severity that was chosen. */
export function asShown<T extends Finding>(
  findings: readonly T[],
  path: string,
  { platform, settings }: { readonly platform: Platform; readonly settings: FindingSettings },
): readonly T[] {
  const choices = [settings.severity, platform.severity(path) ?? {}];
  return unignored(findings, platform, path).flatMap((finding) => {
    const severity = severityOf(finding, choices);
    if (severity === 'off') return [];
    return severity === finding.severity ? finding : { ...finding, severity };
  });
}

/** The findings of a file as a person sees them: with the name that was meant, at the severity that they or the platform chose. */
export function diagnose(platform: Platform, path: string, settings: FindingSettings): readonly Finding[] {
  const shown: Finding[] = [];
  const choices = [settings.severity, platform.severity(path) ?? {}];
  for (const finding of unsuppressed(platform, path)) {
    const severity = severityOf(finding, choices);
    if (severity === 'off') continue;
    shown.push(
      withSuggestion(platform, path, severity === finding.severity ? finding : { ...finding, severity }),
    );
  }
  return shown;
}

function severityOf({ code, severity }: Finding, choices: readonly SeverityChoices[]): SeverityChoice {
  const family = `${code.slice(0, code.indexOf('/'))}/*`;
  for (const choice of choices) {
    const found = choice[code] ?? choice[family];
    if (found !== undefined) return found;
  }
  return severity;
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
