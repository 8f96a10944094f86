import type { FoundProblem } from './check-finding.ts';
import { freshOf, isFailure, type CheckReport, type ReportStyle } from './check-report.ts';
import { fileName } from './file-name.ts';
import { element, escape } from './xml.ts';

/** JUnit's XML: a suite a file, a case a finding, which failed where it makes the check fail. */
export function checkJunit(report: CheckReport, { base }: ReportStyle): string {
  const fresh = freshOf(report);
  const suites = [...Map.groupBy(fresh, ({ path }) => fileName(base, path))].map(([file, findings]) =>
    element(
      'testsuite',
      { name: file, ...counts(findings, report), errors: 0, skipped: 0 },
      findings.map((finding) => testCase(finding, file, report)),
    ),
  );
  // Some readers take a report without a test for a broken one.
  const none = element('testsuite', { name: 'penstock check', tests: 1, failures: 0 }, [
    element('testcase', { name: 'no findings', classname: 'penstock check' }),
  ]);
  const all = element(
    'testsuites',
    { name: 'penstock check', ...counts(fresh, report) },
    suites.length > 0 ? suites : [none],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}

function testCase(finding: FoundProblem, file: string, report: CheckReport): string {
  const { code, message, severity, range } = finding;
  const line = range.start.line + 1;
  const place = `${file}:${line}:${range.start.character + 1}`;
  const said = escape(`${place}: ${severity}: ${message}`);
  return element('testcase', { name: `${code} (line ${line})`, classname: file, file, line }, [
    isFailure(finding, report)
      ? element('failure', { message, type: severity }, [said])
      : element('system-out', {}, [said]),
  ]);
}

function counts(findings: readonly FoundProblem[], report: CheckReport): { tests: number; failures: number } {
  return {
    tests: findings.length,
    failures: findings.filter((finding) => isFailure(finding, report)).length,
  };
}
