import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilTrue } from '../tools/waiting.ts';
import { startProduct, type Product } from './product.ts';

/**
 * A run with a failing test, understood by somebody who has no mouse: nothing here moves or presses one, and
 * everything that is done is asked of the element that has the focus.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());
afterEach((test) => product.tellFailure(test));

const marts = 'dbt/models/marts/_marts.yml';
const failing = 'accepted_values_fct_orders_status__placed__delivered';

test('a load of Meltano that fails tells why, and is run again', async () => {
  const { platform } = product;
  const project = join(platform, 'meltano.yml');
  const text = readFileSync(project, 'utf8');
  writeFileSync(project, text.replace('filepath: warehouse/shop.duckdb', 'filepath: nowhere/shop.duckdb'));
  await runStep('meltano:job/load');
  const panel = await panelOf('meltano:job/load');
  await ended(panel, 'Failed');
  writeFileSync(project, text);
  expect(await panel.getByTestId('detail').textContent()).toMatch(/Failed: /);
  await tabTo(panel, 'rerun', 'Shift+Tab');
  await press('Enter');
  await panel.getByTestId('run-status').filter({ hasText: 'Running' }).waitFor();
  await ended(panel, 'Succeeded');
});

test('a test of dbt that fails is found, read, followed to its rows, its SQL and its line, and run again', async () => {
  const { platform } = product;
  const text = readFileSync(join(platform, marts), 'utf8');
  writeFileSync(join(platform, marts), withFailingTest(text));

  await runStep('dbt:build');
  let panel = await panelOf('dbt:build');
  await untilTrue('the steps to have the focus', async () => (await focused(panel)) === 'tree');
  await ended(panel, 'Failed');

  // What failed is selected by itself, and told by its name, kind and state.
  const selected = panel.locator('[role=treeitem][aria-selected=true]').first();
  expect(await selected.getAttribute('aria-label')).toMatch(new RegExp(`^${failing}, test, Failed`));
  const active = await panel.getByTestId('tree').getAttribute('aria-activedescendant');
  expect(await selected.getAttribute('id')).toBe(active);
  expect(await panel.getByRole('status').first().textContent()).toMatch(/Failed$/);
  await press('Home');
  await press('F8');
  await untilTrue('F8 to find the failure', async () => (await nameOf(selected)).includes(failing));

  // Its message, and the rows for which it failed.
  expect(await panel.getByTestId('detail').textContent()).toContain(
    'Got 2 results, configured to fail if != 0',
  );
  await tabTo(panel, 'detail-rows');
  await press('Enter');
  const rows = panel.getByRole('region', { name: 'Failing rows' });
  await rows.getByText('returned').waitFor();
  expect(await focused(panel)).toBe('detail-rows');

  // The SQL that ran, and back.
  await tabTo(panel, 'artifact');
  await press('Enter');
  await activeTab(failing.slice(0, 20));
  await product.editor.page.locator('.view-lines', { hasText: 'value_field' }).first().waitFor();
  panel = await backTo('dbt:build');

  // The line of the file that declares it, and back.
  await tabTo(panel, 'detail-open');
  await press('Enter');
  await activeTab('_marts.yml');
  const line = withFailingTest(text)
    .split('\n')
    .findIndex((each) => each.includes('- accepted_values:'));
  await product.editor.page
    .locator('[id="status.editor.selection"]', { hasText: `Ln ${line + 1},` })
    .waitFor();
  panel = await backTo('dbt:build');

  // Mended, and run again from the panel.
  writeFileSync(join(platform, marts), text);
  await tabTo(panel, 'rerun', 'Shift+Tab');
  await press('Enter');
  await panel.getByTestId('run-status').filter({ hasText: 'Running' }).waitFor();
  await ended(panel, 'Succeeded');
});

test('the output of a run is searched, from hit to hit and back to its lines', async () => {
  await runStep('meltano:job/load');
  const panel = await panelOf('meltano:job/load');
  await ended(panel, 'Succeeded');
  await press('Control+F');
  await untilTrue('the search to have the focus', async () => (await focused(panel)) === 'search');
  await product.editor.page.keyboard.type('tap-shop');
  await untilTrue('the hits to be counted', async () => /^\d+ lines$/.test(await hitsOf(panel)));
  const hits = Number.parseInt(await hitsOf(panel), 10);
  const at = async (key: string): Promise<number> => {
    const before = await hitsOf(panel);
    await press(key);
    await untilTrue(`another hit after ${key}`, async () => !['', before].includes(await hitsOf(panel)));
    const [, hit, of] = /^(\d+) of (\d+)$/.exec(await hitsOf(panel)) ?? [];
    expect(Number(of)).toBe(hits);
    return Number(hit);
  };
  const first = await at('Enter');
  const second = await at('Enter');
  expect(second).toBe((first % hits) + 1);
  expect(await at('Shift+Enter')).toBe(first);
  expect(await focused(panel)).toBe('search');
  await press('Escape');
  await untilTrue('the output to have the focus', async () => (await focused(panel)) === 'log');
  const active = await panel.getByTestId('log').getAttribute('aria-activedescendant');
  expect(await panel.locator(`[id="${active}"]`).textContent()).toContain('tap-shop');
  // The lines go on from there, and what was searched for is there again.
  await press('ArrowDown');
  await untilTrue(
    'the next line',
    async () => (await panel.getByTestId('log').getAttribute('aria-activedescendant')) !== active,
  );
  await press('Control+F');
  await untilTrue('the search to have the focus again', async () => (await focused(panel)) === 'search');
  await product.editor.page.keyboard.type('nowhere to be found');
  await untilTrue('nothing to be found', async () => (await hitsOf(panel)) === 'No results');
});

test('Ctrl+F reaches the search also while the editor has not yet given the page the focus', async () => {
  const panel = await product.editor.runPanel();
  for (const round of ['once', 'again', 'and again']) {
    await press('Escape');
    await untilTrue(`the search to be left ${round}`, async () => (await focused(panel)) !== 'search');
    // The first of two strokes in which VS Code gives a page the focus; the frame around the page has it from then on.
    await product.editor.page.evaluate(() => {
      const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe.webview.ready')];
      frames.find((frame) => frame.checkVisibility({ visibilityProperty: true }))?.contentWindow?.focus();
    });
    expect(await focused(panel)).toBe('');
    await press('Control+F');
    await untilTrue('the search to have the focus', async () => (await focused(panel)) === 'search');
  }
});

test('Ctrl+F that is pressed at once after a run was chosen ends at the search', async () => {
  for (const round of ['once', 'again', 'and again']) {
    const list = product.editor.page.getByPlaceholder('Which run do you want to see?');
    await commandAndChoose('Penstock: Show Run…', list, 'meltano', 'meltano:job/load');
    await press('Control+F');
    const panel = await product.editor.runPanel();
    await untilTrue(`the search to have the focus ${round}`, async () => (await focused(panel)) === 'search');
    await press('Escape');
  }
});

function withFailingTest(text: string): string {
  const described = `description: '{{ doc("order_status") }}'\n`;
  const declared = [
    'data_tests:',
    '  - accepted_values:',
    '      arguments:',
    '        values: [placed, delivered]',
  ];
  return text.replace(described, `${described}${declared.map((line) => `        ${line}\n`).join('')}`);
}

async function press(key: string): Promise<void> {
  await product.editor.page.keyboard.press(key);
}

/** As `EditorPage.command` does, with keys alone. */
async function command(title: string): Promise<void> {
  await untilTrue(`the command ${title}`, async () => {
    await press('Escape');
    await press('F1');
    return choose(`>${title}`, title.replace(/^.*?: /, ''), 2_000);
  });
}

