import { expect, test } from 'vitest';
import type { LineageAnswer, LineageParams } from '../../../server/src/protocol/requests.ts';
import type { PanelState, ToWebview } from '../../../webviews/lineage/protocol.ts';
import { LineageSession } from './lineage-session.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function answerFor(name: string): LineageAnswer {
  const node = (id: string, side: 'focus' | 'upstream') => ({
    id,
    name: id,
    what: 'model',
    system: 'tool',
    systemTitle: 'Tool',
    projectUri: 'file:///w',
    uri: `file:///w/${id}.sql`,
    range,
    side,
    distance: 0,
    hidden: { upstream: 0, downstream: 0 },
  });
  return {
    focus: name,
    nodes: [node(name, 'focus'), node('source', 'upstream')],
    edges: [{ from: 'source', to: name }],
  };
}

/** Files are nodes by their stem, as long as `known` has them. */
function create({ saved, known = new Set(['a', 'b']) }: { saved?: PanelState; known?: Set<string> } = {}) {
  const asked: LineageParams[] = [];
  const sent: ToWebview[] = [];
  const done: unknown[][] = [];
  let hold: Promise<void> = Promise.resolve();
  const session = new LineageSession({
    ask: async (params) => {
      asked.push(params);
      const held = hold;
      await held;
      const name = params.node ?? /(\w+)\.\w+$/.exec(params.uri ?? '')?.[1] ?? '';
      return known.has(name) ? answerFor(name) : null;
    },
    runOf: ({ id }) =>
      id === 'a' ? { status: 'failed', step: 'tool:build', when: 'today, 08:32' } : undefined,
    send: (message) => sent.push(message),
    open: ({ uri }) => done.push(['open', uri]),
    export: (name) => done.push(['export', name]),
    titled: (name) => done.push(['titled', name]),
    ...(saved ? { saved } : {}),
  });
  return {
    session,
    asked,
    sent,
    done,
    known,
    /** Answers wait until the function it gives is called. */
    holdBack: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = promise;
      return () => {
        hold = Promise.resolve();
        resolve();
      };
    },
    last: () => {
      const message = sent.at(-1);
      return message?.kind === 'graph' ? message.graph.focus : message?.message;
    },
  };
}

const place = (name: string) => ({ uri: `file:///w/${name}`, position: { line: 1, character: 0 } });

test('shows what a place is about, with how it ran', async () => {
  const { session, sent, done, asked } = create();
  await session.show(place('a.sql'));
  expect(sent).toMatchObject([
    {
      kind: 'graph',
      graph: {
        focus: 'a',
        nodes: [{ id: 'a', system: 'Tool', run: { status: 'failed' } }, { id: 'source' }],
        depth: { upstream: 2, downstream: 2 },
        pinned: false,
      },
    },
  ]);
  expect(done).toEqual([['titled', 'a']]);
  expect(asked[0]).toMatchObject({ uri: 'file:///w/a.sql', upstream: 2, downstream: 2 });
});

test('follows the active file unless it is pinned, and stays where the next one has no lineage', async () => {
  const { session, last, sent } = create();
  await session.follow(place('README.md'));
  expect(last()).toBe('README.md has no lineage. Open a model, a seed or a source.');
  await session.follow(place('a.sql'));
  await session.follow(place('README.md'));
  expect(last()).toBe('a');
  await session.receive({ kind: 'pin', pinned: true });
  await session.follow(place('b.sql'));
  expect(last()).toBe('a');
  expect(sent.at(-1)).toMatchObject({ graph: { pinned: true } });
  await session.show(place('b.sql'));
  expect(last()).toBe('b');
  await session.show(place('README.md'));
  expect(last()).toMatch(/^README.md has no lineage/);
});

test('depth and expanded nodes are kept while the focus stays, and nothing is expanded in another one', async () => {
  const { session, asked } = create();
  await session.show(place('a.sql'));
  await session.receive({ kind: 'depth', direction: 'upstream', depth: 99 });
  await session.receive({ kind: 'expand', node: 'source', direction: 'upstream', expanded: true });
  await session.follow({ ...place('a.sql'), position: { line: 7, character: 0 } });
  expect(asked.at(-1)).toMatchObject({
    node: 'a',
    upstream: 10,
    expanded: { upstream: ['source'], downstream: [] },
  });
  await session.receive({ kind: 'expand', node: 'source', direction: 'upstream', expanded: false });
  expect(asked.at(-1)?.expanded).toEqual({ upstream: [], downstream: [] });
  await session.receive({ kind: 'expand', node: 'source', direction: 'downstream', expanded: true });
  await session.receive({ kind: 'focus', node: 'b' });
  expect(asked.at(-1)).toMatchObject({ node: 'b', upstream: 10, expanded: { upstream: [], downstream: [] } });
});

test('a node that got another name is found again by its file; one that is gone is said to be', async () => {
  const { session, known, last } = create();
  await session.show(place('a.sql'));
  await session.receive({ kind: 'focus', node: 'b' });
  known.delete('b');
  await session.refresh();
  expect(last()).toMatch(/^Open a model/);
  await session.show(place('a.sql'));
  known.delete('a');
  await session.refresh();
  expect(last()).toMatch(/^a.sql has no lineage/);
});

test('an answer that comes too late is dropped', async () => {
  const { session, holdBack, sent } = create();
  const release = holdBack();
  const first = session.show(place('a.sql'));
  const second = session.show(place('b.sql'));
  release();
  await Promise.all([first, second]);
  expect(sent.map((message) => message.kind === 'graph' && message.graph.focus)).toEqual(['b']);
});

test('who goes elsewhere gets there, also where something changes meanwhile', async () => {
  const { session, last, holdBack } = create();
  await session.show(place('a.sql'));
  const release = holdBack();
  const following = session.follow(place('b.sql'));
  const refreshing = session.refresh();
  release();
  await Promise.all([following, refreshing]);
  expect(last()).toBe('b');
});

test('begins with what was saved', async () => {
  const saved: PanelState = {
    focus: 'b',
    depth: { upstream: 1, downstream: 3 },
    expanded: { upstream: ['source'], downstream: [] },
    pinned: true,
  };
  const { session, asked, last } = create({ saved });
  await session.receive({ kind: 'ready' });
  expect(last()).toBe('b');
  expect(asked).toEqual([{ node: 'b', upstream: 1, downstream: 3, expanded: saved.expanded }]);
});

test('opens only what is shown', async () => {
  const { session, done } = create();
  await session.show(place('a.sql'));
  await session.receive({ kind: 'open', node: 'source' });
  await session.receive({ kind: 'open', node: '/etc/passwd' });
  await session.receive({ kind: 'export', name: 'a-lineage', svg: '<svg/>' });
  expect(done.slice(1)).toEqual([
    ['open', 'file:///w/source.sql'],
    ['export', 'a-lineage'],
  ]);
});
