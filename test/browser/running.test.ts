import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { projectNode, root } from '../../scripts/support/project.mjs';
import { queryWarehouse } from '../tools/programs.ts';
import { isAlive, untilTrue } from '../tools/waiting.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ prepare: declareFailing });
});
afterAll(() => product.stop());
afterEach((test) => product.tellFailure(test));

/** The tests build on each other, as a day does. */
test('meltano:job/load runs, and the panel shows what Meltano printed', async () => {
  await product.editor.runStep('meltano:job/load');
  const panel = await product.editor.runPanel();
  await statusOf(panel, /Succeeded/i);
  await panel.getByTestId('log').getByText('Run completed').first().waitFor();
  expect(await queryWarehouse(product.platform, 'select count(*) from raw.orders')).toEqual([[500]]);
});

test('a row tells more of a run to who points at it', async () => {
  const { editor } = product;
  const row = editor.rows('Runs', 'meltano:job/load');
  const tooltip = editor.page.locator('.monaco-hover', { hasText: /Today · [\d:]+ · \d[\w. ]* s/ });
  // A view that is drawn anew takes its tooltip away, until somebody points at it again.
  await untilTrue('the tooltip of the run', async () => {
    await editor.page.mouse.move(0, 0);
    await row.hover();
    return tooltip.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  });
});

test('dbt:build runs, and the panel lists the nodes as dbt built them; nobody has to ask what that proves', async () => {
  const before = await provenShare();
  await product.editor.runStep('dbt:build');
  const panel = await panelOf('dbt:build');
  await statusOf(panel, /Succeeded/i);
  await panel.getByTestId('tree').getByText('fct_orders').first().waitFor();
  await panel
    .getByTestId('log')
    .getByText(/Completed successfully|PASS=\d+/)
    .first()
    .waitFor();
  expect(await queryWarehouse(product.platform, 'select count(*) from main_marts.dim_customers')).toEqual([
    [120],
  ]);
  await untilTrue('the build to count', async () => (await provenShare()) > before);
});

test('target, full refresh and selection are asked for in one form, and dbt is told so', async () => {
  const { editor, platform } = product;
  await editor.commandAndChoose('Penstock: Run Step with Parameters…', 'dbt:seed', 'dbt:seed');
  await editor.asked('Run dbt:seed');
  await editor.pick('target', 'target');
  await editor.pick('prod', 'prod');
  await editor.asked('Run dbt:seed');
  await editor.pick('full-refresh', 'full-refresh');
  await editor.pick('select', 'select');
  await editor.asked('dbt:seed: select');
  await editor.typeIntoQuickInput('countr');
  await editor.page.locator('.quick-input-list').getByText('nothing').waitFor();
  await editor.typeIntoQuickInput('countries');
  await editor.page.locator('.quick-input-list').getByText('1 seed').waitFor();
  await editor.page.keyboard.press('Enter');
  await editor.page
    .locator('.quick-input-list')
    .getByText('target: prod, select: countries, full-refresh')
    .waitFor();
  await editor.page.keyboard.press('Enter');
  await statusOf(await panelOf('dbt:seed'), /Succeeded/i);
  expect(
    newestEvents()
      .find(({ type }) => type === 'step-started')
      ?.command?.slice(6),
  ).toEqual('seed --select countries --target prod --full-refresh'.split(' '));
  expect(existsSync(join(platform, 'warehouse/shop_prod.duckdb'))).toBe(true);
});

test('lineage and graph tell how a test of a model, and the model, last went', async () => {
  const { editor } = product;
  await editor.openFile('dbt/models/marts/dim_customers.sql');
  await editor.page.locator('.codelens-decoration a', { hasText: 'Test' }).first().click();
  await statusOf(await panelOf('dbt:test/dim_customers'), /Succeeded/i);
  await editor.openFile('dbt/models/marts/dim_customers.sql');
  await editor.command('Penstock: Show Lineage');
  const lineage = await editor.lineagePanel();
  const named = (panel: Frame, name: string) =>
    panel.getByRole('treeitem', { name: new RegExp(`^${name},.*last run succeeded`) });
  await named(lineage, 'dim_customers').waitFor();
  await named(lineage, 'stg_orders').waitFor();
  await editor.command('Penstock: Show Platform Graph');
  const graph = await editor.graphPanel();
  await named(graph, 'load').waitFor();
});

