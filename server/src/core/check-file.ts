import type { Finding } from './finding.ts';
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
  for (const rule of rules) runRule(rule, (report) => rule.check(file, report), findings, onError);
  return findings.sort(byPlace);
}

/** Runs one rule and adds what it reports to `findings`. */
export function runRule(
  rule: Pick<Rule, 'id' | 'severity'>,
  check: (report: Report) => void,
  findings: Finding[],
  onError: OnRuleError,
): void {
  try {
    check((at, message, more = {}) => {
      const { code = rule.id, severity = rule.severity, ...rest } = more;
      findings.push({ code, severity, span: 'span' in at ? at.span : at, message, ...rest });
    });
  } catch (error) {
    onError(rule.id, error);
  }
}

export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
