import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { define, findReferences } from '../../language/define.ts';
import { hover } from '../../language/hover.ts';
import { rename } from '../../language/rename.ts';
import { dbt } from './index.ts';

const semantic = `semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_at}
    entities:
      - {name: order, type: primary, description: What was bought}
      - {name: customer, type: foreign}
    dimensions:
      - name: ordered_at
        type: time
        type_params: {time_granularity: day}
      - {name: status, type: categorical, description: Where it stands}
    measures:
      - {name: paid, agg: sum, agg_time_dimension: ordered_at}
`;
const customers = `semantic_models:
  - name: customers
    model: ref('customers')
    primary_entity: customer
    dimensions:
      - {name: country, type: categorical}
`;
const queries = `metrics:
  - name: revenue
    label: Revenue
    type: simple
    filter: "{{ Dimension('order__status') }} = 'paid' and {{ Metric('revenue', group_by=['order']) }} > 1"
    type_params: {measure: paid}
saved_queries:
  - name: weekly
    query_params:
      metrics: [revenue]
      group_by:
        - TimeDimension('metric_time', 'week')
        - TimeDimension('order__ordered_at__month')
        - Dimension('order__customer__country')
        - Entity('customer')
      where:
        - "{{ Dimension('order__statu') }} is null"
`;

async function open(more: Readonly<Record<string, string>> = {}) {
  const files = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/orders.sql': 'select 1',
    '/w/models/customers.sql': 'select 1',
    '/w/models/s.yml': semantic,
    '/w/models/c.yml': customers,
    '/w/models/q.yml': queries,
    ...more,
  };
  const { platform } = await openFixture([dbt], files);
  const at = (path: string, text: string, inside = 1): readonly [string, number] => [
    path,
    platform.source(path)!.text.indexOf(text) + inside,
  ];
  const textOf = ({ path, span }: { path: string; span: { start: number; end: number } }): string =>
    `${path.slice(10)} ${platform.source(path)!.slice(span)}`;
  return { platform, at, textOf };
}

test('dimensions and entities are found where they are defined, over the way that leads to them', async () => {
  const { platform, at, textOf } = await open();
  const target = (text: string, inside: number): readonly string[] | undefined =>
    define(platform, ...at('/w/models/q.yml', text, inside))?.targets.map(textOf);
  expect(target("'order__status'", 9)).toEqual(['s.yml status']);
  expect(target("'order__status'", 2)).toEqual(['s.yml order']);
  expect(target('order__ordered_at__month', 8)).toEqual(['s.yml ordered_at']);
  expect(target('order__customer__country', 18)).toEqual(['c.yml country']);
  expect(target("Entity('customer')", 9)).toEqual(['s.yml customer']);
  expect(target('agg_time_dimension', 0)).toBeUndefined();
  expect(define(platform, ...at('/w/models/s.yml', 'ordered_at}', 2))?.targets.map(textOf)).toEqual([
    's.yml ordered_at',
  ]);
  expect(hover(platform, ...at('/w/models/q.yml', 'order__status', 8))?.markdown).toContain(
    'Where it stands',
  );
});

test('dbt asks for them only when it queries, so nothing is said here', async () => {
  const { platform } = await open();
  expect(platform.findings('/w/models/q.yml')).toEqual([]);
});

test('what a saved query cannot be grouped or ordered by, or be limited to', async () => {
  const query = `saved_queries:
  - name: weekly
    query_params:
      metrics: [revenue]
      group_by: ["Dimension('order__colour')", "Entity('order')", "Dimension('country')", "Metric('revenue')"]
      order_by: ["Metric('revenue').descending(True)", "Entity( 'order' )", "Entity('customer')"]
      limit: -1
`;
  const texts = { '/w/models/n.yml': query };
  const { platform, textOf } = await open(texts);
  const found = platform
    .findings('/w/models/n.yml')
    .map(({ code, span }) => `${code} ${textOf({ path: '/w/models/n.yml', span })}`);
  expect(found).toEqual([
    'dbt/undefined-grouping n.yml colour',
    'dbt/invalid-value n.yml country',
    "dbt/invalid-value n.yml Entity('customer')",
    'dbt/invalid-value n.yml -1',
  ]);
  // A model may hold its semantic model in its columns.
  const inColumns =
    'models:\n  - name: orders\n    semantic_model: true\n    columns:\n      - {name: colour, dimension: categorical}\n';
  const { platform: with_ } = await open({ ...texts, '/w/models/o.yml': inColumns });
  expect(with_.findings('/w/models/n.yml').map(({ code }) => code)).not.toContain('dbt/undefined-grouping');
  // Without a metric dbt does not look.
  const { platform: without } = await open({ ...texts, '/w/models/q.yml': '' });
  expect(without.findings('/w/models/n.yml').filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'dbt/undefined-metric' },
  ]);
});

test('all that name one are found, and written anew by a rename', async () => {
  const { platform, at, textOf } = await open();
  const found = findReferences(platform, ...at('/w/models/s.yml', 'status, type', 1), {
    withDefinition: true,
  });
  expect(found.map(textOf)).toEqual(['s.yml status', 'q.yml status']);
  const edits = (text: string, newName: string): readonly string[] => {
    const done = rename(platform, ...at('/w/models/s.yml', text, 1), newName)!;
    return 'edits' in done ? done.edits.map((edit) => `${textOf(edit)} → ${edit.newText}`) : [done.refused];
  };
  expect(edits('status, type', 'state')).toEqual(['q.yml status → state', 's.yml status → state']);
  expect(edits('ordered_at\n', 'bought_at')).toEqual([
    'q.yml ordered_at → bought_at',
    's.yml ordered_at → bought_at',
    's.yml ordered_at → bought_at',
    's.yml ordered_at → bought_at',
  ]);
  const ofEntity = edits('order, type', 'purchase');
  expect(ofEntity.filter((edit) => edit.startsWith('q.yml'))).toHaveLength(4);
});

test('they are offered behind the entity, and as a whole where nothing is written yet', async () => {
  const query = (item: string): string =>
    `saved_queries:\n  - name: w\n    query_params:\n      group_by:\n        - ${item}\n`;
  const offered = async (item: string): Promise<readonly string[]> => {
    const text = query(item);
    const { platform } = await open({ '/w/models/n.yml': text.replace('<|>', '') });
    return complete(platform, '/w/models/n.yml', text.indexOf('<|>')).items.map(({ label }) => label);
  };
  expect(await offered("Dimension('order__<|>')")).toEqual(['ordered_at', 'status']);
  expect(await offered("Dimension('order__st<|>')")).toEqual(['status']);
  expect(await offered("Entity('<|>')")).toEqual(['customer', 'order']);
});

test('without a primary entity dimensions have no names, and a broken file says nothing', async () => {
  const { platform } = await open({
    '/w/models/b.yml':
      'semantic_models:\n  - name: x\n    dimensions:\n      - {name: lost, type: categorical}\n',
    '/w/models/broken.yml': 'semantic_models:\n  - name: [\n    entities: {\n',
  });
  expect([...platform.facts.all('dbt.dimension')].map(({ name }) => name).sort()).toEqual([
    'customer__country',
    'order__ordered_at',
    'order__status',
  ]);
});
