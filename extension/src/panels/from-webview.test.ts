import { expect, test } from 'vitest';
import { readFromWebview, readSavedRun } from './from-webview.ts';

test.each([
  [{ kind: 'ready' }],
  [{ kind: 'cancel' }],
  [{ kind: 'open', path: '/a.sql' }],
  [{ kind: 'open', path: '/a.sql', line: 7 }],
  [{ kind: 'copy', text: 'x', what: 'output' }],
])('%j is understood', (message) => {
  expect(readFromWebview(message)).toEqual(message);
});

test.each([
  [undefined],
  ['ready'],
  [{ kind: 'delete' }],
  [{ kind: 'open' }],
  [{ kind: 'open', path: '/a.sql', line: 0 }],
  [{ kind: 'open', path: '/a.sql', line: '7' }],
  [{ kind: 'copy', text: 1, what: 'output' }],
])('%j is refused', (message) => {
  expect(readFromWebview(message)).toBeUndefined();
});

test('the run of a page is read from what the page saved, whatever that is', () => {
  expect(readSavedRun({ folder: '/shop', run: 'r1', search: 'x' })).toEqual({ folder: '/shop', run: 'r1' });
  expect(readSavedRun(undefined)).toBeUndefined();
  expect(readSavedRun({ folder: '/shop' })).toBeUndefined();
});
