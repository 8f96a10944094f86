import { expect, test } from 'vitest';
import { answer, check, claim, counts, task, written } from '../panels/test-support/readiness.ts';
import { statusWords } from './status-words.ts';

const total = { counts: counts(), passedWeight: 1, weight: 2, proven: 50 };

test('says readiness in a few words, and what is worst', () => {
  const item = task('Load', 1, { status: 'done' });
  const items = [claim(item, { standing: 'ticked-but-failing', state: 'failed', checks: ['a'] })];
  const checks = [written('a', 'failed', 1), check('b', 'failed')];
  expect(statusWords(answer({ items, checks, total }))).toMatchObject({
    text: '$(error) Not ready · 1 ticked but failing · 50 % proven',
    spoken: 'Readiness: Not ready, 1 ticked but failing, 50 % proven',
    isGrave: true,
  });
  expect(statusWords(answer({ checks, total }))?.text).toBe('$(error) Not ready · 2 failed · 50 % proven');
  const ready = answer({ state: 'ready', verdict: 'ready *now*', checks: [written('a', 'passed', 1)] });
  expect(statusWords(ready)).toMatchObject({ text: '$(pass) Ready', isGrave: false });
  expect(statusWords(ready)?.tooltip).toContain('Ready \\*now\\*\\.');
});

test('says nothing where nobody wrote a plan or a check', () => {
  expect(statusWords(undefined)).toBeUndefined();
  expect(statusWords(answer({ checks: [check('b', 'failed')] }))).toBeUndefined();
});
