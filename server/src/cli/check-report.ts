import type { Severity } from '../core/finding.ts';
import type { FixedProblem } from './check-fix.ts';
import type { FoundProblem } from './check-finding.ts';

/** What a check found, before it is written in some format. */
export interface CheckReport {
  /** In the order of files and places. */
  readonly found: readonly FoundProblem[];
  /** Those of `found` that were there before; undefined where nothing was compared. */
  readonly known: ReadonlySet<FoundProblem> | undefined;
  readonly fixed: readonly FixedProblem[];
  /** From this severity on a finding makes the check fail. */
  readonly threshold: Severity;
}

/** What a format needs beyond the report. */
export interface ReportStyle {
  /** Folder (file-system path) that files are named from. */
  readonly base: string;
  readonly version: string;
  readonly hasColors: boolean;
  /** The text of a code's page, where it can be had. */
  readonly pageOf: (code: string) => string | undefined;
}

/** From the gravest on. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** The findings that were not there before. */
export function freshOf({ found, known }: CheckReport): readonly FoundProblem[] {
  return known ? found.filter((each) => !known.has(each)) : found;
}

/** True where the finding, being new, makes the check fail. */
export function isFailure({ severity }: FoundProblem, { threshold }: CheckReport): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** Where the repository of Penstock explains a code. */
export function pagePath(code: string): string {
  return `docs/rules/${code}.md`;
}
