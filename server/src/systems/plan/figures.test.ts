import { expect, test } from 'vitest';
import { openPlan } from './fixtures/open-plan.ts';

test.each([
  ['Overall progress: 11/16 steps complete (69%)', 69],
  ['**Total**: 7/10 steps complete (70%)', 70],
  ['Overall: ████░░ 22% complete (4/18 tasks)', 22],
  ['Overall readiness of the new warehouse: 55%', 55],
  ['**Progress overall**: 40%', 40],
  ['Total rows: 176/192 loaded (91.7%)', undefined],
  ['252 in total, 216 of them good (85.7%)', undefined],
  ['Rows missing overall, 99.4% are there now', undefined],
  ['Share of total: 51%', undefined],
  ['Overall consistency: 99.9%', undefined],
  ['Overall: 99.9%+ consistency', undefined],
  ['Total time: 4 hours (50% reduction)', undefined],
  ['Overall progress: 45%\nTarget: all shops', 45],
  ['Overall target: 90%\nOverall progress: 45%', 45],
])('reads how far all is: %j', (text, overall) => {
  expect(openPlan(`# Shop plan\n\n${text}\n`).model.plan.claimedOverall).toBe(overall);
});

test('tells where the share is written, though another line has the same', () => {
  const { model, source } = openPlan('# Shop plan\n\nLoading: 45%\n**Overall**: 45 % (9 of 20)\n');
  expect(model.overallSpan && source.text.slice(0, model.overallSpan.end)).toMatch(/Overall\*\*: 45 %$/);
});

test.each([
  ['Updated: the loader of 12 shops', undefined],
  ['Updated: `limit = 1.34`', undefined],
  ['Updated: March 2026', 'March 2026'],
  ['Updated: 3.4.26', '3.4.26'],
  ['- Updated: docs/orders.md\n\nLast updated: 2026-05-01', '2026-05-01'],
])('reads when a plan was updated: %j', (text, updated) => {
  expect(openPlan(`# Shop plan\n\n${text}\n`).model.plan.updated).toBe(updated);
});
