import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilReads } from '../tools/waiting.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());
afterEach((test) => product.tellFailure(test));

test('the sidebar shows the plan, the systems and no run', async () => {
  const { editor } = product;
  await editor.showPenstock();
  await editor.rows('Plan', 'Loading the Shop').first().waitFor();
  for (const system of ['dbt', 'Meltano']) await editor.rows('Systems', system).first().waitFor();
  await editor.page.getByText('Nothing has run yet').first().waitFor();
});

test('a typing mistake is underlined at once, and mending it clears the line', async () => {
  const { editor, platform } = product;
  await editor.openFile('meltano.yml');
  const lines = readFileSync(join(platform, 'meltano.yml'), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('- tap-shop target-warehouse'));
  await editor.goTo(line + 1, (lines[line] ?? '').indexOf('tap-shop') + 'tap-shop'.length + 1);
  expect(await editor.squiggles.count()).toBe(0);
  await editor.type('x');
  await editor.squiggles.first().waitFor();
  await editor.page.keyboard.press('F8');
  await editor.page.locator('.marker-widget', { hasText: 'tap-shopx' }).waitFor();
  await editor.page.keyboard.press('Escape');
  await editor.page.keyboard.press('Control+Z');
  await editor.squiggles.first().waitFor({ state: 'detached' });
});

test('a task is marked in the tree, and the document says so', async () => {
  const { editor, platform } = product;
  const document = join(platform, 'planning/outstanding-tasks.md');
  const before = readFileSync(document, 'utf8');
  await editor.showPenstock();
  await editor.rows('Plan', 'Loading the Shop').first().waitFor();
  const title = 'Load only what changed since last night';
  await editor.commandAndChoose('Penstock: Mark Task As…', title, title);
  await editor.pick('In Progress', 'In Progress');
  const row = '| Load only what changed since last night | **P2** | Medium |';
  const after = before.replace(`${row} 📋 Planned |`, `${row} 🚧 In Progress |`);
  expect(after).not.toBe(before);
  await untilReads(document, after);
});

test('the lineage of a model is shown beside it, follows to another file, and leads there', async () => {
  const { editor } = product;
  await editor.openFile('dbt/models/marts/fct_orders.sql');
  await editor.command('Penstock: Show Lineage');
  const panel = await editor.lineagePanel();
  const named = (name: string) => panel.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  await named('fct_orders').waitFor();
  for (const name of ['stg_orders', 'stg_order_items', 'raw.orders', 'daily_sales'])
    await named(name).waitFor();
  await named('stg_orders').click();
  await panel.getByTestId('open').click();
  await editor.page.locator('.tab.active[data-resource-name="stg_orders.sql"]').waitFor();
  await panel.getByTestId('title').filter({ hasText: 'stg_orders' }).waitFor();
});

test('the graph of the platform is found through, and leads to the line', async () => {
  const { editor } = product;
  await editor.command('Penstock: Show Platform Graph');
  const panel = await editor.graphPanel();
  const named = (name: string) => panel.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  for (const name of ['daily', 'nightly-load', 'tap-shop', 'shop.duckdb', 'raw.orders', 'sales_overview'])
    await named(name).waitFor();
  await panel.getByTestId('search').locator('input').fill('target-ware');
  await panel.getByRole('option', { name: 'target-warehouse' }).click();
  await panel.getByTestId('detail-name').filter({ hasText: 'target-warehouse' }).waitFor();
  await panel.getByTestId('open').click();
  await editor.page.locator('.tab.active[data-resource-name="meltano.yml"]').waitFor();
});
