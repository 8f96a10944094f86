import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { coverageReport } from '../coverage-report/index.ts';
import { plan } from './index.ts';

const xml =
  '<coverage line-rate="0.6134" lines-covered="6134" lines-valid="10000" branches-covered="10" branches-valid="1000">\n</coverage>\n';

/** What is found in a plan beside reports. */
async function beside(line: string, reports: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { platform } = await openFixture([plan, coverageReport], {
    ...reports,
    '/w/tasks.md': `# Tasks\n- [ ] a\n- [x] b\n\n## Quality\n${line}\n`,
  });
  return platform
    .findings('/w/tasks.md')
    .map(
      ({ message, span, fixes }) =>
        `${platform.source('/w/tasks.md')!.slice(span)}: ${message} [${fixes?.[0]?.title ?? ''}]`,
    );
}

test.each([
  [
    'Test coverage: **82 %**',
    '82: the plan says 82 %, `coverage.xml` tells of 61.3 %; correct the plan or measure anew [Write 61]',
  ],
  [
    '- ✅ Coverage of 82.5%',
    '82.5: the plan says 82.5 %, `coverage.xml` tells of 61.3 %; correct the plan or measure anew [Write 61.3]',
  ],
  [
    '| Measure | Now |\n|--|--|\n| Code coverage | 70% |',
    '70: the plan says 70 %, `coverage.xml` tells of 61.3 %; correct the plan or measure anew [Write 61]',
  ],
])('holds %j beside a report', async (line, expected) => {
  expect(await beside(line, { '/w/coverage.xml': xml })).toEqual([expected]);
});

test.each([
  'Test coverage 61 %',
  'Test coverage 61.3 %',
  'Test coverage 56 % with branches',
  'Test coverage target: 90 %',
  'Raise the test coverage to 90 %',
  '- [ ] Test coverage 90 %',
  'Test coverage ≥ 90 %',
  'Test coverage went up: 40 % to 61 %',
  '| Measure | Target |\n|--|--|\n| Test coverage | 90 % |',
  '| Measure | Target | Now |\n|--|--|--|\n| Test coverage | 90 % | 50 % |',
])('says nothing of %j', async (line) => {
  expect(await beside(line, { '/w/coverage.xml': xml })).toEqual([]);
});

test.each([
  ['lcov.info', 'SF:a.ts\nLF:10\nLH:5\nend_of_record\n'],
  ['coverage/coverage-summary.json', '{"total": {"lines": {"pct": 50}}}'],
  ['coverage.json', '{"totals": {"percent_covered": 50.0}}'],
])('reads %s', async (name, text) => {
  expect(await beside('Test coverage: 82 %', { [`/w/${name}`]: text })).toEqual([
    expect.stringContaining('tells of 50 %'),
  ]);
  expect(await beside('Test coverage: 50 %', { [`/w/${name}`]: text })).toEqual([]);
});

test('says nothing where there is no report, none that can be read, or several that differ', async () => {
  const line = 'Test coverage: 82 %';
  expect(await beside(line, {})).toEqual([]);
  expect(await beside(line, { '/w/coverage.json': '{"contracts": {}}' })).toEqual([]);
  const lcov = 'SF:a.ts\nLF:10\nLH:5\nend_of_record\n';
  expect(await beside(line, { '/w/a/coverage.xml': xml, '/w/b/lcov.info': lcov })).toEqual([]);
});

test('follows the report as tests are run', async () => {
  const { platform, files } = await openFixture([plan, coverageReport], {
    '/w/coverage.xml': xml,
    '/w/tasks.md': '# Tasks\n- [ ] a\n- [x] b\n\nTest coverage: 82 %\n',
  });
  expect(platform.findings('/w/tasks.md').map(({ code }) => code)).toEqual(['plan/contradicted-measure']);
  files.texts.set('/w/coverage.xml', xml.replace('0.6134', '0.82'));
  expect([...platform.update(['/w/coverage.xml'])]).toContain('/w/tasks.md');
  expect(platform.findings('/w/tasks.md')).toEqual([]);
});
