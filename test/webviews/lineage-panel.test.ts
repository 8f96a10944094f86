import { expect, test } from 'vitest';
import type { FromWebview, GraphView, PanelState, ToWebview } from '../../webviews/lineage/protocol.ts';
import { demoLineage, largeLineage } from './demo-lineage.ts';
import { graphSuite } from './panel-suite.ts';
import { themes } from './themes.ts';

const { openPanel, nodeOf, last, current } = graphSuite<GraphView, ToWebview, FromWebview, PanelState>(
  'lineage',
  demoLineage,
);

test.each(themes)('a lineage is drawn under the policy without a complaint: $name', async (theme) => {
  const panel = await openPanel({ theme });
  expect(await panel.posted()).toEqual([{ kind: 'ready' }]);
  expect(await panel.byId('title').textContent()).toBe('fct_orders');
  expect(await panel.byId('note').textContent()).toBe('model · incremental · dbt');
  expect(await panel.byId('node').count()).toBe(8);
  expect(await panel.page.locator('.edge').count()).toBe(8);
  expect(await panel.page.locator('.chip').allTextContents()).toEqual([
    'Show 12 more upstream+12',
    'Show 4970 more downstream+4970',
  ]);
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('data flows from left to right, and nothing lies on anything else', async () => {
  const panel = await openPanel();
  const boxes = await panel.page.locator('.box').evaluateAll((all) =>
    all.map((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return { name: box.parentElement?.getAttribute('data-node') ?? '', left, right, top, bottom };
    }),
  );
  const boxOf = (name: string) => boxes.find((box) => box.name === name)!;
  for (const { from, to } of demoLineage().edges) {
    expect(boxOf(from).right, `${from} > ${to}`).toBeLessThan(boxOf(to).left);
  }
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) {
      const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
      expect(apart, `${a.name} and ${b.name}`).toBe(true);
    }
  }
  const pane = await panel.byId('graph').boundingBox();
  for (const box of boxes) {
    expect(box.left).toBeGreaterThanOrEqual(pane?.x ?? 0);
    expect(box.right).toBeLessThanOrEqual((pane?.x ?? 0) + (pane?.width ?? 0));
  }
  await panel.page.close();
});

test('every node says what it is, how it went and what is hidden', async () => {
  const panel = await openPanel();
  const { page } = panel;
  const tree = page.getByRole('tree', { name: 'Lineage of fct_orders: 4 upstream, 3 downstream' });
  for (const name of [
    'fct_orders, model · incremental, in focus',
    'stg_items, model · view, last run warned, 1 step upstream, 12 more upstream',
    'raw.orders, source table, 2 steps upstream',
    'daily_sales, model · table, last run failed, 1 step downstream',
  ]) {
    expect(await tree.getByRole('treeitem', { name, exact: true }).count(), name).toBe(1);
  }
  expect(await page.getByRole('status').textContent()).toBe(
    'Lineage of fct_orders: 4 upstream, 3 downstream',
  );
  await panel.page.close();
});

test('the arrow keys walk along the edges; Enter opens, f brings into focus', async () => {
  const panel = await openPanel();
  const { keyboard } = panel.page;
  await nodeOf(panel, 'fct_orders').focus();
  expect(await panel.page.locator('.node[tabindex="0"]').count()).toBe(1);
  await keyboard.press('ArrowRight');
  const first = await current(panel);
  expect(['daily_sales', 'a_model_whose_name_is_much_too_long_to_be_shown_in_one_box']).toContain(first);
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await nodeOf(panel, 'daily_sales').focus();
  await keyboard.press('ArrowRight');
  expect(await current(panel)).toBe('sales_dashboard');
  expect(await panel.byId('detail-name').textContent()).toBe('sales_dashboard');
  await keyboard.press('Enter');
  expect(await last(panel)).toEqual({ kind: 'open', node: 'sales_dashboard' });
  await keyboard.press('f');
  expect(await last(panel)).toEqual({ kind: 'focus', node: 'sales_dashboard' });
  await keyboard.press('Home');
  expect(await current(panel)).toBe('fct_orders');
  await keyboard.press('+');
  expect((await panel.posted()).slice(-2)).toEqual([
    { kind: 'depth', direction: 'upstream', depth: 3 },
    { kind: 'depth', direction: 'downstream', depth: 3 },
  ]);
  await panel.page.close();
});

test('walking towards what is hidden asks for it, and the keyboard stays where it was', async () => {
  const panel = await openPanel();
  await nodeOf(panel, 'stg_items').focus();
  await panel.page.keyboard.press('ArrowLeft');
  const ask = { kind: 'expand', node: 'stg_items', direction: 'upstream', expanded: true };
  expect(await last(panel)).toEqual(ask);
  const graph = demoLineage({ expanded: { upstream: ['stg_items'], downstream: [] } });
  const added = { ...graph.nodes[4]!, id: 'raw.items', name: 'raw.items' };
  await panel.deliver({
    kind: 'graph',
    graph: {
      ...graph,
      nodes: [...graph.nodes, added],
      edges: [...graph.edges, { from: 'raw.items', to: 'stg_items' }],
    },
  });
  expect(await current(panel)).toBe('stg_items');
  await panel.page.keyboard.press('ArrowLeft');
  expect(await current(panel)).toBe('raw.items');
  await panel.page.locator('.chip', { hasText: '−' }).click();
  expect(await last(panel)).toEqual({ ...ask, expanded: false });
  await panel.page.close();
});

