import { expect, test } from 'vitest';
import { readFromWebview, readSavedRun } from './from-webview.ts';

const search = { text: 'x', regex: false, matchCase: true, wholeWord: false };
const query = { level: 'info', folded: ['1'], search, onlyMatching: false, step: '1' };

test.each([
  [{ kind: 'ready', view: 0, query }],
  [{ kind: 'view', view: 3, query: { ...query, node: 'm' } }],
  [{ kind: 'rows', view: 3, from: 0, count: 100 }],
  [{ kind: 'locate', request: 1, what: { kind: 'hit', from: -1, direction: 1 } }],
  [{ kind: 'locate', request: 1, what: { kind: 'part', step: '1', node: 'm' } }],
  [{ kind: 'locate', request: 1, what: { kind: 'line', number: 7 } }],
  [{ kind: 'step', ask: 'pause', step: '2' }],
  [{ kind: 'show-rows', step: '2', node: 'test.shop.unique' }],
  [{ kind: 'open-url', url: 'https://docs.example' }],
  [{ kind: 'save-output', times: 'elapsed' }],
  [{ kind: 'open', path: '/a.sql', line: 7, column: 2 }],
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
  [{ kind: 'ready' }],
  [{ kind: 'view', view: 1, query: { ...query, level: 'loud' } }],
  [{ kind: 'view', view: 1, query: { ...query, search: 'x' } }],
  [{ kind: 'rows', view: 1, from: -1, count: 1 }],
  [{ kind: 'locate', request: 1, what: { kind: 'hit', from: 0, direction: 2 } }],
  [{ kind: 'step', ask: 'restart', step: '2' }],
  [{ kind: 'show-rows', step: '2' }],
  [{ kind: 'copy-output', times: 'always' }],
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
