import type { Finding, SeverityChoice, SeverityChoices } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { suggestName } from './suggest-name.ts';
import { unsuppressed } from './suppress.ts';

/** What whoever asks decided, before what the platform itself decides. */
export interface FindingSettings {
  readonly severity: SeverityChoices;
}

export const defaultFindingSettings: FindingSettings = { severity: {} };

/** The finding at the severity that somebody chose for it; undefined where it is switched off. */
export function asChosen(
  finding: Finding,
  path: string,
  { platform, settings }: { readonly platform: Platform; readonly settings: FindingSettings },
): Finding | undefined {
  const severity = severityOf(finding, [settings.severity, platform.severity(path) ?? {}]);
  if (severity === 'off') return undefined;
  return severity === finding.severity ? finding : { ...finding, severity };
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
