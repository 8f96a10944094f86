import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { systemClock } from '../../../server/src/runs/clock.ts';
import type { FromWebview } from '../../../webviews/run/protocol.ts';
import { MemoryLines } from '../run-log/test-support/memory-lines.ts';
import { RunSession, type AskedView } from './run-session.ts';

const ready: FromWebview = {
  kind: 'ready',
  view: 0,
  query: {
    level: 'info',
    folded: [],
    search: { text: '', regex: false, matchCase: false, wholeWord: false },
    onlyMatching: false,
  },
};
const head = { at: '2026-11-23T08:32:40.000Z', run: 'r1' };
const events: readonly RunEvent[] = [
  {
    ...head,
    seq: 0,
    type: 'run-started',
    format: 1,
    requested: ['meltano:job/load', 'dbt:build'],
    title: 'both',
    steps: [{ id: '1', step: 'dbt:build', title: 'dbt build', system: 'dbt', needs: [] }],
    pid: 1,
    folder: '/shop',
  },
  {
    ...head,
    seq: 1,
    type: 'node-ended',
    step: '1',
    node: 'm',
    status: 'failed',
    path: '/shop/models/m.sql',
    line: 3,
    rowsStep: 'dbt:show/m',
  },
];

function createSession(
  more: { readonly asked?: AskedView } = {},
  also: readonly RunEvent[] = [],
  isRead = true,
) {
  const asked: unknown[][] = [];
  const session = new RunSession({
    store: {
      follow: (_id, onEvents, _onEnd, options) => {
        onEvents([...events, ...also], []);
        if (isRead) options?.onCatchUp?.(1);
        return { dispose: () => {} };
      },
      cancel: async (id) => void asked.push(['cancel', id]),
      ask: async (id, { ask, step }) => void asked.push(['ask', id, ask, step]),
      ids: () => [],
      outcome: () => undefined,
      logPath: (id) => `/shop/.penstock/runs/${id}/events.jsonl`,
    },
    folder: '/shop',
    run: 'r1',
    ...more,
    openLines: () => new MemoryLines(),
    clock: systemClock,
    send: (message) => asked.push(message.kind === 'failing-rows' ? [message.text] : ['send', message.kind]),
    actions: {
      openFile: (path, line, column) => asked.push(['open', path, line, column]),
      openArtifact: (path, doubt) => asked.push(['artifact', path, doubt]),
      openTest: ({ cwd, names, path }) => asked.push(['test', cwd, ...names, path]),
      say: (message) => asked.push(['say', message]),
      openUrl: (url) => asked.push(['url', url]),
      showCompiled: (path) => asked.push(['compiled', path]),
      print: async (step, cwd) => `${step} in ${cwd}`,
      copyOutput: () => asked.push(['copy-output']),
      saveOutput: (_text, name) => asked.push(['save-output', name]),
      openLog: (path) => asked.push(['log', path]),
      copy: (text, what) => asked.push(['copy', text, what]),
      start: ({ steps, parameters = {}, resume = '' }) =>
        asked.push(['start', ...steps, JSON.stringify(parameters), resume]),
    },
    onProblem: (message) => asked.push(['problem', message]),
  });
  return { session, asked };
}

test('a page that is ready gets the run and its lines', () => {
  const { session, asked } = createSession();
  session.receive(ready);
  expect(asked).toEqual([
    ['send', 'run'],
    ['send', 'log'],
  ]);
});

test('the buttons cancel this run, run what was asked for again, and open its log', () => {
  const { session, asked } = createSession();
  session.receive(ready);
  asked.length = 0;
  session.receive({ kind: 'cancel' });
  session.receive({ kind: 'step', ask: 'pause', step: '1' });
  session.receive({ kind: 'rerun' });
  session.receive({ kind: 'resume' });
  session.receive({ kind: 'open-log' });
  session.receive({ kind: 'copy', text: 'dbt build', what: 'command lines' });
  expect(asked).toEqual([
    ['cancel', 'r1'],
    ['ask', 'r1', 'pause', '1'],
    ['start', 'meltano:job/load', 'dbt:build', '{}', ''],
    ['start', '{}', 'r1'],
    ['log', '/shop/.penstock/runs/r1/events.jsonl'],
    ['copy', 'dbt build', 'command lines'],
  ]);
});

