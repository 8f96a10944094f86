import type { Finding } from './finding.ts';
import type { Report, Rule } from './rule.ts';
import type { ParsedFile } from './system.ts';

/** The findings of one file from itself alone: what its parser could not read, then its system's rules. */
export function checkFile(
  file: ParsedFile,
  rules: readonly Rule[],
  onError: (rule: string, error: unknown) => void,
): readonly Finding[] {
  const findings: Finding[] = file.problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity ?? 'error',
    span: problem.span,
    message: problem.message,
  }));
  for (const rule of rules) {
    const report: Report = (at, message, more = {}) => {
      const { code = rule.id, severity = rule.severity, ...rest } = more;
      findings.push({ code, severity, span: 'span' in at ? at.span : at, message, ...rest });
    };
    try {
      rule.check(file, report);
    } catch (error) {
      onError(rule.id, error);
    }
  }
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
