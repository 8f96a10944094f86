import { expect, test } from 'vitest';
import type { RunChecksParams } from '../../../server/src/protocol/readiness-requests.ts';
import type { ToWebview } from '../../../webviews/readiness/protocol.ts';
import { ReadinessSession } from './readiness-session.ts';
import {
  answer,
  check,
  claim,
  manifestUri,
  planOf,
  planUri,
  task,
  written,
} from './test-support/readiness.ts';

function start({ isKnown = true, isFailed = false } = {}) {
  const item = task('Load', 3, { status: 'done' });
  const told = answer({
    checks: [written('a', 'failed', 4), check('b', 'passed')],
    items: [claim(item, { standing: 'ticked-but-failing', state: 'failed', checks: ['a'] })],
    waivers: [{ check: 'w', reason: 'x', uri: manifestUri, range: item.range }],
  });
  const sent: ToWebview[] = [];
  const asked: unknown[] = [];
  const waiting = Promise.withResolvers<void>();
  const take = (what: string) => (value?: unknown) => void asked.push([what, value]);
  const session = new ReadinessSession({
    known: () => ({
      title: 'w',
      answer: isKnown ? told : undefined,
      plans: [planOf([item])],
      trusted: true,
      failed: isFailed,
    }),
    send: (message) => void sent.push(message),
    check: async (params: RunChecksParams) => {
      asked.push(['check', params]);
      await waiting.promise;
    },
    open: ({ uri, range }) => void asked.push(['open', uri, range.start.line]),
    waive: take('waive'),
    takeBack: take('take-back'),
    mark: take('mark'),
    rank: take('rank'),
    writeFigures: take('write'),
    create: take('create'),
    export: (format, text) => void asked.push(['export', format, text]),
  });
  const view = () => {
    const found = sent.findLast((message) => message.kind === 'readiness');
    if (!found) throw new Error('nothing was shown');
    return found.view;
  };
  return { session, sent, asked, view, finish: () => waiting.resolve() };
}

test('a page opens what it shows and nothing else', async () => {
  const { session, asked, view } = start();
  await session.receive({ kind: 'open', place: '0' });
  expect(asked).toEqual([]);
  await session.receive({ kind: 'ready' });
  await session.receive({ kind: 'open', place: view().checks[0]!.place! });
  await session.receive({ kind: 'open', place: 'file:///etc/passwd' });
  expect(asked).toEqual([['open', manifestUri, 4]]);
});

test('checks that are looked at are told, and what came out', async () => {
  const { session, sent, asked, finish } = start();
  await session.receive({ kind: 'ready' });
  const looking = session.receive({ kind: 'check', checks: ['a', 'gone'] });
  expect(asked).toEqual([['check', { checks: ['a'] }]]);
  expect(sent.at(-1)).toEqual({ kind: 'checking', checks: ['a'] });
  // A page that comes back meanwhile knows it, too.
  session.refresh();
  expect(sent.slice(-2).map(({ kind }) => kind)).toEqual(['readiness', 'checking']);
  finish();
  await looking;
  expect(sent.at(-1)?.kind).toBe('readiness');
  await session.receive({ kind: 'check', checks: ['gone'] });
  expect(asked).toHaveLength(1);
});

test('all of them are asked for cheaply unless somebody wants what costs more', async () => {
  const { session, asked, finish } = start();
  finish();
  await session.receive({ kind: 'check-all', costly: false });
  await session.receive({ kind: 'check-all', costly: true });
  expect(asked).toEqual([
    ['check', { costs: ['instant', 'seconds'] }],
    ['check', {}],
  ]);
});

test('marks, waivers, figures and new files go to their commands', async () => {
  const { session, asked, view } = start();
  await session.receive({ kind: 'ready' });
  await session.receive({ kind: 'mark', item: view().contradictions[0]!.id });
  await session.receive({ kind: 'mark', item: 'another' });
  await session.receive({ kind: 'rank', item: view().contradictions[0]!.id });
  await session.receive({ kind: 'waive', check: 'a' });
  await session.receive({ kind: 'waive', check: 'gone' });
  await session.receive({ kind: 'take-back', check: 'w' });
  await session.receive({ kind: 'take-back', check: 'a' });
  await session.receive({ kind: 'write-figures' });
  await session.receive({ kind: 'create', what: 'checks' });
  await session.receive({ kind: 'export', format: 'html', text: '<p>' });
  expect(asked).toEqual([
    ['mark', { uri: planUri, item: 'load' }],
    ['rank', { uri: planUri, item: 'load' }],
    ['waive', 'a'],
    ['take-back', 'w'],
    ['write', undefined],
    ['create', 'checks'],
    ['export', 'html', '<p>'],
  ]);
});

test('nothing is claimed while nobody knows', async () => {
  const { session, sent } = start({ isKnown: false });
  await session.receive({ kind: 'ready' });
  expect(sent).toEqual([{ kind: 'nothing', message: 'Reading the workspace…' }]);
  const ended = start({ isKnown: false, isFailed: true });
  await ended.session.receive({ kind: 'ready' });
  expect(ended.sent).toEqual([
    { kind: 'nothing', message: 'The language server does not run; its log says why.' },
  ]);
});
