import { expect, test } from 'vitest';
import type { FromWebview, GraphView, PanelState, ToWebview } from '../../webviews/graph/protocol.ts';
import { demoGraph, largeGraph } from './demo-graph.ts';
import { graphSuite } from './panel-suite.ts';
import { themes } from './themes.ts';

const { openPanel, nodeOf, last, current } = graphSuite<GraphView, ToWebview, FromWebview, PanelState>(
  'graph',
  demoGraph,
);

test.each(themes)('a platform is drawn under the policy without a complaint: $name', async (theme) => {
  const panel = await openPanel({ theme });
  expect(await panel.posted()).toEqual([{ kind: 'ready' }]);
  expect(await panel.byId('title').textContent()).toBe('Platform');
  expect(await panel.byId('note').textContent()).toBe('49 things');
  expect(await panel.byId('node').count()).toBe(10);
  expect(await panel.page.locator('.edge').count()).toBe(9);
  expect(await panel.page.locator('.edge.flow-work').count()).toBe(2);
  expect(await panel.byId('minimap').isVisible()).toBe(false);
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('every box says what it is, of which system, where it stands and how it went', async () => {
  const panel = await openPanel();
  const tree = panel.page.getByRole('tree', { name: 'Platform: 49 things in 10 boxes, 1 of them collapsed' });
  for (const name of [
    'fct_orders, model, dbt, shop / models, last run failed',
    'daily, pipeline, Pipelines, platform / pipelines, last run running',
    'shop.duckdb, DuckDB file, shared, DuckDB files',
    'archive, 40 models, dbt, shop / models, 2 failed, 1 warned, collapsed',
  ]) {
    expect(await tree.getByRole('treeitem', { name, exact: true }).count(), name).toBe(1);
  }
  await panel.page.close();
});

test('systems differ in colour and in icon, and what several share has neither', async () => {
  const panel = await openPanel();
  const look = (name: string) =>
    nodeOf(panel, name)
      .locator('.kind')
      .evaluate((kind) => [getComputedStyle(kind).fill, kind.getAttribute('d')]);
  const looks = await Promise.all(['stg_orders', 'load', 'daily', 'shop.duckdb'].map(look));
  for (const part of [0, 1]) expect(new Set(looks.map((each) => each[part])).size).toBe(4);
  await panel.page.close();
});

test('the keyboard walks the edges, opens files, expands and collapses', async () => {
  const panel = await openPanel();
  const { keyboard } = panel.page;
  await nodeOf(panel, 'raw.orders').focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  expect(await current(panel)).toBe('fct_orders');
  await keyboard.press('Enter');
  expect(await last(panel)).toEqual({ kind: 'open', node: 'fct_orders' });
  await keyboard.press(' ');
  expect(await last(panel)).toEqual({ kind: 'toggle', group: 'models', open: false });
  await nodeOf(panel, 'archive').focus();
  await keyboard.press('Enter');
  expect(await last(panel)).toEqual({ kind: 'toggle', group: 'archive', open: true });
  await keyboard.press('Home');
  expect(await current(panel)).toBe('daily');
  await panel.page.close();
});

test('what was expanded has the keyboard, and what is collapsed has it again', async () => {
  const panel = await openPanel();
  await nodeOf(panel, 'archive').focus();
  await panel.page.keyboard.press(' ');
  const whole = demoGraph();
  const rest = whole.boxes.filter(({ id }) => id !== 'archive');
  const inner = { ...whole.boxes[7]!, id: 'old_orders', label: 'old_orders', group: 'archive' };
  await panel.deliver({ kind: 'graph', graph: demoGraph({ boxes: [...rest, inner], opened: ['archive'] }) });
  expect(await current(panel)).toBe('old_orders');
  expect(await panel.byId('reset').isVisible()).toBe(true);
  await panel.byId('toggle').click();
  expect(await last(panel)).toEqual({ kind: 'toggle', group: 'archive', open: false });
  await panel.deliver({ kind: 'graph', graph: demoGraph() });
  expect(await current(panel)).toBe('archive');
  await panel.page.close();
});

test('the mouse expands by the chip, and buttons lead to file, run and surroundings', async () => {
  const panel = await openPanel();
  // Text keeps a size that can be read, so not all of the graph is in view at first.
  await nodeOf(panel, 'daily').hover();
  await panel.page.mouse.wheel(800, 0);
  await nodeOf(panel, 'fct_orders').click();
  expect(await panel.byId('detail-name').textContent()).toBe('fct_orders');
  expect(await panel.byId('detail-what').textContent()).toBe('model · dbt · shop / models');
  expect(await panel.byId('detail-run').textContent()).toBe(
    'Failed in dbt:build, today, 08:32 · Binder Error: column "amuont" not found',
  );
  for (const [button, message] of [
    ['open', { kind: 'open', node: 'fct_orders' }],
    ['run', { kind: 'run', node: 'fct_orders' }],
    ['around-button', { kind: 'around', node: 'fct_orders' }],
    ['toggle', { kind: 'toggle', group: 'models', open: false }],
  ] as const) {
    await panel.byId(button).click();
    expect(await last(panel)).toEqual(message);
  }
  await nodeOf(panel, 'archive').click();
  expect(await panel.byId('detail-run').textContent()).toBe('2 failed, 1 warned');
  expect(await panel.byId('open').isVisible()).toBe(false);
  expect(await panel.byId('run').isVisible()).toBe(false);
  await panel.page.locator('.chip').click();
  expect(await last(panel)).toEqual({ kind: 'toggle', group: 'archive', open: true });
  await nodeOf(panel, 'stg_orders').dblclick();
  expect(await last(panel)).toEqual({ kind: 'open', node: 'stg_orders' });
  await panel.page.close();
});

test('chips tell the systems and leave one out', async () => {
  const panel = await openPanel();
  const chip = panel.byId('system-meltano');
  expect(await chip.textContent()).toBe('Meltano6');
  expect(await chip.getAttribute('aria-pressed')).toBe('true');
  await chip.click();
  expect(await last(panel)).toEqual({ kind: 'filter', system: 'meltano', hidden: true });
  await panel.deliver({ kind: 'graph', graph: demoGraph({ hidden: ['meltano'] }) });
  expect(await chip.getAttribute('aria-pressed')).toBe('false');
  await chip.click();
  expect(await last(panel)).toEqual({ kind: 'filter', system: 'meltano', hidden: false });
  await panel.page.close();
});

test('only what is connected says so, and everything comes back', async () => {
  const panel = await openPanel({ graph: demoGraph({ around: 'stg_orders', aroundLabel: 'stg_orders' }) });
  expect(await panel.byId('around').textContent()).toContain('Only what is connected to stg_orders');
  await panel.page.locator('.around vscode-button').click();
  expect(await last(panel)).toEqual({ kind: 'around' });
  await panel.page.close();
});

test('a search asks for what was typed, and shows and chooses what was found', async () => {
  const panel = await openPanel();
  const { page } = panel;
  await nodeOf(panel, 'daily').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('or', { delay: 5 });
  await page.keyboard.insertText('d');
  await page.waitForFunction(() =>
    (window as unknown as { fake: { posted: { text?: string }[] } }).fake.posted.some(
      ({ text }) => text === 'ord',
    ),
  );
  const found = ['orders', 'orders_old', 'raw.orders'].map((label) => ({
    id: label,
    label,
    what: 'model',
    system: 'dbt',
    path: ['shop', 'models'],
    groups: ['archive'],
  }));
  await panel.deliver({ kind: 'found', text: 'or', found: [] });
  expect(await panel.byId('found').isVisible()).toBe(false);
  await panel.deliver({ kind: 'found', text: 'ord', found });
  expect(await page.getByRole('option').count()).toBe(3);
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('status').textContent()).toBe('orders_old, model, dbt, 2 of 3');
  await page.keyboard.press('Enter');
  expect(await last(panel)).toEqual({ kind: 'show', node: 'orders_old', groups: ['archive'] });
  expect(await panel.byId('found').isVisible()).toBe(false);
  await panel.deliver({ kind: 'reveal', box: 'raw.orders' });
  expect(await current(panel)).toBe('raw.orders');
  await panel.page.close();
});

test('Escape closes what was found, then goes back to the graph', async () => {
  const panel = await openPanel();
  await nodeOf(panel, 'load').focus();
  await panel.page.keyboard.press('/');
  await panel.page.keyboard.type('x');
  await panel.deliver({ kind: 'found', text: 'x', found: [] });
  expect(await panel.byId('found').textContent()).toBe('Nothing bears this name.');
  await panel.page.keyboard.press('Escape');
  expect(await panel.byId('found').isVisible()).toBe(false);
  await panel.page.keyboard.press('Escape');
  expect(await current(panel)).toBe('load');
  await panel.page.close();
});

test('the table says the same in rows', async () => {
  const panel = await openPanel();
  await panel.byId('table-toggle').click();
  const row = panel.page.getByRole('row', { name: /^fct_orders/ });
  expect(await row.getByRole('cell').allTextContents()).toEqual([
    'fct_orders',
    'model',
    'dbt',
    'shop / models',
    'Failed in dbt:build, today, 08:32 · Binder Error: column "amuont" not found',
    'stg_orders, archive',
    'board',
  ]);
  expect(await panel.byId('graph').isVisible()).toBe(false);
  await row.getByRole('button').click();
  expect(await last(panel)).toEqual({ kind: 'open', node: 'fct_orders' });
  await panel.page.getByRole('button', { name: 'archive' }).click();
  expect(await last(panel)).toEqual({ kind: 'toggle', group: 'archive', open: true });
  await panel.deliver({ kind: 'graph', graph: demoGraph({ boxes: demoGraph().boxes.slice(0, 2) }) });
  expect(await panel.page.getByRole('row').count()).toBe(3);
  await panel.byId('table-toggle').click();
  expect(await panel.byId('graph').isVisible()).toBe(true);
  await panel.page.close();
});

test('the graph of a pipeline is its steps, without search and filters', async () => {
  const boxes = demoGraph().boxes.slice(0, 2);
  const edges = [{ from: boxes[0]!.id, to: boxes[1]!.id, flow: 'work' as const, count: 1 }];
  const graph = demoGraph({
    pipeline: { step: 'pipeline:daily' },
    title: 'Every day',
    boxes,
    edges,
    total: 2,
  });
  const panel = await openPanel({ graph });
  expect(await panel.byId('title').textContent()).toBe('Every day');
  expect(await panel.byId('note').textContent()).toBe('2 steps');
  expect(await panel.byId('search').isVisible()).toBe(false);
  expect(await panel.page.locator('button.system-chip').count()).toBe(0);
  expect(await panel.page.locator('span.system-chip').count()).toBe(3);
  expect(await panel.byId('around-button').isVisible()).toBe(false);
  await panel.page.close();
});

test('of 5,000 things only those near are in the page, wherever one goes', async () => {
  const graph = largeGraph(10, 500);
  const panel = await openPanel({ graph });
  const { page } = panel;
  expect(panel.problems).toEqual([]);
  const drawn = await panel.byId('node').count();
  expect(drawn).toBeGreaterThan(10);
  expect(drawn).toBeLessThan(800);
  expect(await page.locator('.edge').count()).toBeLessThan(graph.edges.length / 2);
  await panel.deliver({ kind: 'reveal', box: 'model_9_250' });
  expect(await current(panel)).toBe('model_9_250');
  await page.keyboard.press('ArrowLeft');
  expect(await current(panel)).toMatch(/^model_8_/);
  const box = await page.locator('.node.current .box').boundingBox();
  const pane = await panel.byId('graph').boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(pane!.x);
  expect(box!.x + box!.width).toBeLessThanOrEqual(pane!.x + pane!.width);
  expect(await panel.byId('node').count()).toBeLessThan(800);
  // Seen from afar all are there, without words.
  await panel.byId('fit').click();
  expect(await panel.byId('node').count()).toBe(5000);
  expect(await page.locator('.node text').count()).toBe(0);
  await page.close();
});

test('from 50 boxes on a map shows where one is, and leads elsewhere', async () => {
  const panel = await openPanel({ graph: largeGraph(8, 10) });
  const map = panel.byId('minimap');
  expect(await map.isVisible()).toBe(true);
  const transform = () => panel.page.locator('.plane').getAttribute('transform');
  const before = await transform();
  await map.click({ position: { x: 160, y: 90 } });
  expect(await transform()).not.toBe(before);
  const colours = await panel.page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.minimap canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 4).join()))
      .size;
  });
  expect(colours).toBeGreaterThan(2);
  await panel.page.close();
});

