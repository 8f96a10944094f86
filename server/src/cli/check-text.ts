import type { Severity } from '../core/finding.ts';
import type { FoundProblem } from './check-finding.ts';
import { freshOf, severities, type CheckReport, type ReportStyle } from './check-report.ts';
import { fileName } from './file-name.ts';

/** For people: a line a finding, then how many there are. */
export function checkText(report: CheckReport, { base, hasColors }: ReportStyle): string {
  const paint = hasColors ? colored : plain;
  const fresh = freshOf(report);
  const fixed = report.fixed.map(
    ({ path, range, code, title }) =>
      `${placeOf(fileName(base, path), range)}: ${paint('fixed', 'fixed')}: ${title} ${paint('code', `[${code}]`)}\n`,
  );
  const lines = fresh.map(
    ({ path, range, severity, message, code }) =>
      `${placeOf(fileName(base, path), range)}: ${paint(severity, severity)}: ${message} ${paint('code', `[${code}]`)}\n`,
  );
  const gap = fixed.length + lines.length > 0 ? '\n' : '';
  return [...fixed, ...lines, gap, `${summary(report, fresh)}\n`].join('');
}

function placeOf(file: string, { start }: FoundProblem['range']): string {
  return `${file}:${start.line + 1}:${start.character + 1}`;
}

function summary({ known, fixed }: CheckReport, fresh: readonly FoundProblem[]): string {
  const sentences = [counted(fresh, known ? 'No new findings' : 'No findings')];
  if (known && known.size > 0) {
    sentences.push(`${known.size} ${known.size === 1 ? 'finding was' : 'findings were'} there before.`);
  }
  if (fixed.length > 0) sentences.push(`${fixed.length} ${fixed.length === 1 ? 'was' : 'were'} fixed.`);
  return sentences.join(' ');
}

function counted(findings: readonly FoundProblem[], none: string): string {
  if (findings.length === 0) return `${none}.`;
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'information' ? '' : 's'}`];
  });
  const files = new Set(findings.map(({ path }) => path)).size;
  return `${parts.join(', ')} in ${files} ${files === 1 ? 'file' : 'files'}.`;
}

type Role = Severity | 'fixed' | 'code';

const colors: Readonly<Record<Role, string>> = {
  error: '1;31',
  warning: '33',
  information: '36',
  hint: '2',
  fixed: '32',
  code: '2',
};

function colored(role: Role, text: string): string {
  return `\u001B[${colors[role]}m${text}\u001B[0m`;
}

function plain(_role: Role, text: string): string {
  return text;
}
