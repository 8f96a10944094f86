import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tookText } from '../../server/src/core/duration.ts';
import { formatDuration } from '../../webviews/shared/format.ts';

test('how long something took reads the same in a panel as in views, notices and on the command line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -10, max: 200_000 }), fc.integer({ max: 1e9 })), (ms) => {
      expect(formatDuration(ms)).toBe(tookText(ms));
    }),
  );
});