test('the mouse chooses, opens, brings into focus and shows more', async () => {
  const panel = await openPanel();
  await nodeOf(panel, 'daily_sales').click();
  expect(await panel.byId('detail-run').textContent()).toBe(
    'Failed in dbt:build, today, 08:32 · Binder Error: column "amuont" not found',
  );
  await panel.byId('open').click();
  expect(await last(panel)).toEqual({ kind: 'open', node: 'daily_sales' });
  await panel.byId('focus').click();
  expect(await last(panel)).toEqual({ kind: 'focus', node: 'daily_sales' });
  await nodeOf(panel, 'countries').dblclick();
  expect(await last(panel)).toEqual({ kind: 'open', node: 'countries' });
  await panel.page.locator('.chip', { hasText: '+12' }).click();
  expect(await last(panel)).toMatchObject({ kind: 'expand', node: 'stg_items', direction: 'upstream' });
  await panel.byId('downstream-less').click();
  expect(await last(panel)).toEqual({ kind: 'depth', direction: 'downstream', depth: 1 });
  await panel.byId('pin').click();
  expect(await last(panel)).toEqual({ kind: 'pin', pinned: true });
  await panel.page.close();
});

test('moved and zoomed, the graph stays where it is when it is drawn anew; another focus is brought into view', async () => {
  const panel = await openPanel();
  const { page } = panel;
  const place = () => nodeOf(panel, 'fct_orders').locator('.box').boundingBox();
  const before = await place();
  const pane = (await panel.byId('graph').boundingBox())!;
  await page.mouse.move(pane.x + 10, pane.y + 10);
  await page.mouse.down();
  await page.mouse.move(pane.x + 60, pane.y + 40);
  await page.mouse.up();
  const moved = await place();
  expect([moved!.x - before!.x, moved!.y - before!.y].map(Math.round)).toEqual([50, 30]);
  const fewer = demoLineage();
  await panel.deliver({
    kind: 'graph',
    graph: {
      ...fewer,
      nodes: fewer.nodes.filter(({ side }) => side !== 'downstream'),
    },
  });
  const kept = await place();
  // The columns have become narrower, so it is the middle that stays.
  expect(Math.abs(kept!.x + kept!.width / 2 - moved!.x - moved!.width / 2)).toBeLessThan(1);
  expect(Math.abs(kept!.y - moved!.y)).toBeLessThan(1);
  await panel.byId('zoom-in').click();
  expect((await place())!.height).toBeGreaterThan(kept!.height);
  await page.mouse.move(pane.x + 200, pane.y + 200);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 600);
  await page.keyboard.up('Control');
  expect((await place())!.height).toBeLessThan(kept!.height);
  await panel.deliver({ kind: 'graph', graph: demoLineage({ focus: 'daily_sales' }) });
  expect((await place())!.height).toBe(before!.height);
  await panel.page.close();
});

test.each(themes)('the exported picture is XML that stands by itself: $name', async (theme) => {
  const panel = await openPanel({ theme });
  await panel.byId('export').click();
  const message = await last(panel);
  if (message?.kind !== 'export') throw new Error('nothing was exported');
  expect(message.name).toBe('fct_orders-lineage');
  const read = await panel.page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: file.querySelector('parsererror')?.textContent ?? '',
      names: [...file.querySelectorAll('text')].map((each) => each.textContent),
      fills: [...new Set([...file.querySelectorAll('[fill]')].map((each) => each.getAttribute('fill')))],
      root: file.documentElement.getAttribute('viewBox'),
    };
  }, message.svg);
  expect(read.error).toBe('');
  expect(read.names).toContain('fct_orders');
  expect(read.names).toContain('+12');
  for (const fill of read.fills) expect(fill).toMatch(/^(#[0-9a-f]{6}|none)$/);
  expect(read.fills).toContain(theme.variables['editor-background']);
  expect(message.svg).not.toMatch(/var\(|color-mix|class=|style=|<script|href/);
  const picture = await panel.page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(text)))}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, message.svg);
  expect(picture.every((length) => length > 200)).toBe(true);
  await panel.page.close();
});

test('400 nodes are drawn at once and the whole can be seen', async () => {
  const panel = await openPanel({ graph: largeLineage(10, 39) });
  expect(await panel.byId('node').count()).toBe(391);
  await panel.byId('fit').click();
  const pane = await panel.byId('graph').boundingBox();
  const plane = await panel.page.locator('.plane').boundingBox();
  expect(plane!.height).toBeLessThanOrEqual(pane!.height);
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('what is shown is remembered', async () => {
  const panel = await openPanel({ graph: demoLineage({ pinned: true }) });
  expect(await panel.state()).toEqual({
    focus: 'fct_orders',
    depth: { upstream: 2, downstream: 2 },
    expanded: { upstream: [], downstream: [] },
    pinned: true,
  });
  expect(await panel.byId('pin').getAttribute('aria-pressed')).toBe('true');
  await panel.page.close();
});

test('where there is no lineage, the reason is shown', async () => {
  const panel = await openPanel();
  await panel.deliver({ kind: 'nothing', message: 'README.md has no lineage.' });
  expect(await panel.byId('notice').textContent()).toBe('README.md has no lineage.');
  expect(await panel.byId('graph').isVisible()).toBe(false);
  await panel.deliver({ kind: 'graph', graph: demoLineage() });
  expect(await panel.byId('graph').isVisible()).toBe(true);
  expect(await panel.byId('notice').isVisible()).toBe(false);
  await panel.page.close();
});

test('in a narrow panel nothing is cut off', async () => {
  const panel = await openPanel({ size: { width: 360, height: 600 } });
  for (const id of ['pin', 'export', 'downstream-more', 'open']) {
    const box = await panel.byId(id).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999), id).toBeLessThanOrEqual(360);
  }
  const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
  await panel.page.close();
});
