import { expect, test } from 'vitest';
import { webAddressText } from './address.ts';

test.each([
  ['http://me:s3cret@host:80/x?token=a#b', 'http://host:80/x?…'],
  ['http://me:p/a@host/x', 'http://host/x'],
  ['http://me:p#a@host:80/x', 'http://host:80/x'],
  ['http://me:p?a@host', 'http://host'],
  ['http://me@host/a@b', 'http://host/a@b'],
  ['http://host:80/docs@latest', 'http://host:80/docs@latest'],
  ['http://${HOST}:${PORT}/a@b', 'http://${HOST}:${PORT}/a@b'],
])('%s is shown without its login', (url, shown) => {
  expect(webAddressText(url)).toBe(shown);
});
