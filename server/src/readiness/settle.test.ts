import { expect, test } from 'vitest';
import { aboutNothing, type Check, type Waiver } from '../core/evidence.ts';
import { describeCheck } from './describe-evidence.ts';
import { settle, waiverFor } from './settle.ts';
import type { CheckReadiness } from './snapshot.ts';

const nowMs = Date.parse('2026-11-29T12:00:00Z');
const minute = 60_000;

const check: Check = {
  id: 'exports',
  title: 'exports',
  probe: { kind: 'file', patterns: ['out/*.csv'], atLeast: 1 },
  about: aboutNothing,
  weight: 1,
  folder: '/w',
};

function settled(sinceMs: number, more: Partial<Check> = {}) {
  const judgement = { state: 'passed', expected: 'a file', seen: 'it is there', sinceMs } as const;
  const answer = { judgement, checkedMs: nowMs, durationMs: 1 };
  return settle({ ...check, ...more }, answer, { waivers: [], nowMs });
}

const telling = { nowMs, place: (where: string) => where };

test('a file of a time that is still to come is not fresh; clocks may differ by a minute', () => {
  const daily = { maxAgeMs: 24 * 60 * minute };
  expect(settled(nowMs + minute, daily)).toMatchObject({ state: 'passed', seen: 'it is there' });
  expect(settled(nowMs + 3 * minute, daily)).toMatchObject({
    state: 'unknown',
    expected: 'a file, at most 24 hours old',
    seen: 'it is there, dated 3 minutes ahead of this clock',
    next: 'set the clock right, or make it anew',
  });
});

test('where age does not count, the time is only told', () => {
  const evidence = settled(nowMs + 48 * 60 * minute);
  expect(evidence).toMatchObject({ state: 'passed', seen: 'it is there, dated 2 days ahead of this clock' });
  const shown = describeCheck({ id: 'exports', ...evidence } as CheckReadiness, telling);
  expect(shown).toBe('✓ `exports`: it is there, dated 2 days ahead of this clock  \nexpected: a file');
});

test('what an answer holds is text in a hover, whatever it says', () => {
  const seen = '`a` is `x` ![](http://example.com/a.png) <b>`';
  const check = { id: 'a', state: 'failed', expected: 'a [link](b)', seen } as CheckReadiness;
  expect(describeCheck(check, telling)).toBe(
    '✗ `a`: `a` is `x` \\!\\[\\]\\(http://example\\.com/a\\.png\\) \\<b\\>``  \nexpected: a \\[link\\]\\(b\\)',
  );
});

test('of two waivers the second counts once the first has ended', () => {
  const waiver = (until: string): Waiver => ({
    check: check.id,
    reason: until,
    by: 'Ada',
    until,
    location: { path: '/w/penstock.yaml', span: { start: 0, end: 0 } },
  });
  const both = [waiver('2026-12-27'), waiver('2027-01-10')];
  const reasonAt = (time: string): string | undefined => waiverFor(check, both, Date.parse(time))?.reason;
  expect(reasonAt('2026-12-27T12:00:00')).toBe('2026-12-27');
  expect(reasonAt('2026-12-28T12:00:00')).toBe('2027-01-10');
  expect(reasonAt('2027-01-11T12:00:00')).toBeUndefined();
});
