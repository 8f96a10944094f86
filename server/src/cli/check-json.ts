import type { Severity } from '../core/finding.ts';
import type { Range } from '../core/span.ts';
import { freshOf, pagePath, type CheckReport, type ReportStyle } from './check-report.ts';
import { fileName } from './file-name.ts';

/** `penstock check --format json`. Public: fields are added, never changed. */
export interface CheckJson {
  readonly findings: readonly CheckFinding[];
  /** How many findings were there before and are not listed; with --since or --baseline. */
  readonly known?: number;
  /** What --fix mended. */
  readonly fixed?: readonly FixedFinding[];
}

export interface CheckFinding {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  /** Zero-based lines and UTF-16 columns, as in LSP. */
  readonly range: Range;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Whether --fix mends it. */
  readonly fixable: boolean;
  /** The code's page in Penstock's repository. */
  readonly help: string;
}

export interface FixedFinding {
  readonly file: string;
  /** Where the finding stood before the fixes of its round were applied. */
  readonly range: Range;
  readonly code: string;
  /** What was done. */
  readonly title: string;
}

/** For programs. */
export function checkJson(report: CheckReport, { base }: ReportStyle): string {
  const json: CheckJson = {
    findings: freshOf(report).map(({ path, range, severity, code, message, fixes }) => ({
      file: fileName(base, path),
      range,
      severity,
      code,
      message,
      fixable: fixes.some(({ isCertain }) => isCertain),
      help: pagePath(code),
    })),
    ...(report.known ? { known: report.known.size } : {}),
    ...(report.fixed.length > 0
      ? {
          fixed: report.fixed.map(({ path, range, code, title }) => ({
            file: fileName(base, path),
            range,
            code,
            title,
          })),
        }
      : {}),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
