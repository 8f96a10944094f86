import type { Finding, Severity } from './finding.ts';
import type { Report, Rule } from './rule.ts';
import type { ParsedFile } from './system.ts';

/** Told of a rule that threw; the others go on. */
export type OnRuleError = (rule: string, error: unknown) => void;

/** The findings of one file from itself alone: what its parser could not read, then its system's rules. */
export function checkFile(
  file: ParsedFile,
  rules: readonly Rule[],
  onError: OnRuleError,
): readonly Finding[] {
  const findings: Finding[] = file.problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity ?? 'error',
    span: problem.span,
    message: problem.message,
  }));
  const reportOf = createReporter(findings);
  for (const rule of rules) {
    try {
      rule.check(file, reportOf(rule));
    } catch (error) {
      onError(rule.id, error);
    }
  }
  return findings.sort(byPlace);
}

/**
 * Gives each rule its report, which adds to `findings`. Rules run one after the other and most of them have nothing
 * to say, so one report serves them all: it speaks for the rule that was asked last.
 */
export function createReporter(
  findings: Finding[],
): (rule: { readonly id: string; readonly severity: Severity }) => Report {
  let [id, ownSeverity]: [string, Severity] = ['', 'error'];
  const report: Report = (at, message, more = {}) => {
    const { code = id, severity = ownSeverity, ...rest } = more;
    findings.push({ code, severity, span: 'span' in at ? at.span : at, message, ...rest });
  };
  return (rule) => {
    id = rule.id;
    ownSeverity = rule.severity;
    return report;
  };
}

export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
