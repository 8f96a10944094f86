import type { Judgement, ReadFile } from '../../core/evidence.ts';
import { xmlTags } from './xml-tags.ts';

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

/** Percent of lines, to one decimal; undefined where the text is no coverage report. */
export function coverageOf(text: string): number | undefined {
  if (/^\s*[{[]/.test(text)) return fromJson(text);
  if (/^(?:TN:|SF:)/m.test(text)) return fromLcov(text);
  const rate = xmlTags(text)
    .find(({ name }) => name === 'coverage')
    ?.attributes.get('line-rate');
  return rate === undefined || !/^\d*\.?\d+$/.test(rate) ? undefined : rounded(Number(rate) * 100);
}

function fromLcov(text: string): number | undefined {
  const sum = (key: string): number =>
    [...text.matchAll(new RegExp(`^${key}:(\\d+)`, 'gm'))].reduce(
      (total, [, count]) => total + Number(count),
      0,
    );
  const found = sum('LF');
  return found === 0 ? undefined : rounded((sum('LH') / found) * 100);
}

/** `totals.percent_covered` of coverage.py, `total.lines.pct` of Istanbul's summary. */
function fromJson(text: string): number | undefined {
  try {
    const read = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
    const lines = read['total']?.['lines'] as { readonly pct?: unknown } | undefined;
    const percent = read['totals']?.['percent_covered'] ?? lines?.pct;
    return typeof percent === 'number' ? rounded(percent) : undefined;
  } catch {
    return undefined;
  }
}

function rounded(percent: number): number {
  return Math.round(percent * 10) / 10;
}
