import { expect, test } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

test('gives up at the fourth crash within three minutes, and forgets old ones', () => {
  let now = 0;
  const policy = new RestartPolicy(() => now);
  expect([policy.mayRestart(), policy.mayRestart(), policy.mayRestart(), policy.mayRestart()]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  now = 4 * 60_000;
  expect(policy.mayRestart()).toBe(true);
});
