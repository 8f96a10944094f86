import type { BoxView, GraphView, PanelState } from '../../webviews/graph/protocol.ts';

const platform = { opened: [], closed: [], hidden: [] } satisfies PanelState;

const systems = [
  { id: 'dbt', title: 'dbt', icon: 'database', count: 17 },
  { id: 'meltano', title: 'Meltano', icon: 'arrow-swap', count: 6 },
  { id: 'penstock', title: 'Pipelines', icon: 'git-merge', count: 1 },
];

interface Sketch extends Partial<Omit<BoxView, 'id' | 'label' | 'note' | 'path'>> {
  readonly note?: string;
  readonly path?: readonly string[];
  readonly data?: readonly string[];
  readonly work?: readonly string[];
}

const when = { step: 'dbt:build', when: 'today, 08:32' };
const dbt = { system: 'dbt', path: ['shop', 'models'], group: 'models', hasFile: true };
const meltano = { system: 'meltano', path: ['platform', 'plugins'], group: 'plugins', hasFile: true };

const sketches: Readonly<Record<string, Sketch>> = {
  daily: {
    ...meltano,
    system: 'penstock',
    note: 'pipeline',
    path: ['platform', 'pipelines'],
    run: { status: 'running', step: 'pipeline:daily', when: 'today, 08:40' },
    hasRun: true,
  },
  load: { ...meltano, note: 'job', work: ['daily'] },
  'tap-shop': { ...meltano, note: 'extractor', work: ['load'] },
  'target-warehouse': { ...meltano, note: 'loader', data: ['tap-shop'] },
  'shop.duckdb': { note: 'DuckDB file', path: ['DuckDB files'], hasFile: true, data: ['target-warehouse'] },
  'raw.orders': { ...dbt, note: 'source table', data: ['shop.duckdb'] },
  stg_orders: {
    ...dbt,
    note: 'model',
    data: ['raw.orders'],
    run: { status: 'succeeded', ...when },
    hasRun: true,
  },
  fct_orders: {
    ...dbt,
    note: 'model',
    data: ['stg_orders', 'archive'],
    run: { status: 'failed', ...when, message: 'Binder Error: column "amuont" not found' },
    hasRun: true,
  },
  archive: {
    kind: 'group',
    system: 'dbt',
    note: '40 models',
    path: ['shop', 'models', 'archive'],
    group: 'models',
    attention: [
      { status: 'failed', count: 2 },
      { status: 'warned', count: 1 },
    ],
  },
  board: { ...dbt, note: 'exposure', data: ['fct_orders'] },
};

/** A small platform, one folder of it collapsed. */
export function demoGraph(more: Partial<GraphView> = {}): GraphView {
  const boxes = Object.entries(sketches).map(([id, { data: _data, work: _work, ...box }]): BoxView => ({
    id,
    kind: 'node',
    label: id,
    note: 'thing',
    path: [],
    ...box,
  }));
  const edges = Object.entries(sketches).flatMap(([to, { data = [], work = [] }]) => [
    ...data.map((from) => ({ from, to, flow: 'data' as const, count: from === 'archive' ? 40 : 1 })),
    ...work.map((from) => ({ from, to, flow: 'work' as const, count: 1 })),
  ]);
  return { ...platform, title: 'Platform', systems, boxes, edges, total: 49, ...more };
}

/** Columns of so many models each, every one with three inputs of the column before. */
export function largeGraph(columns: number, height: number): GraphView {
  const boxes: BoxView[] = [];
  const edges: GraphView['edges'][number][] = [];
  for (let column = 0; column < columns; column++) {
    for (let at = 0; at < height; at++) {
      const id = `model_${column}_${at}`;
      boxes.push({ ...dbt, id, kind: 'node', label: id, note: 'model' });
      for (const step of column === 0 ? [] : [0, 1, 7])
        edges.push({ from: `model_${column - 1}_${(at + step) % height}`, to: id, flow: 'data', count: 1 });
    }
  }
  return { ...platform, title: 'Platform', systems, boxes, edges, total: boxes.length };
}
