import { expect, test } from 'vitest';
import { isAllowed, isLoopback } from './allowed-hosts.ts';

test.each([
  'localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '0.0.0.0', '::1', '[::1]', '::', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '[::ffff:7f00:1]',
])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
}); // prettier-ignore

// As a URL says them, whoever wrote them.
test.each(['127.1', '0x7f000001', '2130706433', '0177.0.0.1', '[::ffff:127.0.0.1]', '127.0.0.1.'])(
  'http://%s leads to this machine',
  (written) => {
    expect(isLoopback(new URL(`http://${written}`).hostname)).toBe(true);
  },
);

test.each([
  '127.0.0.1.evil.test', 'localhost.evil.test', '127.evil.test', '::ffff:127.evil', '::ffff:8.8.8.8', '[::ffff:808:808]', '10.0.0.1', '128.0.0.1', 'fe80::1', '64:ff9b::7f00:1', '',
])('%s is another machine', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(isAllowed(host, ['db.test'])).toBe(false);
}); // prettier-ignore
