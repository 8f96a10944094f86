import { expect, test } from 'vitest';
import type {
  GraphAnswer,
  GraphGroupAnswer,
  GraphNodeAnswer,
  GraphParams,
  PipelineGraphAnswer,
} from '../../../server/src/protocol/graph-requests.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { PanelState, ToWebview } from '../../../webviews/graph/protocol.ts';
import type { KnownRun } from '../../../server/src/runs/last-runs.ts';
import { NodeRuns } from '../runs/node-runs.ts';
import { GraphSession } from './graph-session.ts';

const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } };

function node(name: string, more: Partial<GraphNodeAnswer> = {}): GraphNodeAnswer {
  const head = { kind: 'node', id: name, label: name, name, what: 'model', systems: ['tool'] } as const;
  return {
    ...head,
    path: ['p', 'models'],
    group: 'g',
    projectUri: 'file:///w',
    uri: `file:///w/${name}`,
    range,
    ...more,
  };
}

const group: GraphGroupAnswer = {
  kind: 'group',
  id: 'g2',
  label: 'archive',
  systems: ['tool'],
  path: ['p', 'archive'],
  holds: [
    { what: 'saved query', count: 1200 },
    { what: 'seed', count: 2 },
  ],
  attention: [0, 1, 2],
};

const systems = [{ id: 'tool', title: 'Tool', icon: 'beaker', count: 2 }];
const whole: GraphAnswer = {
  systems,
  boxes: [node('a'), node('b', { step: 'tool:b' }), group],
  edges: [],
  total: 5,
};

function run(
  status: RunSnapshot['status'],
  nodes: Readonly<Record<string, 'failed' | 'warned' | 'succeeded'>>,
): KnownRun {
  const startedAt = new Date(2026, 10, 23, 8, 32).toISOString();
  const head = {
    id: 'run-1',
    title: '',
    requested: ['pipeline:daily'],
    status,
    startedAt,
    cancelling: false,
  };
  const steps = [
    {
      id: 'pipeline:daily/first',
      step: 'tool:b',
      title: '',
      system: 'tool',
      cwd: '/w',
      needs: [],
      status: 'failed',
      startedAt,
      message: 'no such table',
      nodes: Object.entries(nodes).map(([title, state]) => ({
        node: title,
        title,
        what: 'model',
        status: state,
        startedAt,
      })),
    },
    {
      id: 'pipeline:daily/second',
      step: 'tool:c',
      title: '',
      system: 'tool',
      needs: [],
      status: 'pending',
      nodes: [],
    },
  ];
  const totals = { succeeded: 0, failed: 0, skipped: 0, warned: 0 };
  return { folderUri: 'file:///w', snapshot: { ...head, totals, steps } as RunSnapshot };
}

const where = { projectOf: () => 'file:///w', uriOf: (folder: string) => `file://${folder}` };

function open(options: {
  state?: Partial<PanelState>;
  answer?: (params: GraphParams) => GraphAnswer | undefined | Promise<GraphAnswer | undefined>;
  pipeline?: PipelineGraphAnswer | null;
  runs?: readonly KnownRun[];
}) {
  const asked: GraphParams[] = [];
  const sent: ToWebview[] = [];
  const done: unknown[] = [];
  const runs = { all: options.runs ?? [], nodes: new NodeRuns(options.runs ?? [], where) };
  const session = new GraphSession({
    ask: async (params) => {
      asked.push(params);
      return options.answer ? options.answer(params) : whole;
    },
    askPipeline: async () => options.pipeline,
    find: async (text) => [{ id: text, label: text, what: 'model', system: 'Tool', path: [], groups: ['g'] }],
    runs: () => runs,
    send: (message) => sent.push(message),
    open: (place) => done.push(['open', place.uri]),
    showRun: (place) => done.push(['run', place]),
    export: (name) => done.push(['export', name]),
    titled: (name) => done.push(['titled', name]),
    state: { opened: [], closed: [], hidden: [], ...options.state },
  });
  const last = () => {
    const message = sent.at(-1);
    if (message?.kind !== 'graph') throw new Error(`no graph but ${message?.kind}`);
    return message.graph;
  };
  return { session, asked, sent, done, last };
}