test.each(themes)('the exported picture is XML that stands by itself: $name', async (theme) => {
  const panel = await openPanel({ theme });
  await panel.byId('export').click();
  const message = await last(panel);
  if (message?.kind !== 'export') throw new Error('nothing was exported');
  expect(message.name).toBe('Platform');
  const names = await panel.page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (file.querySelector('parsererror')) throw new Error('not XML');
    return [...file.querySelectorAll('text')].map((each) => each.textContent);
  }, message.svg);
  expect(names).toContain('tap-shop');
  expect(message.svg).toContain('stroke-dasharray');
  expect(message.svg).not.toMatch(/var\(|color-mix|class=|style=|<script|href/);
  await panel.page.close();
});

test('what is shown is remembered', async () => {
  const panel = await openPanel({
    graph: demoGraph({ opened: ['a'], hidden: ['meltano'], around: 'daily' }),
  });
  expect(await panel.state()).toEqual({ opened: ['a'], closed: [], hidden: ['meltano'], around: 'daily' });
  await panel.page.close();
});

test('where there is nothing, the reason is shown', async () => {
  const panel = await openPanel();
  await panel.deliver({ kind: 'nothing', message: 'No data platform was found here.' });
  expect(await panel.byId('notice').textContent()).toBe('No data platform was found here.');
  expect(await panel.byId('graph').isVisible()).toBe(false);
  await panel.deliver({ kind: 'graph', graph: demoGraph() });
  expect(await panel.byId('graph').isVisible()).toBe(true);
  await panel.page.close();
});

test('in a narrow panel nothing is cut off', async () => {
  const panel = await openPanel({ size: { width: 360, height: 600 } });
  await panel.deliver({ kind: 'reveal', box: 'fct_orders' });
  for (const id of ['export', 'table-toggle', 'search', 'open']) {
    const box = await panel.byId(id).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999), id).toBeLessThanOrEqual(360);
  }
  const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
  await panel.page.close();
});
