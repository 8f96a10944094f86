import type { GraphView, NodeView } from '../../webviews/lineage/protocol.ts';

interface Sketch extends Partial<Omit<NodeView, 'id' | 'name'>> {
  readonly from?: readonly string[];
}

const sketches: Readonly<Record<string, Sketch>> = {
  fct_orders: { side: 'focus', detail: 'incremental', from: ['stg_orders', 'stg_items', 'countries'] },
  stg_orders: {
    side: 'upstream',
    distance: 1,
    detail: 'view',
    from: ['raw.orders'],
    run: { status: 'succeeded', step: 'dbt:build', when: 'today, 08:32' },
  },
  stg_items: {
    side: 'upstream',
    distance: 1,
    detail: 'view',
    hidden: { upstream: 12, downstream: 0 },
    run: { status: 'warned', step: 'dbt:build', when: 'today, 08:32' },
  },
  countries: { side: 'upstream', distance: 1, what: 'seed' },
  'raw.orders': { side: 'upstream', distance: 2, what: 'source table' },
  daily_sales: {
    side: 'downstream',
    distance: 1,
    detail: 'table',
    from: ['fct_orders'],
    run: {
      status: 'failed',
      step: 'dbt:build',
      when: 'today, 08:32',
      message: 'Binder Error: column "amuont" not found',
    },
  },
  a_model_whose_name_is_much_too_long_to_be_shown_in_one_box: {
    side: 'downstream',
    distance: 1,
    from: ['fct_orders', 'countries'],
    hidden: { upstream: 0, downstream: 4970 },
    run: { status: 'skipped', step: 'dbt:build', when: 'today, 08:32' },
  },
  sales_dashboard: { side: 'downstream', distance: 2, what: 'exposure', from: ['daily_sales'] },
};

/** The surroundings of a model of a small shop. */
export function demoLineage(more: Partial<GraphView> = {}): GraphView {
  return graphOf(sketches, more);
}

/** Layers of so many nodes each, every one with three inputs of the layer before. */
export function largeLineage(layers: number, width: number): GraphView {
  const all: Record<string, Sketch> = { focus: { side: 'focus' } };
  for (let layer = 0; layer < layers; layer++) {
    for (let at = 0; at < width; at++) {
      const before = [0, 1, 7].map((step) => `model_${layer - 1}_${(at + step) % width}`);
      const from = layer === 0 ? ['focus'] : before;
      all[`model_${layer}_${at}`] = { side: 'downstream', distance: layer + 1, from };
    }
  }
  return graphOf(all, {});
}

function graphOf(all: Readonly<Record<string, Sketch>>, more: Partial<GraphView>): GraphView {
  const nodes = Object.entries(all).map(([name, { from: _from, ...rest }]): NodeView => ({
    id: name,
    name,
    what: 'model',
    system: 'dbt',
    side: 'upstream',
    distance: 0,
    hidden: { upstream: 0, downstream: 0 },
    ...rest,
  }));
  const edges = Object.entries(all).flatMap(([to, { from = [] }]) =>
    from.map((each) => ({ from: each, to })),
  );
  return {
    focus: nodes[0]!.id,
    nodes,
    edges,
    depth: { upstream: 2, downstream: 2 },
    expanded: { upstream: [], downstream: [] },
    pinned: false,
    deepest: 10,
    ...more,
  };
}
