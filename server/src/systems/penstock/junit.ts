import type { Judgement, ReadFile } from '../../core/evidence.ts';
import { xmlTags } from '../../core/xml-tags.ts';

/** The verdict of JUnit's reports: each case counts, whatever the suites say of themselves. */
export function judgeJunit(files: readonly ReadFile[]): Judgement {
  const expected = 'every test passes';
  let [tests, failed, skipped] = [0, 0, 0];
  let broken: string | undefined;
  for (const { path, text } of files) {
    let root: string | undefined;
    let [isReport, isFailed] = [false, false];
    for (const { name } of xmlTags(text)) {
      root ??= name;
      isReport ||= name === 'testsuite' || name === 'testsuites';
      if (name === 'testcase') {
        tests++;
        isFailed = false;
      } else if (name === 'skipped') skipped++;
      else if ((name === 'failure' || name === 'error') && !isFailed) {
        failed++;
        isFailed = true;
      }
    }
    if (!isReport)
      return {
        state: 'unknown',
        expected,
        seen: 'no JUnit report',
        where: path,
        next: 'correct the path, or write the report as JUnit’s XML',
      };
    if (!text.includes(`</${root}>`)) broken ??= path;
  }
  const [first] = files;
  const seen = [
    `${tests} ${tests === 1 ? 'test' : 'tests'}`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
  const head = { expected, seen, ...(files.length === 1 && first ? { where: first.path } : {}) };
  if (tests === 0) return { ...head, state: 'unknown', next: 'the report holds no test; run the tests' };
  if (failed === 0 && skipped >= tests)
    return { ...head, state: 'unknown', next: 'every test was skipped; run them' };
  if (failed > 0) return { ...head, state: 'failed', next: 'mend the tests that failed and run them again' };
  if (broken !== undefined)
    return {
      state: 'unknown',
      expected,
      seen: `${seen}, then the report breaks off`,
      where: broken,
      next: 'run the tests to their end',
    };
  return { ...head, state: 'passed' };
}