test('things are shown with how they last ran, and groups with what asks for a look in them', async () => {
  const { session, asked, last, done } = open({
    runs: [run('running', { a: 'failed', c: 'warned', d: 'failed', e: 'succeeded' })],
  });
  await session.receive({ kind: 'ready' });
  expect(asked[0]?.attention?.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
  expect(done).toEqual([['titled', 'Platform']]);
  const [a, b, archive] = last().boxes;
  expect(a).toMatchObject({
    label: 'a',
    note: 'model',
    system: 'tool',
    group: 'g',
    run: { status: 'failed' },
    hasRun: true,
  });
  expect(b?.run).toMatchObject({ status: 'failed', step: 'tool:b', message: 'no such table' });
  expect(archive).toMatchObject({
    kind: 'group',
    note: '1,200 saved queries, 2 more',
    attention: [
      { status: 'failed', count: 2 },
      { status: 'warned', count: 1 },
    ],
  });
});

test('what the page wishes is asked of the server and remembered', async () => {
  const { session, asked, last } = open({});
  await session.receive({ kind: 'toggle', group: 'x', open: true });
  await session.receive({ kind: 'toggle', group: 'x', open: false });
  await session.receive({ kind: 'filter', system: 'tool', hidden: true });
  await session.receive({ kind: 'around', node: 'a' });
  expect(asked.map(({ opened, closed, hidden, around }) => [opened, closed, hidden, around])).toEqual([
    [['x'], [], [], undefined],
    [[], ['x'], [], undefined],
    [[], ['x'], ['tool'], undefined],
    [[], ['x'], ['tool'], 'a'],
  ]);
  expect(last()).toMatchObject({ closed: ['x'], hidden: ['tool'], around: 'a' });
  await session.receive({ kind: 'around' });
  await session.receive({ kind: 'reset' });
  await session.receive({ kind: 'filter', system: 'tool', hidden: false });
  expect(last()).toMatchObject({ opened: [], closed: [], hidden: [] });
  expect(last()).not.toHaveProperty('around');
});

test('only what is shown can be opened, and only a run that is known shown', async () => {
  const { session, done } = open({ runs: [run('failed', { a: 'failed' })] });
  await session.refresh();
  done.length = 0;
  await session.receive({ kind: 'open', node: 'a' });
  await session.receive({ kind: 'open', node: 'elsewhere' });
  await session.receive({ kind: 'run', node: 'a' });
  await session.receive({ kind: 'run', node: 'g2' });
  await session.receive({ kind: 'export', name: 'x', svg: '<svg/>' });
  expect(done).toEqual([
    ['open', 'file:///w/a'],
    ['run', { folderUri: 'file:///w', run: 'run-1' }],
    ['export', 'x'],
  ]);
});

test('what was found is brought into the graph, whatever hides it', async () => {
  const inside = node('inside');
  const { session, sent, asked } = open({
    state: { hidden: ['tool'], around: 'a' },
    answer: ({ opened, hidden }) =>
      opened.includes('g') && hidden.length === 0 ? { ...whole, boxes: [...whole.boxes, inside] } : whole,
  });
  await session.receive({ kind: 'search', text: 'inside' });
  expect(sent.at(-1)).toMatchObject({ kind: 'found', text: 'inside', found: [{ id: 'inside' }] });
  await session.receive({ kind: 'show', node: 'inside', groups: ['g'] });
  expect(sent.at(-1)).toEqual({ kind: 'reveal', box: 'inside' });
  expect(asked.at(-1)).toMatchObject({ opened: ['g'], hidden: [] });
  const count = asked.length;
  await session.receive({ kind: 'show', node: 'a', groups: ['g'] });
  expect(asked).toHaveLength(count);
  expect(sent.at(-1)).toEqual({ kind: 'reveal', box: 'a' });
});

test('an answer that comes too late is dropped, and none leaves what is shown', async () => {
  const answers = [
    Promise.withResolvers<GraphAnswer | undefined>(),
    Promise.withResolvers<GraphAnswer | undefined>(),
  ];
  let at = 0;
  const { session, sent } = open({ answer: () => answers[at++]!.promise });
  const first = session.refresh();
  const second = session.refresh();
  answers[1]!.resolve({ ...whole, total: 2 });
  answers[0]!.resolve({ ...whole, total: 1 });
  await Promise.all([first, second]);
  expect(sent).toMatchObject([{ kind: 'graph', graph: { total: 2 } }]);
});

test('where no system has anything, that is said', async () => {
  const { session, sent } = open({ answer: () => ({ systems: [], boxes: [], edges: [], total: 0 }) });
  await session.refresh();
  expect(sent).toMatchObject([{ kind: 'nothing' }]);
});

const daily: PipelineGraphAnswer = {
  title: 'Every day',
  folderUri: 'file:///w',
  systems,
  steps: [
    {
      id: 'first',
      step: 'tool:b',
      title: '',
      kind: 'job',
      system: 'tool',
      needs: [],
      uri: 'file:///w/b',
      range,
    },
    { id: 'second', step: 'second', title: '', kind: 'step', needs: ['first'] },
  ],
};

test('a pipeline is its steps with how they stand in its newest run', async () => {
  const state = { pipeline: { step: 'pipeline:daily' } };
  const { session, last, done } = open({ state, pipeline: daily, runs: [run('running', {})] });
  await session.refresh();
  expect(last()).toMatchObject({ title: 'Every day', total: 2, pipeline: { step: 'pipeline:daily' } });
  expect(last().edges).toEqual([{ from: 'first', to: 'second', flow: 'work', count: 1 }]);
  const [first, second] = last().boxes;
  expect(first).toMatchObject({
    note: 'job · tool:b',
    run: { status: 'failed', message: 'no such table' },
    hasRun: true,
  });
  expect(second).toMatchObject({ note: 'step', hasFile: false });
  expect(second).not.toHaveProperty('run');
  await session.receive({ kind: 'open', node: 'first' });
  await session.receive({ kind: 'open', node: 'second' });
  await session.receive({ kind: 'run', node: 'first' });
  expect(done.slice(1)).toEqual([
    ['open', 'file:///w/b'],
    ['run', { folderUri: 'file:///w', run: 'run-1' }],
  ]);
});

test('a pipeline that is gone says so', async () => {
  const { session, sent } = open({ state: { pipeline: { step: 'pipeline:daily' } }, pipeline: null });
  await session.refresh();
  expect(sent).toEqual([
    { kind: 'nothing', message: 'There is no pipeline pipeline:daily in this workspace any more.' },
  ]);
});
