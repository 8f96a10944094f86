import { expect, test } from 'vitest';
import type { FromWebview, PanelState, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyRun, finishedRun } from './demo-run.ts';
import { panelSuite } from './panel-suite.ts';
import { RunPanelPage } from './run-panel-page.ts';

const open = panelSuite<ToWebview, FromWebview, PanelState>('run');

function openPanel(): Promise<RunPanelPage> {
  return RunPanelPage.open(open);
}

/** What the panel says of how much was found. */
async function found(panel: RunPanelPage): Promise<string | null> {
  await panel.frames();
  return panel.byId('search-count').textContent();
}

test('search counts, goes on and back, and takes regular expressions', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const field = panel.byId('search').locator('input');
  await field.fill('start');
  expect(await found(panel)).toBe('10 lines');
  await field.press('Enter');
  expect(await found(panel)).toMatch(/^\d+ of 10$/);
  expect(await panel.page.locator('.log-row.current mark').first().textContent()).toBe('START');
  await panel.byId('regex').click();
  await field.fill('^Done\\. PASS=\\d');
  expect(await found(panel)).toBe('1 line');
  await field.fill('(');
  expect(await found(panel)).toBe('Not a regular expression');
  expect(panel.problems).toEqual([]);
  await panel.close();
});

test('what was found is busy until it is of what was asked for last', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const count = panel.byId('search-count');
  const field = panel.byId('search').locator('input');
  await field.fill('start');
  await panel.frames();
  expect(await count.getAttribute('aria-busy')).toBe(null);
  const busy = await field.evaluate((input: HTMLInputElement) => {
    input.value = 'started';
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    return document.querySelector('[data-testid=search-count]')?.getAttribute('aria-busy');
  });
  expect(busy).toBe('true');
  await panel.frames();
  expect(await count.getAttribute('aria-busy')).toBe(null);
  expect(panel.problems).toEqual([]);
  await panel.close();
});

test('the output can be narrowed to the selected node and to errors, and widened again', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('onlySelected').click();
  await panel.frames();
  const texts = await panel.texts();
  expect(texts).toHaveLength(8);
  expect(texts.join('\n')).toContain('Binder Error');
  expect(texts.join('\n')).not.toContain('fct_orders');
  await panel.byId('selection-chip').click();
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'Errors' }).click();
  await panel.frames();
  const levels = await panel.byId('log-row').evaluateAll((rows) => rows.map((row) => row.className));
  expect(levels.every((name) => name.includes('level-error') || name.includes('kind-'))).toBe(true);
  expect(levels.filter((name) => name.includes('kind-output')).length).toBe(7);
  await panel.close();
});

test('debug lines are left out until they are asked for', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  const debug = { at: now, step: '2', level: 'debug', kind: 'output', text: 'On master: COMMIT' } as const;
  await panel.show({ run, now, lines: [...lines, debug] });
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(0);
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'All levels' }).click();
  await panel.frames();
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(1);
  await panel.close();
});

test('search takes case and whole words, and can leave out all other lines', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const field = panel.byId('search').locator('input');
  await field.fill('error');
  expect(await found(panel)).toBe('5 lines');
  await panel.byId('matchCase').click();
  expect(await found(panel)).toBe('1 line');
  await field.fill('ERROR');
  await panel.byId('wholeWord').click();
  expect(await found(panel)).toBe('2 lines');
  await panel.byId('onlyMatching').click();
  await panel.frames();
  const texts = await panel.texts();
  expect(texts).toHaveLength(2);
  expect(texts.every((text) => text.includes('ERROR'))).toBe(true);
  await field.fill('nothing like it');
  expect(await found(panel)).toBe('No results');
  expect(await panel.byId('log-empty').textContent()).toBe('No line passes the filter.');
  await panel.close();
});

test('filters stay for the next run, and are cleared at once where they leave nothing of it', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('search').locator('input').fill('fct_orders');
  await panel.byId('onlyMatching').click();
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'Errors' }).click();
  await panel.show(chattyRun(10));
  await panel.frames();
  expect(await panel.byId('log-row').count()).toBe(0);
  await panel.byId('clear-filters').click();
  await panel.frames();
  expect(await panel.byId('log-row').count()).toBe(10);
  expect(await panel.byId('onlyMatching').getAttribute('aria-pressed')).toBe('false');
  expect(await panel.byId('level').evaluate((level) => (level as HTMLSelectElement).value)).toBe('debug');
  expect(await panel.byId('search').locator('input').inputValue()).toBe('fct_orders');
  expect(await panel.byId('log').evaluate((log) => log === document.activeElement)).toBe(true);
  await panel.close();
});

test('steps and nodes are folded by mouse and keyboard, and say how much they hide', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('fold-all').click();
  await panel.frames();
  expect(await panel.texts()).toEqual([
    '$ meltano run load8 more lines',
    '$ dbt build --target dev33 more lines',
  ]);
  const { keyboard } = panel.page;
  await panel.byId('log').focus();
  await keyboard.press('Home');
  await keyboard.press('ArrowRight');
  await panel.frames();
  expect(await panel.texts()).toHaveLength(10);
  await panel.byId('unfold-all').click();
  await panel.frames();
  const start = panel.page.locator('.log-row', { hasText: '7 of 10 START' });
  expect(await start.getAttribute('aria-expanded')).toBe('true');
  await start.getByTestId('log-fold').click();
  await panel.frames();
  expect(await start.locator('.log-text').textContent()).toContain('7 more lines');
  expect(await start.getAttribute('aria-expanded')).toBe('false');
  expect(await panel.page.getByText('Binder Error').locator('visible=true').count()).toBe(1);
  await panel.close();
});
