import type { Severity } from '../core/finding.ts';
import { freshOf, type CheckReport, type ReportStyle } from './check-report.ts';
import { fileName } from './file-name.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** GitHub's workflow commands: each finding shows up on its line of the pull request. */
export function checkGithub(report: CheckReport, { base }: ReportStyle): string {
  return freshOf(report)
    .map(({ path, range: { start, end }, severity, code, message }) => {
      const place: Record<string, string | number> = {
        file: fileName(base, path),
        line: start.line + 1,
        endLine: end.line + 1,
        // GitHub takes columns only within one line.
        ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
        title: code,
      };
      return annotation(commands[severity], place, message);
    })
    .join('');
}

/** One workflow command; without a file it stands at the job as a whole. */
export function annotation(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${command} ${written.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