test('a node that fails leads to its file with one click', async () => {
  const model = join(product.platform, 'dbt/models/marts/dim_products.sql');
  const text = readFileSync(model, 'utf8');
  writeFileSync(model, text.replace('products.category', 'products.categry'));
  await product.editor.runStep('dbt:build');
  const panel = await panelOf('dbt:build');
  await statusOf(panel, /Failed/i);
  await panel.getByTestId('detail').getByText('categry').first().waitFor();
  await panel.getByTestId('detail-open').click();
  await product.editor.page.locator('.tab.active[data-resource-name="dim_products.sql"]').waitFor();
  writeFileSync(model, text);
});

test('a failure on the screen counts as looked at, also one that comes at once; one in a terminal does not', async () => {
  const { editor, platform } = product;
  await editor.runStep('pipeline:broken');
  await statusOf(await panelOf('pipeline:broken'), /Failed/i);
  await editor.openFile('penstock.yaml');
  // The panel may have been ahead of the list.
  await editor.rows('Runs', 'pipeline:broken').filter({ hasText: '1 failed' }).waitFor();
  await untilTrue('nothing to be left to look at', async () => !/looked at/.test(await editor.badge()));
  const command = spawn(projectNode(), [join(root, 'dist/penstock.cjs'), 'run', 'pipeline:broken'], {
    cwd: platform,
    stdio: 'ignore',
  });
  expect(await once(command, 'exit')).toEqual([1, null]);
  await untilTrue('the failure to be counted', async () =>
    /1 failed run not yet looked at/.test(await editor.badge()),
  );
  const rows = editor.rows('Runs', 'pipeline:broken');
  await untilTrue('both runs to be listed', async () => (await rows.count()) === 2);
  await rows.first().click();
  await untilTrue('it to be looked at', async () => !/looked at/.test(await editor.badge()));
});

test('cancelling a run ends its processes', async () => {
  await product.editor.runStep('meltano:job/load');
  const panel = await panelOf('meltano:job/load');
  await panel.getByTestId('log-row').first().waitFor();
  const pids = startedProcesses();
  expect(pids).not.toEqual([]);
  await panel.getByTestId('cancel').click();
  await statusOf(panel, /Cancelled/i);
  await untilTrue('the processes to be gone', () => !pids.some(isAlive));
});

test('after a reload the history is there, and a past run opens with its output', async () => {
  const { editor } = product;
  await editor.reload();
  const cancelled = editor.rows('Runs', 'meltano:job/load').first();
  await cancelled.waitFor();
  expect(await editor.rows('Runs', /meltano:job\/load|dbt:build/).count()).toBeGreaterThanOrEqual(4);
  await editor.page.keyboard.press('Control+K');
  await editor.page.keyboard.press('W');
  await editor.rows('Runs', 'dbt:build').last().click();
  const panel = await panelOf('dbt:build');
  await statusOf(panel, /Succeeded|Failed/i);
  await panel.getByTestId('log-row').first().waitFor();
});

/** A pipeline that fails before anybody could look. */
function declareFailing(platform: string): void {
  appendFileSync(join(platform, 'penstock.yaml'), "\n  broken:\n    steps: [{ id: one, run: 'false' }]\n");
}

/** What the status bar says is proven of what is claimed, in percent. */
async function provenShare(): Promise<number> {
  const item = product.editor.page.locator('.statusbar-item', { hasText: '% proven' });
  return Number(/(\d+) % proven/.exec(await item.innerText())![1]);
}

/** The panel once it shows a run of that step. */
async function panelOf(title: string): Promise<Frame> {
  let panel = await product.editor.runPanel();
  await untilTrue(`the panel of ${title}`, async () => {
    panel = await product.editor.runPanel();
    return (await panel.getByTestId('run-title').textContent())?.includes(title) ?? false;
  });
  return panel;
}

async function statusOf(panel: Frame, status: RegExp): Promise<void> {
  await panel.getByTestId('run-status').filter({ hasText: status }).waitFor();
}

/** The processes that the newest run started, from its log. */
function startedProcesses(): number[] {
  return newestEvents().flatMap(({ type, pid }) =>
    type === 'step-started' && pid !== undefined ? [pid] : [],
  );
}

interface RunLine {
  readonly type: string;
  readonly pid?: number;
  readonly command?: readonly string[];
}

/** The log of the newest run. */
function newestEvents(): readonly RunLine[] {
  const folder = join(product.platform, '.penstock/runs');
  const runs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const newest =
    runs
      .map(({ name }) => name)
      .toSorted()
      .at(-1) ?? '';
  return readFileSync(join(folder, newest, 'events.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RunLine);
}