async function runStep(step: string): Promise<void> {
  const before = product.editor.runs;
  const list = product.editor.question('Run Step');
  await commandAndChoose('Penstock: Run Step…', list, step, step);
  await product.editor.acceptForm(step, before);
}

/** As `EditorPage.commandAndChoose` does, with keys alone: what is typed before the list is there is typed into the palette. */
async function commandAndChoose(title: string, list: Locator, text: string, label: string): Promise<void> {
  await untilTrue(`${label} to be chosen`, async () => {
    await command(title);
    return (await isShown(list, 5_000)) && choose(text, label, 20_000);
  });
}

/** Types into the quick input, and takes the row that is marked once it reads so. */
async function choose(text: string, label: string, timeout: number): Promise<boolean> {
  const { page } = product.editor;
  await page.locator('.quick-input-widget input').first().waitFor();
  await press('Control+A');
  await page.keyboard.type(text);
  const marked = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).first();
  const isThere = await isShown(marked, timeout);
  if (isThere) await press('Enter');
  return isThere;
}

function isShown(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

async function nameOf(row: Locator): Promise<string> {
  return (await row.getAttribute('aria-label')) ?? '';
}

async function panelOf(title: string): Promise<Frame> {
  let panel = await product.editor.runPanel();
  await untilTrue(`the panel of ${title}`, async () => {
    panel = await product.editor.runPanel();
    return (await panel.getByTestId('run-title').textContent())?.includes(title) ?? false;
  });
  return panel;
}

/** From an editor that was opened beside the panel's tab, back to its tab and to its steps. */
async function backTo(title: string): Promise<Frame> {
  await press('Control+PageUp');
  const panel = await panelOf(title);
  await untilTrue('the steps to have the focus', async () => (await focused(panel)) === 'tree');
  return panel;
}

async function ended(panel: Frame, status: string): Promise<void> {
  await panel.getByTestId('run-status').filter({ hasText: status }).waitFor({ timeout: 0 });
}

async function activeTab(name: string): Promise<void> {
  await product.editor.page.locator('.tab.active', { hasText: name }).waitFor();
}

/** How many lines the search has found, or which of them it is at; '' while it still tells of what was typed before. */
async function hitsOf(panel: Frame): Promise<string> {
  const count = panel.getByTestId('search-count');
  return (await count.evaluate((each) => (each.ariaBusy === 'true' ? '' : each.textContent))) ?? '';
}

/** What has the focus in the panel; '' where the panel has not. */
function focused(panel: Frame): Promise<string> {
  return panel.evaluate(() =>
    document.hasFocus() ? (document.activeElement?.getAttribute('data-testid') ?? 'other') : '',
  );
}

/** Goes on from stop to stop until it is there; a stop that is never reached is one that the keyboard has not. */
async function tabTo(panel: Frame, testId: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while ((await focused(panel)) !== testId) {
    passed.push(await focused(panel));
    if (passed.length > 25) throw new Error(`${testId} is not reached: ${passed.join(', ')}`);
    await press(key);
  }
}
