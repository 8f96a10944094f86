import type { Judgement, ReadFile } from '../../core/evidence.ts';
import { coverageOf } from '../../core/coverage-report.ts';

/** How much of the code tests reach: a report as Cobertura's XML (coverage.py, dotnet), LCOV, or JSON of coverage.py or Istanbul. */
export function judgeCoverage([file]: readonly ReadFile[], atLeast: number | undefined): Judgement {
  const expected = atLeast === undefined ? 'a coverage report' : `at least ${atLeast} % of lines covered`;
  if (!file) return { state: 'unknown', expected, seen: 'no report' };
  const where = file.path;
  const percent = coverageOf(file.text);
  if (percent === undefined)
    return {
      state: 'unknown',
      expected,
      seen: 'no coverage report that can be read',
      where,
      next: 'write it as Cobertura XML, LCOV or JSON',
    };
  const seen = `${percent} % of lines covered`;
  if (atLeast === undefined && percent === 0)
    return {
      state: 'unknown',
      expected,
      seen,
      where,
      next: 'run the tests, or say `at-least` how much is enough',
    };
  return atLeast !== undefined && percent < atLeast
    ? {
        state: 'failed',
        expected,
        seen,
        where,
        next: 'test what is not covered, or lower the share in `penstock.yaml`',
      }
    : { state: 'passed', expected, seen, where };
}
