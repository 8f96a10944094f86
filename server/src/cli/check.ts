import type { Severity } from '../core/finding.ts';
import { CannotRun } from './cannot-run.ts';
import { applyFixes, type FixedProblem } from './check-fix.ts';
import { checkGithub } from './check-github.ts';
import { checkJson } from './check-json.ts';
import { checkJunit } from './check-junit.ts';
import { keepAsBaseline, knownFrom } from './check-known.ts';
import { openPlaces, pathsOf, problemsAt, type CheckedPlace } from './check-place.ts';
import { freshOf, isFailure, type CheckReport, type ReportStyle } from './check-report.ts';
import { checkSarif } from './check-sarif.ts';
import { checkText } from './check-text.ts';
import type { CliHost, ReportHost } from './host.ts';
import { pageReader } from './pages.ts';
import { reportFolder } from './report-folder.ts';

export interface CheckOptions {
  /** Files and folders to report on; none means the working directory. */
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  /** From this severity on a finding makes the check fail. */
  readonly threshold?: Severity;
  /** Applies the fixes that need no look. */
  readonly fix?: boolean;
  /** A git revision: what was found in its files, too, does not count. */
  readonly since?: string;
  /** A file of findings that do not count. */
  readonly baseline?: string;
  /** Where to write all findings as such a file. */
  readonly writeBaseline?: string;
}

export const checkFormats = {
  text: checkText,
  json: checkJson,
  sarif: checkSarif,
  github: checkGithub,
  junit: checkJunit,
} as const satisfies Readonly<Record<string, (report: CheckReport, style: ReportStyle) => string>>;

export type CheckFormat = keyof typeof checkFormats;

/**
 * Reports findings. Exit status: 0 no new finding from the threshold on (an error, where none is set), 1 some,
 * 2 could not run.
 */
export async function runCheck(options: CheckOptions, host: ReportHost): Promise<number> {
  const { io } = host;
  try {
    const report = await check(options, host);
    io.out(checkFormats[options.format](report, styleOf(options.format, host)));
    return freshOf(report).some((problem) => isFailure(problem, report)) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    io.err(`penstock check: ${error.message}\n`);
    return 2;
  }
}

async function check(options: CheckOptions, host: CliHost): Promise<CheckReport> {
  const { fix = false, since, threshold = 'error' } = options;
  // What is seen through a shadow is not kept for the next start.
  const withShadow = fix || since !== undefined;
  const places = await openPlaces(options.paths, { withShadow }, host);
  const fixed = fix ? places.flatMap((place) => mend(place, host)) : [];
  const found = places.flatMap((place) => problemsAt(place));
  const known = keepAsBaseline(found, options, host) ?? knownFrom(found, places, options, host);
  return { found, known, fixed, threshold };
}

function mend(place: CheckedPlace, { io }: CliHost): readonly FixedProblem[] {
  const { fixed, failures } = applyFixes({ ...place, paths: () => pathsOf(place) });
  for (const failure of failures) io.err(`penstock check: ${failure}\n`);
  return fixed;
}

function styleOf(format: CheckFormat, { io, version, pages }: ReportHost): ReportStyle {
  const isForPeople = format === 'text' || format === 'json';
  return {
    base: isForPeople ? io.cwd : reportFolder(io.cwd, process.env),
    version,
    hasColors: io.hasColors ?? false,
    pageOf: pageReader(pages),
  };
}
