import { numberOf, objectIn, objectOf } from './json.ts';
import type { LeftFile } from './step.ts';
import { xmlTags } from './xml-tags.ts';

const reportFiles: Readonly<Record<string, string>> = {
  'Coverage as pages': 'htmlcov/index.html',
  'Coverage (XML)': 'coverage.xml',
  'Coverage (JSON)': 'coverage.json',
  'Coverage (LCOV)': 'coverage.lcov',
};

/** Where coverage.py writes reports unless it is told otherwise, seen from the folder that tests are run in. */
export function coverageFiles(folder: string): readonly LeftFile[] {
  return Object.entries(reportFiles).map(([title, name]) => ({ title, path: `${folder}/${name}` }));
}

/** Percent of lines, to one decimal; undefined where the text is no coverage report. */
export function coverageOf(text: string): number | undefined {
  const percent = writtenIn(text);
  return percent !== undefined && percent >= 0 && percent <= 100 ? percent : undefined;
}

function writtenIn(text: string): number | undefined {
  if (/^\s*[{[]/.test(text)) return fromJson(text);
  if (/^(?:TN:|SF:)/m.test(text)) return fromLcov(text);
  const rate = attributesOf(text)?.get('line-rate');
  return rate === undefined || !/^\d*\.?\d+$/.test(rate) ? undefined : rounded(Number(rate) * 100);
}

/** All that a report may be quoted with, in percent: of lines, and where branches were counted, too, of both together. */
export function coverageReadings(text: string): readonly number[] {
  const lines = coverageOf(text);
  if (lines === undefined) return [];
  const attributes = /^\s*</.test(text) ? attributesOf(text) : undefined;
  const [hit, all] = ['covered', 'valid'].map(
    (end) => Number(attributes?.get(`lines-${end}`)) + Number(attributes?.get(`branches-${end}`)),
  );
  return hit! > 0 && all! > 0 ? [lines, rounded((hit! / all!) * 100)] : [lines];
}

function attributesOf(xml: string): ReadonlyMap<string, string> | undefined {
  for (const tag of xmlTags(xml)) if (tag.name === 'coverage') return tag.attributes;
  return undefined;
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
  const read = objectIn(text);
  const lines = objectOf(objectOf(read?.['total'])?.['lines']);
  const percent = numberOf(objectOf(read?.['totals'])?.['percent_covered'] ?? lines?.['pct']);
  return percent === undefined ? undefined : rounded(percent);
}

function rounded(percent: number): number {
  return Math.round(percent * 10) / 10;
}
