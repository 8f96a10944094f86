import { coverageReadings } from '../../core/coverage-report.ts';
import { baseName, folderOf } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { defineSystem, type Claim, type Parsed } from '../../core/system.ts';
import { worded } from '../../core/vocabulary.ts';

/** Reports of test coverage: the share of lines that tests reach, for who states it elsewhere. */
export const coverageReport = defineSystem({
  id: 'coverage-report',
  title: 'Coverage report',
  icon: 'shield',
  markers: [],
  names: [],
  rules: [],
  claim: claimReport,
  parse: parseReport,
});

const reports: ReadonlySet<string> = new Set([
  'coverage.xml',
  'coverage.json',
  'coverage-summary.json',
  'lcov.info',
]);

function claimReport(path: string): Claim | undefined {
  if (!reports.has(baseName(path))) return undefined;
  return { kind: 'report', format: 'text', readsText: true, isGenerated: true, isAside: true, priority: 1 };
}

function parseReport({ path, text }: SourceFile): Parsed {
  const percent = coverageReadings(text).join(' ');
  const place = { name: 'coverage', span: { start: 0, end: 0 }, what: 'coverage report' };
  const told = { project: folderOf(path), system: 'coverage-report', percent };
  return { model: undefined, problems: [], facts: percent === '' ? [] : [worded('measure', place, told)] };
}