test('while the run is still read, the page shows the one before, and its buttons do nothing to this one', () => {
  const { session, asked } = createSession({}, [], false);
  session.receive(ready);
  session.receive({ kind: 'cancel' });
  session.receive({ kind: 'rerun' });
  expect(asked).toEqual([]);
});

test('only files that the run named are opened', () => {
  const { session, asked } = createSession();
  session.receive(ready);
  asked.length = 0;
  session.receive({ kind: 'open', path: '/shop/models/m.sql', line: 3 });
  session.receive({ kind: 'open', path: '/home/dev/.ssh/id_ed25519' });
  expect(asked[0]).toEqual(['open', '/shop/models/m.sql', 3, undefined]);
  expect(asked[1]).toEqual(['problem', '`/home/dev/.ssh/id_ed25519` is no file of this run']);
  expect(asked).toHaveLength(2);
});

test('a page that is there already is shown another run under what it asked for before', () => {
  const before = createSession();
  before.session.receive(ready);
  before.session.receive({ ...ready, kind: 'view', view: 4 });
  const { session, asked } = createSession({ asked: before.session.asked! });
  session.restart();
  expect(asked).toEqual([
    ['send', 'run'],
    ['send', 'log'],
  ]);
  expect(session.asked?.view).toBe(4);
});

test('the rows for which a node failed are what its step prints, in the step’s folder', async () => {
  const { session, asked } = createSession();
  session.receive(ready);
  asked.length = 0;
  session.receive({ kind: 'show-rows', step: '1', node: 'other' });
  session.receive({ kind: 'show-rows', step: '1', node: 'm' });
  await Promise.resolve();
  await Promise.resolve();
  expect(asked.filter(([what]) => what !== 'send')).toEqual([[''], ['dbt:show/m in /shop']]);
});

test('a file that the run left is opened, with a doubt where it was written again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-left-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'run_results.json');
  writeFileSync(path, '{}');
  const left = { ...head, type: 'artifact', step: '1', title: 'Run results', path } as const;
  const modifiedMs = Math.floor(statSync(path).mtimeMs);
  const open = async (written: number, what = path): Promise<unknown> => {
    const { session, asked } = createSession({}, [{ ...left, seq: 2, modifiedMs: written }]);
    session.receive(ready);
    asked.length = 0;
    session.receive({ kind: 'open-artifact', path: what });
    return vi.waitFor(() => {
      const [first] = asked.filter(([kind]) => kind !== 'send');
      if (first === undefined) throw new Error('nothing yet');
      return first;
    });
  };
  expect(await open(modifiedMs)).toEqual(['artifact', path, undefined]);
  expect(await open(modifiedMs - 1)).toEqual([
    'artifact',
    path,
    expect.stringMatching(/^Run results was written again after this run, /),
  ]);
  expect(await open(modifiedMs, '/etc/passwd')).toEqual([
    'problem',
    '`/etc/passwd` is no file that this run left',
  ]);
  rmSync(path);
  expect(await open(modifiedMs)).toEqual(['say', `Run results of this run is not there any more: ${path}`]);
});

test('a test is opened where it is written, another node in its file', () => {
  const test = { ...head, step: '1', node: 't' } as const;
  const { session, asked } = createSession({}, [
    { ...test, seq: 2, type: 'node-started', title: 'unique_m_id', what: 'test' },
    { ...test, seq: 3, type: 'node-ended', status: 'failed', path: '/shop/models/m.yml' },
  ]);
  session.receive(ready);
  asked.length = 0;
  session.receive({ kind: 'open-node', step: '1', node: 't' });
  session.receive({ kind: 'open-node', step: '1', node: 'm' });
  session.receive({ kind: 'open-node', step: '1', node: 'nobody' });
  expect(asked).toEqual([
    ['test', '/shop', 'unique_m_id', 't', '/shop/models/m.yml'],
    ['open', '/shop/models/m.sql', 3, undefined],
  ]);
});
